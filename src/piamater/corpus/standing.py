"""Standing: what a source is worth today, derived from dates and notices whenever it is read."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from piamater.sources import Notice, NoticeKind, Record


class Standing(StrEnum):
    """Where a source stands; the first that applies, from worst to best."""

    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    CONCERN = "concern"
    REVIEW_OVERDUE = "review-overdue"
    CORRECTED = "corrected"
    CURRENT = "current"

    @property
    def citable(self) -> bool:
        """Whether passages of such a source may still be retrieved and told to a reader."""
        return self not in (Standing.RETRACTED, Standing.WITHDRAWN, Standing.SUPERSEDED)


BY_NOTICE = {
    NoticeKind.RETRACTION: Standing.RETRACTED,
    NoticeKind.WITHDRAWAL: Standing.WITHDRAWN,
    NoticeKind.SUPERSESSION: Standing.SUPERSEDED,
    NoticeKind.CONCERN: Standing.CONCERN,
    NoticeKind.CORRECTION: Standing.CORRECTED,
}
"""The standing that a notice gives to the work it is about."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A standing, the reason for it in words, and the day the next review is due (or empty)."""

    standing: Standing
    reason: str
    review_due: str


def judge(
    record: Record, notices: Iterable[Notice], today: date, months: Mapping[str, int] | None = None
) -> Judgement:
    """Derive the standing of a source on a day.

    ``notices`` are all notices about the source, its own and others'; ``months`` overrides the
    default review periods by kind.
    """
    due, why_due = review_due(record, months or {})
    found: dict[Standing, str] = {Standing.CURRENT: "no notice, and no review is overdue"}
    for notice in notices:
        found[BY_NOTICE[notice.kind]] = _told(notice)
    if due and last_day(due) < today:
        found[Standing.REVIEW_OVERDUE] = f"review was due {due} ({why_due})"
    standing = next(one for one in Standing if one in found)
    return Judgement(standing, found[standing], due)


def review_due(record: Record, months: Mapping[str, int]) -> tuple[str, str]:
    """The day by which the source should have been reviewed, and why; empty where none follows.

    A date on the page counts first; else the latest of its review, update and publication dates
    plus the period for its kind (``data/review_periods.toml``).
    """
    if record.review_due:
        return record.review_due, "stated by the source"
    period = {**_default_periods(), **months}.get(record.kind, 0)
    base = record.reviewed or max(record.updated, record.published)
    if not base or not period:
        return "", ""
    return plus_months(base, period), f"{period} months after {base}"


def last_day(partial: str) -> date:
    """The last day that a partial ISO date can mean: ``2023`` is 31 December 2023."""
    parts = [int(part) for part in partial.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def plus_months(partial: str, months: int) -> str:
    """A partial date moved by whole months; the day is kept where the month has it."""
    day = last_day(partial)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def _told(notice: Notice) -> str:
    """A notice in words."""
    return " ".join(
        part
        for part in (
            notice.kind.value,
            f"of {notice.date}" if notice.date else "",
            f"by {notice.by}" if notice.by else "",
        )
        if part
    )


@cache
def _default_periods() -> dict[str, int]:
    """The shipped review periods, months by kind."""
    text = (files("piamater.corpus") / "data" / "review_periods.toml").read_text("utf-8")
    return {kind: entry["months"] for kind, entry in tomllib.loads(text).items()}
