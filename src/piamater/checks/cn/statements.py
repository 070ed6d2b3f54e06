"""Statements: what the rules on consistency compare of a page's sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from piamater.checks.denials import Denial, denial
from piamater.checks.page import Page
from piamater.checks.values import Values, plain, values
from piamater.text import Form, Passage
from piamater.vocabulary.fold import key

_WORD = re.compile(r"[^\W\d_]{4,}(?:-[^\W\d_]+)*")
_SMALL = frozenset(
    """does that this with from have been were they their which also more most some other than such
    each these those about into when what where there while whose after before between because para
    como este esta esto entre sobre pero desde hasta también porque cuando donde cada usted puede
    pueden""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or item: its words' stems (numbers and small words aside), values, denials."""

    page: Page
    passage: Passage
    text: str
    stems: frozenset[str]
    names: frozenset[str]

    @property
    def start(self) -> int:
        """Where it begins in its page."""
        return self.passage.start

    @property
    def end(self) -> int:
        """Where it ends in its page."""
        return self.passage.end

    @property
    def values(self) -> Values:
        """Its numbers, doses and sides."""
        return values(self.text, self.page.language)

    @property
    def denial(self) -> Denial:
        """What it denies."""
        return denial(self.text, self.page.language)


_NAME = re.compile(
    r"\b(?=[A-Z0-9-]{0,30}[A-Z])[A-Z0-9][A-Za-z0-9-]{0,30}[A-Z0-9][A-Za-z0-9-]{0,30}\b"
    r"|\b[IVX]{1,9}[A-D]?\b|\b[A-D]\b"
)


_LAST: list[tuple[Page, list[Statement]]] = []


def statements(page: Page, holding: re.Pattern[str] | None = None) -> list[Statement]:
    """The statements of a page's content in its language, in order; the last page's are kept.

    ``holding``: only those in which this is found, which is quicker where they are few.
    """
    if holding:
        return list(_statements(page, holding))
    if not (_LAST and _LAST[0][0] is page):
        _LAST[:] = [(page, list(_statements(page)))]
    return _LAST[0][1]


def _statements(page: Page, holding: re.Pattern[str] | None = None) -> Iterator[Statement]:
    for one in page.content(Form.SENTENCE, Form.ITEM):
        text = page.said(one)
        if one.language not in (page.language, "und") or len(text) < 20:
            continue
        if holding and not holding.search(text):
            continue
        stems = frozenset(
            key(word) for word in _WORD.findall(plain(text).lower()) if word not in _SMALL
        )
        yield Statement(page, one, text, stems, frozenset(_NAME.findall(text)))


def alike(
    some: Sequence[Statement], least: float, words: int
) -> Iterator[tuple[Statement, Statement]]:
    """Pairs that share most of their words: ``least`` of all, and ``words`` at least.

    Each statement is looked for under its rarest words only, so that long pages stay quick.
    """
    held = Counter(stem for one in some for stem in one.stems)
    where: dict[str, list[int]] = {}
    for place, one in enumerate(some):
        if len(one.stems) < words:
            continue
        rare = sorted(one.stems, key=lambda stem: (held[stem], stem))
        probe = rare[: max(1, int(len(rare) * (1 - least)) + 1)]
        seen: set[int] = set()
        for stem in probe:
            for other in where.get(stem, ()):
                if other not in seen:
                    seen.add(other)
                    both = len(one.stems & some[other].stems)
                    if both >= words and both >= least * len(one.stems | some[other].stems):
                        yield some[other], one
            where.setdefault(stem, []).append(place)


def short(text: str, most: int = 90) -> str:
    """A text as a message quotes it."""
    text = " ".join(text.split())
    return f"“{text[:most].rstrip()}…”" if len(text) > most else f"“{text}”"


CONFLICTING = (
    "Carpenter et al. 2016, Health Expectations 19:1173: conflicting health information, "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC5139056"
)
"""Where the harm of statements that disagree is published."""
AIMS = (
    "DISCERN, general instructions: each question is a criterion of good information, the first "
    "whether aims are clear and achieved, http://www.discern.org.uk/general_instructions.php"
)
"""Where it is published that a page should do what it announces."""
