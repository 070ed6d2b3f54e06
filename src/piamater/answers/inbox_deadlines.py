"""Deadlines: until when a reader's question is to be answered, waits at most, and is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from piamater.answers.inbox_record import ReaderQuestion
from piamater.corpus.settings import Settings

DELETED = "deleted"
"""The state of a question whose time is over: nothing is left of it but the days."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days of a house's questions; each is ISO 8601, and empty where there is none."""

    settings: Settings
    today: date

    def due(self, one: ReaderQuestion) -> str:
        """The day by which the house wants to have answered it."""
        waits = one.state not in ("signed", DELETED)
        return _later(one.counts_from, self.settings.answer_days) if waits else ""

    def late(self, one: ReaderQuestion) -> bool:
        """Whether that day has passed."""
        due = self.due(one)
        return bool(due) and due < self.today.isoformat()

    def ends(self, one: ReaderQuestion) -> str:
        """The day after which it is deleted unanswered; an answer not yet signed counts anew."""
        if one.state in ("signed", DELETED):
            return ""
        return _later(max(one.counts_from, one.answered), self.settings.unanswered_days)

    def keep_until(self, one: ReaderQuestion) -> str:
        """The day after which it is deleted, once its answer is signed."""
        return _later(one.signed, self.settings.keep_days) if one.state == "signed" else ""


def _later(day: str, days: int) -> str:
    """A day so many days later; none where no days are set."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if days else ""
