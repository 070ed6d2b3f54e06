"""Text damage: what a broken template left in a page's text, found once for all rules."""

from __future__ import annotations

from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.sources.damage import Damage, find_damage


@remembered
def damage(page: Page) -> tuple[Damage, ...]:
    """The damaged stretches of a page's text (start, end, kind), in order.

    An item that was cut short may hold other damage too.
    """
    found = find_damage(page.text)
    inside = [
        (start + one, start + other, kind)
        for start, end, cut in found
        if cut == "cut-short"
        for one, other, kind in find_damage(page.text[start:end])
    ]
    return tuple(sorted([*found, *inside]))


def is_damaged(page: Page, start: int, end: int) -> bool:
    """Whether a stretch overlaps markup that a template wrote into the text."""
    return any(
        one < end and other > start
        for one, other, kind in damage(page)
        if kind in ("attribute-fragment", "half-tag")
    )
