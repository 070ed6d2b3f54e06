"""Contraries: pairs of sentences of which one denies what the other states, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from piamater.checks.align import Pair, Unit, aligned, cognate
from piamater.checks.denials import Denial, Span, alike, denial, empty_words, surplus, unanswered
from piamater.checks.lg.compare import comparable, quoted
from piamater.checks.page import Page
from piamater.checks.rule import Hit
from piamater.vocabulary.fold import fold

_ALONE = 4
_DENIED = 2
"""Words behind a denial that are taken to be what it denies; everyday words only right behind."""
_WORD = re.compile(r"[a-z]{3,}")
_CLAUSE = re.compile(r"[.,;:|(]")


@dataclass(frozen=True, slots=True)
class Contrary:
    """A pair of which one side denies what the other does not.

    ``added``: whether the version denies; ``span``: where in the version's text; ``sure``: whether
    a word that is denied on one side stands on the other, where nothing denies.
    """

    pair: Pair
    added: bool
    span: Span
    sure: bool

    def hit(self) -> Hit:
        """What to report of it."""
        here, there = ("something", "does not") if self.added else ("nothing", "does")
        return Hit(
            *self.span,
            f"this version denies {here} here where the original {there}: "
            f"{quoted(self.pair.original)}",
            "compare both with the source: one of them says the contrary",
        )


def contraries(original: Page, version: Page) -> Iterator[Contrary]:
    """Sentences that correspond, one of which denies something and the other nothing."""
    pairs = aligned(original, version)
    for place, (one, fit) in enumerate(zip(pairs, comparable(pairs, _ALONE), strict=True)):
        if not fit:
            continue
        first, second = _denial(one.original), _denial(one.version)
        added, lost = unanswered(second, first), unanswered(first, second)
        if not (added or lost) or _moved(pairs, place, bool(added)):
            continue
        if added:
            sure = _stands(one.version, added, one.original)
            yield Contrary(one, True, _place(one, added[0]), sure)
        else:
            sure = _stands(one.original, lost, one.version)
            yield Contrary(one, False, (one.start, one.end), sure)


def _stands(denying: Sequence[Unit], denied: Sequence[Span], other: Sequence[Unit]) -> bool:
    """Whether a word behind a denial stands in the other sentence too, as languages share it."""
    latin = {one.language for one in (*denying, *other)} <= {"en", "es"}
    if len(denying) != 1 or len(other) != 1 or not latin:
        return False
    text, empty = fold(denying[0].text), empty_words()
    held: set[str | int] = set()
    for word in _WORD.findall(fold(other[0].text)):
        held |= {cognate(word), *alike(word, other[0].language)}
    for _, end in denied:
        clause = _CLAUSE.split(text[end:], maxsplit=1)[0]
        words = [word for word in _WORD.findall(clause) if word not in empty]
        near: set[str | int] = {cognate(word) for word in words[:_DENIED]}
        for word in words[:1]:
            near |= alike(word, denying[0].language)
        if held & near:
            return True
    return False


def _moved(pairs: Sequence[Pair], place: int, added: bool) -> bool:
    """Whether what is denied on one side stands beside the pair on the other.

    Sentences that were cut elsewhere are aligned one place off: then the pair or its neighbour
    has more units on one side, and together both sides deny the same.
    """
    for step in (-1, 1):
        near = pairs[max(0, place + step) : place + step + 1]
        if not near or near[0].heading or (_even(pairs[place]) and _even(near[0])):
            continue
        beside = near[0].original if added else near[0].version
        if not beside or not _says_no(_denial(beside)):
            continue
        both = (*near, pairs[place])[::-step]
        first = _denial(tuple(unit for one in both for unit in one.original))
        second = _denial(tuple(unit for one in both for unit in one.version))
        if not (surplus(second, first) if added else surplus(first, second)):
            return True
    return False


def _says_no(found: Denial) -> bool:
    return bool(found.hard) or any("bound" in each.groups for each in found.soft)


def _even(pair: Pair) -> bool:
    return len(pair.original) == len(pair.version)


def _denial(some: tuple[Unit, ...]) -> Denial:
    return denial("\n".join(one.text for one in some), some[0].language)


def _place(pair: Pair, found: Span) -> Span:
    low, high = found
    for unit in pair.version:
        if high <= len(unit.text):
            return unit.start + low, unit.start + high
        low, high = low - len(unit.text) - 1, high - len(unit.text) - 1
    return pair.start, pair.end
