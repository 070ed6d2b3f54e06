"""LG007: a danger sign stands in one version and not in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piamater.checks.align import Pair, Unit, aligned, is_list
from piamater.checks.lg.compare import list_length, quoted
from piamater.checks.lg.danger import danger_starts, related, signs, worded
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity
from piamater.text import Form

_UNLIKE = 0.3
"""Likeness under which a sign that is known stands for one that is not."""
_SUGGESTION = "give the same danger signs in all versions, in the same order"


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Items under danger headings that correspond to nothing, or to another sign."""
    pairs = aligned(original, version)
    first, second = danger_starts(original), danger_starts(version)
    lists: dict[tuple[int, int], list[Pair]] = {}
    alone = []
    for place, one in enumerate(pairs):
        if one.heading or not (_within(one.original, first) or _within(one.version, second)):
            continue
        passage = one.original[0].passage if one.original else None
        if passage and passage.form is Form.ITEM:
            lists.setdefault((passage.section, passage.lead), []).append(one)
        if not one.matched:
            alone.append(place)
        else:
            yield from _other(original, version, one)
    whole = {id(one) for some in lists.values() if _as_long(version, some) for one in some}
    for place in alone:
        listed = id(pairs[place]) in whole
        yield from _alone(original, version, pairs, place, listed=listed)
    for items in lists.values():
        yield from _fewer(version, items)


def _as_long(version: Page, items: Sequence[Pair]) -> bool:
    """Whether the version's list has no fewer items than the original's."""
    return list_length(version, items) >= sum(len(one.original) for one in items)


def _fewer(version: Page, items: Sequence[Pair]) -> Iterator[Hit]:
    """A list that is shorter though every sign seems to correspond to something."""
    told = sum(len(one.original) for one in items)
    held = list_length(version, items)
    if all(one.version for one in items) and 0 < held < told:
        yield Hit(
            items[0].start,
            max(one.end for one in items),
            f"this list has {held} danger signs, the original {told}",
            _SUGGESTION,
        )


def _within(units: Sequence[Unit], starts: frozenset[int]) -> bool:
    return any(unit.start in starts for unit in units)


def _alone(
    original: Page, version: Page, pairs: Sequence[Pair], place: int, *, listed: bool
) -> Iterator[Hit]:
    """An item that the other side lacks, in a list of which it has the rest.

    ``listed``: the version's list is as long, so the item has some counterpart.
    """
    one = pairs[place]
    units = one.original or one.version
    near = [each for each in pairs[max(0, place - 3) : place + 4] if not each.heading]
    if not is_list(units[0]) or not any(each.matched for each in near):
        return
    side = [bool(each.original) for each in near if not each.matched]
    if len(set(side)) > 1:  # both sides have an item too many: they are each other's
        if one.original:
            mate = next(each for each in near if not each.original)
            yield from _other(original, version, Pair(one.original, mate.version, 0.0))
        return
    if listed:
        return
    if one.version:
        yield Hit(one.start, one.end, "the original does not name this danger sign", _SUGGESTION,
                  Severity.WARNING)  # fmt: skip
        return
    before = next((each for each in reversed(pairs[:place]) if each.version), None)
    start, end = (before.start, before.end) if before else (0, 0)
    yield Hit(start, end, f"a danger sign of the original is missing here: {quoted(units)}",
              _SUGGESTION)  # fmt: skip


def _other(original: Page, version: Page, one: Pair) -> Iterator[Hit]:
    """A pair that names other signs."""
    told, heard = signs(original, one.original), signs(version, one.version)
    missing = {each for each in told if not related(each, heard) and not worded(each, one.version)}
    added = {each for each in heard if not related(each, told) and not worded(each, one.original)}
    other = missing and added and (len(missing) > len(told) / 2 or len(told) > 2)
    latin = {original.language, version.language} <= {"en", "es"}
    if other or (latin and added and added == set(heard) and one.likeness < _UNLIKE):
        yield Hit(
            one.start,
            one.end,
            f"the danger sign is another than in the original: {quoted(one.original)}",
            _SUGGESTION,
            Severity.WARNING,
        )


RULE = Rule(
    "LG007",
    "version-danger-signs-differ",
    Severity.ERROR,
    "A danger sign stands in one language version and not in the other.",
    "The reader of the shorter version stays at home with a sign that needs help now.",
    TRANSLATION_ERRORS,
    twins(
        "Call 112 for:\n\n- a seizure\n- sudden weakness\n- chest pain",
        "Llame al 112 si tiene:\n\n- una convulsión\n- dolor de pecho",
        "Emergency",
    ),
    twins(
        "Call 112 for:\n\n- a seizure\n- sudden weakness\n- chest pain",
        "Llame al 112 si tiene:\n\n- una convulsión\n- debilidad repentina\n- dolor de pecho",
        "Emergency",
    ),
    versions=check,
    reviewed=(
        "no finding on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) and "
        "on the clean guides; of 78 faults planted in danger signs in three samples held out 77 "
        "were found: pain in the chest in the place of pain in the eye was not"
    ),
)
