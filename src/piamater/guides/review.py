"""The review state of an edition, computed when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from piamater.guides.editions import Edition


@dataclass(frozen=True, slots=True)
class Review:
    """What can be said today of an edition's review.

    ``state`` is ``submitted`` until people sign it in the ledger, which a later release brings;
    nobody is named who did not sign. ``next_due`` is the day by which it must be looked at, and
    ``overdue`` whether that day has passed. Dates are ISO 8601.
    """

    state: str
    by: str | None
    on: str | None
    next_due: str
    overdue: bool
    submitted: str


def review_of(edition: Edition, today: date) -> Review:
    """The review state of an edition on a day."""
    due = edition.original.review_due
    return Review(
        "submitted",
        None,
        None,
        due,
        bool(due) and due < today.isoformat(),
        edition.original.submitted,
    )
