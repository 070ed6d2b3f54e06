"""Behind: which blocks of a translation are behind their original, since when, and by which words.

A translated block names the hash of the original's words that it was made from. Those words are
looked for in the editions that were published and in the history of the drafts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from piamater.desk.mirror import parsed
from piamater.desk.models import GuidePage
from piamater.desk.shelf import reviews
from piamater.errors import PiamaterError
from piamater.guides import Guide
from piamater.guides.differences import Change, words_changed
from piamater.guides.model import Block

DEPTH = 200
"""Drafts that are looked through, from the newest."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A block that is behind: the day of the change, and the original's words then and now.

    ``since`` is empty and ``words`` too where what it was translated from is not held any more.
    """

    block: str
    since: str = ""
    words: tuple[Change, ...] = ()


def behind(text: Guide, original: Guide) -> dict[str, Behind]:
    """The blocks of a translation that are behind, by their id."""
    wanted = {
        one.id: one.of
        for one in text.blocks
        if (theirs := original.block(one.id)) is not None and theirs.hash != one.of
    }
    found = {id_: Behind(id_) for id_ in wanted}
    after: dict[str, str] = dict.fromkeys(wanted, "")
    for day, was in _earlier(original):
        for id_ in [one for one in wanted if not found[one].words]:
            then, now = was.block(id_), original.block(id_)
            if then is not None and now is not None and then.hash == wanted[id_]:
                words = tuple(words_changed(_words(then), _words(now)))
                found[id_] = Behind(id_, after[id_] or day, words)
            else:
                after[id_] = day
        if all(one.words for one in found.values()):
            break
    return found


def _earlier(original: Guide) -> Iterator[tuple[str, Guide]]:
    """The original as it was, newest first, each with its day: drafts, then editions."""
    page = GuidePage.objects.filter(guide=original.id, language=original.language).first()
    if page is not None:
        for one in islice(page.revisions.order_by("-created_at", "-pk"), DEPTH):
            try:
                yield one.created_at.date().isoformat(), parsed(one.as_object())
            except PiamaterError:
                continue  # a draft that was no guide yet
    if original.id in reviews().editions.ids():
        for edition in reviews().editions.history(original.id):
            yield edition.published, edition.original


def _words(block: Block) -> str:
    return "\n\n".join([block.heading, *(one.source for one in block.parts)])
