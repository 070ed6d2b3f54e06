"""Comparison: what one side of an aligned pair states and the other does not.

A value that the pair lacks but a near pair has too much of was told one sentence earlier or later,
and is no difference. Where several sentences in a row correspond to nothing, one version was
rewritten; what lies between is not compared value by value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from piamater.checks.align import Pair, Unit
from piamater.checks.page import Page
from piamater.guides.numbers import numbers
from piamater.text import Form

Item = TypeVar("Item", bound=Hashable)
_BANGLA_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})+|\d+(?:[.,]\d+)*")
NEAR = 2
"""Pairs before and behind one that may hold what it seems to lack."""
SURE = 0.2
"""Likeness from which a pair is taken to say the same."""

PLAIN = 0.4
"""Likeness from which it is so even where much around it corresponds to nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A matched pair, what its original states alone and what its version states alone."""

    pair: Pair
    missing: tuple[Hashable, ...]
    added: tuple[Hashable, ...]


def comparable(pairs: Sequence[Pair], alone: int = 2) -> list[bool]:
    """Whether each pair can be compared: alike, or held by its neighbours, in sure ground.

    A pair is held by neighbours that are sure, or by two that are one to one where it is as long
    as a translation of its sentence: short plain sentences share little that two languages write
    alike.

    ``alone``: how many of the eight pairs around it may correspond to nothing.
    """
    loose = [not one.matched for one in pairs]
    sure = [one.matched and one.likeness >= SURE for one in pairs]
    out = []
    for place, one in enumerate(pairs):
        near = loose[max(0, place - 4) : place + 5]
        beside = sure[max(0, place - 1) : place] + sure[place + 1 : place + 2]
        even = len(one.original) == len(one.version)
        steady = even and _as_long(one) and _one_to_one(pairs, place)
        held = sure[place] or steady or (even and sum(beside) == 2)
        out.append(one.matched and held and (sum(near) <= alone or one.likeness >= PLAIN))
    return out


_LENGTHS = (0.7, 1.8)
"""How long a version of a sentence is, in lengths of the original."""


def _as_long(one: Pair) -> bool:
    length = sum(len(each.text) for each in one.version)
    low, high = _LENGTHS
    return low < length / max(1, sum(len(each.text) for each in one.original)) < high


def _one_to_one(pairs: Sequence[Pair], place: int) -> bool:
    """Whether the pairs before and behind one hold one unit of each side."""
    near = [*pairs[max(0, place - 1) : place], *pairs[place + 1 : place + 2]]
    return all(len(one.original) == len(one.version) == 1 for one in near)


def differences(
    pairs: Sequence[Pair],
    told: Callable[[Unit], Iterable[Item]],
    heard: Callable[[Unit], Iterable[Item]] | None = None,
) -> list[Difference]:
    """Where pairs that can be compared state different things.

    ``told`` gives what the other side must have; ``heard`` what is accepted there in its place,
    by default the same. Both are asked of single units.
    """
    heard = heard or told
    left = [{item for unit in one.original for item in told(unit)} for one in pairs]
    right = [{item for unit in one.version for item in told(unit)} for one in pairs]
    left_all = [{item for unit in one.original for item in heard(unit)} for one in pairs]
    right_all = [{item for unit in one.version for item in heard(unit)} for one in pairs]
    surplus = [a - b for a, b in zip(left, right_all, strict=True)]
    excess = [b - a for a, b in zip(left_all, right, strict=True)]
    fit = comparable(pairs)
    found = []
    for place, pair in enumerate(pairs):
        if not fit[place] or not (surplus[place] or excess[place]):
            continue
        around = _around(place, len(pairs))
        missing = surplus[place] - {item for one in around for item in excess[one]}
        added = excess[place] - {item for one in around for item in surplus[one]}
        if missing or added:
            found.append(
                Difference(pair, tuple(sorted(missing, key=str)), tuple(sorted(added, key=str)))
            )
    return found


def _around(place: int, size: int) -> list[int]:
    near = range(max(0, place - NEAR), min(size, place + NEAR + 1))
    return [one for one in near if one != place]


def where(pair: Pair, value: float) -> tuple[int, int]:
    """Where a number stands in a pair's version; the whole of it where that is not plain."""
    for unit in pair.version:
        for found in _FIGURE.finditer(unit.text.translate(_BANGLA_DIGITS)):
            if value in numbers(found[0]):
                return unit.start + found.start(), unit.start + found.end()
    return pair.start, pair.end


def listed(some: Iterable[Hashable]) -> str:
    """Things as one writes them in a sentence: ``5, 10``."""
    return ", ".join(f"{one:g}" if isinstance(one, float) else str(one) for one in some)


def quoted(some: Sequence[Unit], most: int = 90) -> str:
    """The words of units, cut to a length that a message holds."""
    text = " ".join(" ".join(one.text for one in some).split())
    return f"“{text[:most].rstrip()}…”" if len(text) > most else f"“{text}”"


def list_length(version: Page, items: Iterable[Pair]) -> int:
    """How many items the lists of a version hold in which the items' counterparts stand."""
    lists = {
        (unit.passage.section, unit.passage.lead)
        for one in items
        for unit in one.version
        if unit.passage and unit.passage.form is Form.ITEM
    }
    return sum((one.section, one.lead) in lists for one in version.content(Form.ITEM))
