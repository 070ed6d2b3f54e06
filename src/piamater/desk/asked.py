"""Asked: what reviewers want changed in a page, told to its writer at the block concerned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from piamater.desk.models import GuidePage
from piamater.desk.shelf import reviews
from piamater.errors import PiamaterError
from piamater.guides.review import DECISIONS, cells
from piamater.guides.review.cells import digests
from piamater.guides.review.entry import Entry


def changes_asked(page: GuidePage) -> list[dict[str, Any]]:
    """What each reviewer asked for in their last decision on a page, newest first.

    ``block`` is the name of a block, or of the title's cell; ``touched`` says whether its words
    are others now than those that the reviewer read.
    """
    book = reviews().book
    gone = book.guide(page.guide).withdrawn
    decided: set[str] = set()
    found: list[dict[str, Any]] = []
    now = _now(page)
    for one in reversed(book.entries):
        if one.guide != page.guide or one.act not in DECISIONS or one.number in gone:
            continue
        if one.by in decided or not _about(one, page.language):
            continue
        decided.add(one.by)
        person = book.people.get(one.by)
        for block, text in one.body.get("changes", {}).items():
            found.append(
                {
                    "block": block,
                    "text": text,
                    "by": person.name if person else one.by,
                    "on": one.day,
                    "entry": one.number,
                    "touched": _touched(one, page.language, block, now),
                }
            )
    return found


def _parts(one: Entry) -> Iterator[dict[str, Any]]:
    """What an entry signed, and what it wants changed: both by language, block and view."""
    for name in ("cells", "asked"):
        if held := one.body.get(name):
            yield held


def _about(one: Entry, language: str) -> bool:
    return any(language in held for held in _parts(one))


def _now(page: GuidePage) -> dict[tuple[str, str], Any]:
    """The cells of the page's file today; none where it is not in order."""
    try:
        draft = reviews().draft(page.guide)
    except PiamaterError:
        return {}
    return {(one.block, one.view): one for one in cells(draft) if one.language == page.language}


def _touched(one: Entry, language: str, block: str, now: dict[tuple[str, str], Any]) -> bool:
    for held in _parts(one):
        for view in held.get(language, {}).get(block, {}):
            cell = now.get((block, view))
            if cell is None or digests({"cells": held}, cell) != (cell.text, cell.evidence):
                return True
    return False
