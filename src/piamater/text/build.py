"""DocumentBuilder: from the blocks that a reader finds to a Document with passages.

A reader calls ``heading``, ``paragraph``, ``item``, ``row`` and ``caption`` in reading order;
the builder normalises each block, joins them into the text, keeps the section tree, splits
paragraphs into sentences and names the language of every passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from piamater.errors import EmptySourceError
from piamater.text.document import Document, Form, Mark, Origin, Passage, Section
from piamater.text.language import identify, is_plainly
from piamater.text.normalise import clean as cleaned
from piamater.text.sentences import run_on_breaks, split_sentences, trim_citation_markers

Span = tuple[int, int]

_BETWEEN_BLOCKS = "\n\n"
_WITHIN_LIST = "\n"
_TOLD = re.compile(r"[^\W_]")
"""A passage has a letter or a digit; a stop alone is text that belongs to none."""
_TELLING = 60
"""Code points from which on a sentence may be in another language than its block."""


@dataclass(slots=True)
class _Open:
    """A section that more may come to."""

    path: tuple[str, ...]
    level: int
    start: int
    mark: Mark
    index: int


_LABEL = re.compile(r"\D{1,12}\d+\w?[.:]")
"""The label of a caption, such as "Figure 1."."""


class DocumentBuilder:
    """Collects blocks in reading order; ``build`` gives the Document.

    ``language`` is what the source declares ("en", "es", "bn"; "" where it declares none).
    ``trailing_citations``: sentences of this source end in bare citation numbers, which belong
    to no passage. Every method takes ``locator`` (where the block stands in the original, such
    as ``chars 10-80``, ``page 3``, ``/article/body/sec[2]/p[1]``), and gives the (start, end)
    span of what it wrote, in code points of the text to come; a block that is empty after
    normalisation writes nothing and gives an empty span.
    """

    def __init__(self, language: str = "", *, trailing_citations: bool = False) -> None:
        self._language = language
        self._trailing = trailing_citations
        self._pieces: list[str] = []
        self._length = 0
        self._last: Form | None = None
        self._passages: list[Passage] = []
        self._origins: list[Origin] = []
        self._closed: dict[int, Section] = {}
        self._open: list[_Open] = []
        self._sections = 0
        self._lead = -1
        self._header = -1

    def heading(
        self, text: str, level: int, *, mark: Mark = Mark.CONTENT, locator: str = ""
    ) -> Span:
        """Open a section at ``level`` (1 is outermost); closes all sections at or below it."""
        clean = cleaned(text)
        if not clean:
            return self._length, self._length
        self._close(level)
        span = self._write(clean, None, locator)
        outer = self._open[-1] if self._open else None
        path = (*(outer.path if outer else ()), clean)
        inherited = self._effective(mark)
        self._open.append(_Open(path, level, span[0], inherited, self._sections))
        self._sections += 1
        self._lead = self._header = -1
        return span

    def leave(self, level: int = 1) -> None:
        """Close the sections at or below ``level``; what follows stands outside them."""
        self._close(level)
        self._lead = self._header = -1

    def paragraph(
        self, text: str, *, mark: Mark = Mark.CONTENT, locator: str = "", language: str = ""
    ) -> Span:
        """Add running text; it is split into sentences."""
        span = self._block(text, Form.SENTENCE, mark, locator, language)
        if span[0] < span[1]:
            self._lead = len(self._passages) - 1
            self._header = -1
        return span

    def item(
        self, text: str, *, mark: Mark = Mark.CONTENT, locator: str = "", language: str = ""
    ) -> Span:
        """Add a list item; the sentence straight before the list leads all its items.

        The first sentence is the item; further ones are sentences that stand with it.
        """
        span = self._block(text, Form.ITEM, mark, locator, language)
        if span[0] < span[1]:
            self._header = -1
        return span

    def row(
        self,
        cells: Sequence[str],
        *,
        header: bool = False,
        mark: Mark = Mark.CONTENT,
        locator: str = "",
    ) -> Span:
        """Add a table row, its cells joined by `` | ``; rows are led by the header row."""
        clean = " | ".join(cleaned(cell) for cell in cells)
        if not clean.strip(" |"):
            return self._length, self._length
        section = self._section()
        span = self._write(clean.strip(), Form.ROW, locator)
        language = identify(clean, self._language)
        lead = -1 if header else self._header
        self._lead = -1
        if header:
            self._header = len(self._passages)
        self._passages.append(
            Passage(*span, section, Form.ROW, self._effective(mark), language, lead)
        )
        return span

    def caption(self, text: str, *, mark: Mark = Mark.CONTENT, locator: str = "") -> Span:
        """Add the caption of a figure or table; its sentences are captions."""
        span = self._block(text, Form.CAPTION, mark, locator, "")
        if span[0] < span[1]:
            self._lead = -1
        return span

    def build(self) -> Document:
        """The document, frozen.

        Raises:
            EmptySourceError: no block held any text.
        """
        if not self._passages:
            raise EmptySourceError("it holds no text", todo="check that the file is the right one")
        self._close(0)
        weight: Counter[str] = Counter()
        for passage in self._passages:
            weight[passage.language] += passage.end - passage.start
        passages = self._passages
        if len(weight) > 1 and (unsure := weight.pop("und", 0)):
            main = weight.most_common(1)[0][0]
            weight[main] += unsure
            passages = [replace(p, language=main) if p.language == "und" else p for p in passages]
        return Document(
            "".join(self._pieces),
            tuple(self._closed[index] for index in range(self._sections)),
            tuple(passages),
            tuple(language for language, _ in weight.most_common()),
            tuple(self._origins),
        )

    def _block(self, text: str, form: Form, mark: Mark, locator: str, language: str) -> Span:
        """Write a block and note its passages."""
        clean = cleaned(text)
        if not clean:
            return self._length, self._length
        section = self._section()
        start, end = self._write(clean, form, locator)
        declared = language or self._language
        spoken = identify(clean, declared)
        lead = self._lead if form is Form.ITEM else -1
        effective = self._effective(mark)
        whole = effective is Mark.REFERENCE
        for first, last in [(0, len(clean))] if whole else self._parts(clean, spoken, form):
            if not _TOLD.search(clean, first, last):
                continue
            own = self._spoken(clean[first:last], spoken)
            self._passages.append(
                Passage(start + first, start + last, section, form, effective, own, lead)
            )
            if form is Form.ITEM:
                form, lead = Form.SENTENCE, -1
        return start, end

    @staticmethod
    def _spoken(sentence: str, around: str) -> str:
        """The language of a sentence, given that of its block; a short one is in its block's."""
        if len(sentence) < _TELLING or is_plainly(sentence, around):
            return around
        return identify(sentence, around)

    def _parts(self, clean: str, language: str, form: Form) -> Iterable[Span]:
        """The sentences of a block; the label of a caption ("Figure 1.") stays with the next."""
        spans = list(self._split(clean, language))
        if form is Form.CAPTION and len(spans) > 1 and _LABEL.fullmatch(clean, *spans[0]):
            spans[:2] = [(spans[0][0], spans[1][1])]
        return spans

    def _split(self, clean: str, language: str) -> Iterable[Span]:
        """The sentences of a block, without trailing citation numbers where it has such."""
        if not self._trailing:
            yield from split_sentences(clean, language)
            return
        at = 0
        for stop in [*run_on_breaks(clean), len(clean)]:
            for first, last in split_sentences(clean[at:stop], language):
                cut = trim_citation_markers(clean, at + first, at + last)
                yield at + first, cut
            at = stop

    def _write(self, clean: str, form: Form | None, locator: str) -> Span:
        """Append to the text; gives the span written."""
        if self._pieces:
            together = form is self._last and form in (Form.ITEM, Form.ROW)
            between = _WITHIN_LIST if together else _BETWEEN_BLOCKS
            self._pieces.append(between)
            self._length += len(between)
        start = self._length
        self._pieces.append(clean)
        self._length += len(clean)
        self._last = form
        if locator:
            self._origins.append(Origin(start, self._length, locator))
        return start, self._length

    def _section(self) -> int:
        """The section that a block belongs to; one without a heading is opened where none is."""
        if not self._open:
            start = self._length + (len(_BETWEEN_BLOCKS) if self._pieces else 0)
            self._open.append(_Open((), 0, start, Mark.CONTENT, self._sections))
            self._sections += 1
        return self._open[-1].index

    def _effective(self, mark: Mark) -> Mark:
        """A block's own mark, or the mark of the section it is in."""
        if mark is Mark.CONTENT and self._open:
            return self._open[-1].mark
        return mark

    def _close(self, level: int) -> None:
        """Close all open sections at or below a level, and the one without a heading."""
        while self._open and (self._open[-1].level >= level or not self._open[-1].path):
            one = self._open.pop()
            self._closed[one.index] = Section(
                one.path, one.level, one.start, self._length, one.mark
            )


def remark(document: Document, spans: Iterable[Span], mark: Mark) -> Document:
    """The document with every passage that overlaps a span marked."""
    wanted = _merged(spans)
    if not wanted:
        return document
    starts = [start for start, _ in wanted]

    def hit(passage: Passage) -> bool:
        before = bisect_left(starts, passage.end) - 1
        return before >= 0 and wanted[before][1] > passage.start

    passages = tuple(replace(one, mark=mark) if hit(one) else one for one in document.passages)
    return replace(document, passages=passages)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order and apart; empty ones left out."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
