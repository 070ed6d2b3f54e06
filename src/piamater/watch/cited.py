"""Cited: what became of a source that a guide cites."""

from __future__ import annotations

from datetime import datetime

from piamater.corpus import Library, StoredVersion
from piamater.corpus.standing import Standing
from piamater.guides.review.book import GuideBook
from piamater.sources import NoticeKind
from piamater.watch.candidate import Why
from piamater.watch.topic import Topic

BAD = {
    NoticeKind.RETRACTION: Standing.RETRACTED,
    NoticeKind.WITHDRAWAL: Standing.WITHDRAWN,
    NoticeKind.SUPERSESSION: Standing.SUPERSEDED,
    NoticeKind.CONCERN: Standing.CONCERN,
    NoticeKind.CORRECTION: Standing.CORRECTED,
}
"""What a notice makes of a source."""

OWN = "this library"
"""How a notice begins that is this library's own decision."""


def of_version(version: StoredVersion, standing: Standing, topic: Topic) -> tuple[Why, ...]:
    """Why a cited source that was taken in again is a candidate; nothing where nothing moved."""
    found = []
    if standing in BAD.values():
        found.append(Why(str(standing)))
    if version.version != topic.cited[version.source]:
        found.append(Why("new-version"))
    return tuple(found)


def of_own_decision(held: StoredVersion, library: Library, book: GuideBook) -> Why | None:
    """That this library has withdrawn a cited source, unless somebody has looked at that since.

    Such a decision changes no document, so it has a day and no number.
    """
    for notice in library.corpus.notices(held.record, held.source):
        if notice.kind is NoticeKind.WITHDRAWAL and notice.by.startswith(OWN):
            looked = any(
                _day(one.at) >= notice.date and held.source in one.body.get("sources", {})
                for one in book.checked
            )
            if not looked:
                return Why("withdrawn", notice.by, notice.date)
    return None


def _day(at: str) -> str:
    """The day of a moment where this library stands."""
    return datetime.fromisoformat(at).astimezone().date().isoformat()
