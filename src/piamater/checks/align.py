"""Alignment: which passages of a page and of its version in another language say the same.

Headings and passages of both pages form two sequences. What they share across languages
(numbers, concepts of the vocabulary, citations, abbreviations, cognates) speaks for a pair; so do
form and length, after Gale and Church (1993, Computational Linguistics 19:75). Rare shared
features fix anchors (the longest increasing run of them); dynamic programming fills what lies
between, one to one, one to two or two to one, or nothing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from piamater.checks.headings import heading_kind
from piamater.checks.page import Page, vocabulary
from piamater.checks.values import Values, plain, values
from piamater.text import Form, Mark, Passage
from piamater.vocabulary.fold import fold

Feature = tuple[str, object]
_WORD = re.compile(r"[a-z][a-z-]{4,}[a-z]")
_ABBREVIATION = re.compile(
    r"\b(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Z][A-Za-z0-9-]{1,11}\b"
)
_WEIGHTS = {
    "number": 1.6,
    "cite": 0.6,
    "concept": 1.0,
    "abbreviation": 1.2,
    "word": 0.8,
    "kind": 2.0,
}
_BAND = 60
_WIDE = 40_000
"""Cells of a gap above which only a band around its diagonal is searched."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading (``passage`` is none) or passage of a page, and what other languages share of it.

    ``place`` is its place in the page's sequence; ``level`` a heading's, 0 for a passage.
    """

    start: int
    end: int
    text: str
    language: str
    passage: Passage | None
    level: int
    features: frozenset[Feature]

    @property
    def values(self) -> Values:
        """Its numbers, doses and sides."""
        return values(self.text, self.language)


@dataclass(frozen=True, slots=True)
class Pair:
    """Units of the original and the units of the version that say the same.

    One side is empty where nothing corresponds. ``likeness`` is from 0 to 1.
    """

    original: tuple[Unit, ...]
    version: tuple[Unit, ...]
    likeness: float

    @property
    def matched(self) -> bool:
        """Whether both sides hold something."""
        return bool(self.original and self.version)

    @property
    def heading(self) -> bool:
        """Whether it is a pair of headings, or a heading that stands alone."""
        return (self.original or self.version)[0].level > 0

    @property
    def start(self) -> int:
        """Where it begins in the version; -1 where the version has nothing."""
        return self.version[0].start if self.version else -1

    @property
    def end(self) -> int:
        """Where it ends in the version; -1 where the version has nothing."""
        return self.version[-1].end if self.version else -1


_LAST: list[tuple[Page, Page, tuple[Pair, ...]]] = []


def aligned(original: Page, version: Page) -> tuple[Pair, ...]:
    """The pairs of a page and its version, in order; the last two pages' are kept."""
    if _LAST and _LAST[0][0] is original and _LAST[0][1] is version:
        return _LAST[0][2]
    found = tuple(align(units(original), units(version)))
    _LAST[:] = [(original, version, found)]
    return found


def units(page: Page) -> list[Unit]:
    """The headings and the passages of content of a page, in the order of its text."""
    found = [passage_unit(page, one, page.language) for one in page.content()]
    for section in page.document.sections:
        if section.path and section.mark is Mark.CONTENT:
            found.append(_heading(page, section.heading, section.level, section.start))
    return sorted(found, key=lambda one: (one.start, -one.level))


def passage_unit(page: Page, passage: Passage, language: str) -> Unit:
    """A passage as a unit in the language that is given."""
    text = page.said(passage)
    inside = [one for one in page.cited(passage) if one.start < passage.end]
    for one in inside:
        low, high = one.start - passage.start, min(one.end, passage.end) - passage.start
        text = text[:low] + " " * (high - low) + text[high:]
    labels = [("cite", label) for one in page.cited(passage) for label in one.labels]
    concepts = {("concept", one.concept) for one in page.mentions(passage)}
    return Unit(
        passage.start, passage.end, text, language, passage, 0,
        frozenset(_features(text, language) | concepts | set(labels)),
    )  # fmt: skip


def _heading(page: Page, text: str, level: int, start: int) -> Unit:
    concepts: set[Feature] = {("concept", one) for one in _concepts(text)}
    kind = heading_kind(text)
    if kind:
        concepts.add(("kind", kind))
    return Unit(
        start, start + len(text), text, page.language, None, max(1, level),
        frozenset(_features(text, page.language) | concepts),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _concepts(text: str) -> frozenset[str]:
    return frozenset(vocabulary().concept_ids(text))


def _features(text: str, language: str) -> set[Feature]:
    stated = values(text, language)
    doses = {one.value for one in stated.doses}
    found: set[Feature] = {("number", one) for one in stated.digits | stated.words | doses}
    bare = plain(text)
    found |= {("abbreviation", one.upper()) for one in _ABBREVIATION.findall(bare)}
    return found | {("word", cognate(one)) for one in _WORD.findall(fold(bare))}


_SOUNDS = (
    (re.compile("ph"), "f"), (re.compile("th"), "t"), (re.compile("y"), "i"),
    (re.compile("ck|k|qu|z"), "c"), (re.compile("ae|oe"), "e"), (re.compile(r"(.)\1"), r"\1"),
    (re.compile("^es(?=[ptc])"), "s"), (re.compile("rh"), "r"), (re.compile("^h"), ""),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def cognate(word: str) -> str:
    """The beginning of a word in a spelling that English and Spanish share."""
    for pattern, new in _SOUNDS:
        word = pattern.sub(new, word)
    return word[:6]


def align(left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[Pair]:
    """The pairs of two sequences of units, in the order of both."""
    weights = _rarity(left, right)
    sums = (_sums(left, weights), _sums(right, weights))
    shared = _shared(left, right, weights)
    at = (0, 0)
    ends = [*_anchors(left, right, sums, shared), (len(left), len(right))]
    for i, j in ends:
        yield from _between(left, right, sums, shared, at, (i, j))
        if i < len(left) and j < len(right):
            yield Pair((left[i],), (right[j],), _likeness(left[i : i + 1], right[j : j + 1],
                       sums[0][i] + sums[1][j], shared.get((i, j), 0.0)))  # fmt: skip
        at = (i + 1, j + 1)


def _sums(units: Sequence[Unit], weights: dict[Feature, float]) -> list[float]:
    return [sum((weights[one] for one in unit.features), 0.0) for unit in units]


def _rarity(left: Sequence[Unit], right: Sequence[Unit]) -> dict[Feature, float]:
    """The weight of each feature: by its sort, less where many units have it."""
    held = Counter(feature for side in (left, right) for one in side for feature in one.features)
    return {one: _WEIGHTS[one[0]] / (1 + math.log(1 + count / 4)) for one, count in held.items()}


Cells = dict[tuple[int, int], float]


def _shared(left: Sequence[Unit], right: Sequence[Unit], weights: dict[Feature, float]) -> Cells:
    """The weight that units of both sides share, by their places; features of many are left out."""
    where: dict[Feature, list[int]] = {}
    for j, one in enumerate(right):
        for feature in one.features:
            where.setdefault(feature, []).append(j)
    size = max(1, len(left))
    wide = len(left) * len(right) > _WIDE
    found: Cells = {}
    for i, one in enumerate(left):
        near = i * len(right) / size
        for feature in one.features:
            places = where.get(feature, ())
            for j in places:
                if wide and abs(j - near) > 0.25 * len(right) + _BAND:
                    continue
                if (one.level > 0) == (right[j].level > 0):
                    found[i, j] = found.get((i, j), 0.0) + weights[feature]
    return found


def _likeness(some: Sequence[Unit], others: Sequence[Unit], whole: float, both: float) -> float:
    """How alike units are: Dice's coefficient of their features, less for unlike lengths."""
    dice = min(1.0, 2 * both / whole) if whole else 0.3
    long = sum(len(one.text) for one in some) + 8
    other = sum(len(one.text) for one in others) + 8
    apart = max(0.0, abs(math.log(1.1 * long / other)) - 0.35)
    form = _form(some[0]) == _form(others[0])
    return max(0.0, min(1.0, dice - 0.2 * apart + (0.08 if form else -0.04)))


def _form(one: Unit) -> object:
    return one.passage.form if one.passage else one.level


def _anchors(
    left: Sequence[Unit],
    right: Sequence[Unit],
    sums: tuple[list[float], list[float]],
    shared: Cells,
) -> list[tuple[int, int]]:
    """Pairs that are each other's clear best, as the longest run that rises on both sides."""
    best: dict[int, tuple[float, int]] = {}
    back: dict[int, tuple[float, int]] = {}
    seconds: dict[int, float] = {}
    for (i, j), both in shared.items():
        like = 2 * both / (sums[0][i] + sums[1][j]) if both > 2.2 else 0.0
        if like <= 0.35:
            continue
        if like > best.get(i, (0.0, 0))[0]:
            seconds[i] = best.get(i, (0.0, 0))[0]
            best[i] = (like, j)
        elif like > seconds.get(i, 0.0):
            seconds[i] = like
        if like > back.get(j, (0.0, 0))[0]:
            back[j] = (like, i)
    sure = [
        (i, j)
        for i, (like, j) in sorted(best.items())
        if back[j][1] == i and like > seconds.get(i, 0.0) + 0.15
    ]
    return _rising(sure)


def _rising(some: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in its second numbers too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(some):
        at = bisect_left(tails, j)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [place]
        before.append(ends[at - 1] if at else -1)
    run = []
    place = ends[-1] if ends else -1
    while place >= 0:
        run.append(some[place])
        place = before[place]
    return run[::-1]


_JOINED = 0.25
_JOINED_ITEMS = 0.7
"""What it costs to take two units as one; items of a list are seldom joined."""
_STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))


def _between(
    left: Sequence[Unit],
    right: Sequence[Unit],
    sums: tuple[list[float], list[float]],
    shared: Cells,
    start: tuple[int, int],
    stop: tuple[int, int],
) -> Iterator[Pair]:
    """The best pairs of what lies between two anchors."""
    (i0, j0), (i1, j1) = start, stop
    n, m = i1 - i0, j1 - j0
    if not n or not m:
        yield from (Pair((one,), (), 0.0) for one in left[i0:i1])
        yield from (Pair((), (one,), 0.0) for one in right[j0:j1])
        return
    wide = n * m > _WIDE
    score = [[-1.0] * (m + 1) for _ in range(n + 1)]
    step: list[list[tuple[int, int, float]]] = [[(0, 0, 0.0)] * (m + 1) for _ in range(n + 1)]
    score[0][0] = 0.0
    for a in range(n + 1):
        middle = a * m // n
        low, high = (max(0, middle - _BAND), min(m, middle + _BAND)) if wide else (0, m)
        for b in range(low, high + 1):
            if score[a][b] < 0:
                continue
            for da, db in _STEPS:
                if a + da > n or b + db > m:
                    continue
                like = _step(left, right, sums, shared, i0 + a, j0 + b, da, db)
                if like < 0:
                    continue
                total = score[a][b] + like * (da + db)
                if da + db == 3:
                    total -= _JOINED_ITEMS if is_list(left[i0 + a]) else _JOINED
                if total > score[a + da][b + db]:
                    score[a + da][b + db] = total
                    step[a + da][b + db] = (da, db, like)
    yield from _walk_back(left[i0:i1], right[j0:j1], step)


def _step(
    left: Sequence[Unit],
    right: Sequence[Unit],
    sums: tuple[list[float], list[float]],
    shared: Cells,
    i: int,
    j: int,
    di: int,
    dj: int,
) -> float:
    """How alike the next units are; 0 for a step that leaves one alone, below 0 for none."""
    if not di or not dj:
        return 0.0
    some, others = left[i : i + di], right[j : j + dj]
    if any((one.level > 0) != (some[0].level > 0) for one in (*some, *others)):
        return -1.0
    if di + dj > 2 and (some[0].level or len({_form(one) for one in (*some, *others)}) > 1):
        return -1.0
    both = sum(shared.get((a, b), 0.0) for a in range(i, i + di) for b in range(j, j + dj))
    whole = sum(sums[0][i : i + di]) + sum(sums[1][j : j + dj])
    like = _likeness(some, others, whole, both)
    if some[0].level:
        return like + 0.15 if some[0].level == others[0].level else like - 0.1
    return like if both else min(like, 0.12)


def _walk_back(
    left: Sequence[Unit], right: Sequence[Unit], step: list[list[tuple[int, int, float]]]
) -> Iterator[Pair]:
    a, b = len(left), len(right)
    found: list[Pair] = []
    while a or b:
        da, db, like = step[a][b]
        if not da and not db:
            da, db, like = (1, 0, 0.0) if a else (0, 1, 0.0)
        found.append(Pair(tuple(left[a - da : a]), tuple(right[b - db : b]), like))
        a, b = a - da, b - db
    yield from reversed(found)


def is_list(unit: Unit) -> bool:
    """Whether a unit is an item of a list."""
    return unit.passage is not None and unit.passage.form is Form.ITEM
