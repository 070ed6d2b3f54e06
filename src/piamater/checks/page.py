"""Page: what is checked. A document with its citations, references, links and settings.

All offsets are code points of ``Page.text``, half-open, as in `piamater.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from piamater.checks.audience import likely_audience, told_audience
from piamater.checks.claims import ClaimKind, claim_kind
from piamater.checks.headings import page_type, section_kinds
from piamater.checks.settings import CheckSettings
from piamater.corpus import Library
from piamater.sources import Record
from piamater.text import Document, Form, Mark, Passage, Section
from piamater.vocabulary import Mention, Vocabulary

_WORD = re.compile(r"\w")
LONGEST = 4_000
"""Code points of a passage that concepts are looked for in; a longer one is no sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a reference list. ``list`` numbers the page's lists from 0.

    For a guide or an answer ``source`` is the library's source and ``quote`` what is cited.
    """

    label: str
    start: int
    end: int
    text: str
    url: str = ""
    doi: str = ""
    pmid: str = ""
    list: int = 0
    source: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation marker in the text, with the labels that it names, ranges written out.

    ``quotes``: what an answer quotes from its sources for this very statement.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the span of its words and where it leads."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences rules: in the block behind it, or on the ``whole`` page.

    ``start`` and ``end`` are offsets of the original; ``said`` is what the comment says. A comment
    that says nothing that can be followed names no rules.
    """

    rules: tuple[str, ...]
    reason: str
    whole: bool
    start: int
    end: int
    said: str


@dataclass(frozen=True)
class Page:
    """A page about health as the rules see it.

    ``form`` is ``page``, ``guide`` or ``answer``. ``folded`` are spans that a reader must open;
    ``raw`` the original's text where it has one, else empty; ``path`` its file, if it is one;
    ``location`` where else it came from, such as an address. ``group`` names pages that are one
    work in several languages. ``warnings`` are the reader's, such as that it read only a part.
    ``library`` is none where the check has none.
    """

    name: str
    document: Document
    record: Record
    form: str = "page"
    entries: tuple[Entry, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    folded: tuple[tuple[int, int], ...] = ()
    raw: str = ""
    path: str = ""
    location: str = ""
    group: str = ""
    declared_type: str = ""
    warnings: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    settings: CheckSettings = field(default_factory=CheckSettings)
    library: Library | None = None

    @property
    def place(self) -> str:
        """What the page is told apart by: its file as it was given, its address, else its name."""
        return self.location or self.path or self.name

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return self.document.text

    @cached_property
    def language(self) -> str:
        """The main language of the page's content (references aside), ISO 639-1."""
        letters: Counter[str] = Counter()
        for one in self.content():
            letters[one.language] += one.end - one.start
        letters.pop("und", None)
        if letters:
            return letters.most_common(1)[0][0]
        return self.document.languages[0] if self.document.languages else "und"

    @property
    def title(self) -> str:
        """The page's title."""
        return self.record.title

    @cached_property
    def type(self) -> str:
        """``condition``, ``medicine``, ``test``, ``symptom``, ``question``, ``case-report``,
        ``research`` (a paper or a literature review) or ``other``.
        """
        return self.declared_type or page_type(self)

    @cached_property
    def audience(self) -> str:
        """``patient`` or ``clinician``: what the page or the settings say, else what is likely."""
        return told_audience(self) or likely_audience(self)

    @property
    def audience_is_told(self) -> bool:
        """Whether the page or the settings say who reads it."""
        return bool(told_audience(self))

    def content(self, *forms: Form) -> Iterator[Passage]:
        """The passages of content, of these forms or of all."""
        for one in self.document.passages:
            if one.mark is Mark.CONTENT and (not forms or one.form in forms):
                yield one

    def said(self, passage: Passage) -> str:
        """The words of a passage."""
        return self.text[passage.start : passage.end]

    def section(self, passage: Passage) -> Section:
        """The section that a passage stands in."""
        return self.document.sections[passage.section]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each section is about, by its headings: see ``data/headings.toml``; or empty."""
        return section_kinds(self)

    def kind(self, passage: Passage) -> str:
        """What the section of a passage is about; empty where its heading does not say."""
        return self.kinds[passage.section]

    def of_kind(self, *kinds: str) -> Iterator[Passage]:
        """The passages of sections of these kinds, whatever their mark."""
        for one in self.document.passages:
            if self.kinds[one.section] in kinds:
                yield one

    @cached_property
    def _mentions(self) -> dict[Passage, tuple[Mention, ...]]:
        return {}

    def mentions(self, passage: Passage) -> tuple[Mention, ...]:
        """The concepts that a passage speaks of; offsets are those of the page's text."""
        found = self._mentions.get(passage)
        if found is None:
            said = self.said(passage)[:LONGEST]
            found = tuple(
                Mention(
                    one.concept, passage.start + one.start, passage.start + one.end,
                    one.negated, one.uncertain, one.historical, one.experiencer,
                )
                for one in vocabulary().mentions(said, passage.language)
            )  # fmt: skip
            self._mentions[passage] = found
        return found

    @cached_property
    def topic(self) -> tuple[str, ...]:
        """The concepts that the title names, the most specific first."""
        known = vocabulary()
        found = {one.concept for one in known.mentions(self.title, self.language)}
        depth = {one: len(known.ancestors(one)) for one in found}
        return tuple(sorted(found, key=lambda one: (-depth[one], one)))

    def claim(self, passage: Passage) -> ClaimKind | None:
        """What kind of claim a passage makes; none where it claims nothing about health."""
        return claim_kind(self, passage)

    @cached_property
    def claims(self) -> tuple[tuple[Passage, ClaimKind], ...]:
        """The passages that claim something, in order."""
        found = ((one, self.claim(one)) for one in self.content())
        return tuple((one, kind) for one, kind in found if kind)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.citations]

    def cited(self, passage: Passage) -> tuple[Citation, ...]:
        """The citation markers within a passage or straight behind it (before other words)."""
        first = bisect_right(self._starts, passage.start - 1)
        out: list[Citation] = []
        at = passage.end
        for one in self.citations[first:]:
            if one.start > passage.end + 60 or _WORD.search(self.text, at, max(at, one.start)):
                break
            out.append(one)
            at = max(at, one.end)
        return tuple(out)

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [one.start for one in self.document.passages]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that covers an offset, none between passages."""
        at = bisect_right(self._passage_starts, offset) - 1
        if at < 0 or offset >= self.document.passages[at].end:
            return None
        return self.document.passages[at]

    @cached_property
    def _entries_by_label(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            found.setdefault(one.label, []).append(one)
        return found

    def entry(self, label: str, at: int) -> Entry | None:
        """The reference that a label means at a place: in the next list, else in the last."""
        same = self._entries_by_label.get(label, ())
        after = [one for one in same if one.start >= at]
        if after:
            return min(after, key=lambda one: one.start)
        return max(same, key=lambda one: one.start, default=None)

    def line(self, offset: int) -> int:
        """The line of the original that a place came from, from 1; 1 where that is not known."""
        found = 1
        for one in self.document.origins:
            if one.start > offset:
                break
            if match := re.match(r"lines? (\d+)", one.locator):
                found = int(match[1])
        return found


_VOCABULARY: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The shipped vocabulary, loaded once."""
    if not _VOCABULARY:
        _VOCABULARY.append(Vocabulary.load())
    return _VOCABULARY[0]
