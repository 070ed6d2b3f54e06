"""Retention: how questions leave the inbox for good.

Nothing has to run: what is over its time goes when somebody next opens the inbox.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import timedelta

from piamater.answers.inbox_deadlines import Deadlines

_BLANK = (
    "text = '', reader = '', country = '', assigned_to = '', draft = '', draft_citations = '', "
    "answer = '', citations = '', answered_by = '', answered_id = '', signed_by = '', entry = '', "
    "salt = '', urgent = 0"
)


def expire(db: sqlite3.Connection, terms: Deadlines) -> None:
    """Delete what is over its time; the receipt alone lives on, as long again.

    What was answered anew counts from that day: its reader has not yet read it.
    """
    done = False
    for days, which, why in (
        (terms.settings.keep_days, "state = 'signed' AND signed < ?", "kept"),
        (
            terms.settings.unanswered_days,
            "state NOT IN ('signed', 'deleted') AND max(counts_from, answered) < ?",
            "unanswered",
        ),
    ):
        if not days:
            continue
        before = (terms.today - timedelta(days=days)).isoformat()
        receipts = "state = 'deleted' AND ended = ? AND deleted < ?"
        if _any(db, receipts, why, before):
            db.execute(f"DELETE FROM questions WHERE {receipts}", (why, before))  # noqa: S608
            done = True
        if _any(db, which, before):
            db.execute(
                f"UPDATE questions SET {_BLANK}, state = 'deleted', ended = ?, deleted = ?"  # noqa: S608
                f" WHERE {which}",
                (why, terms.today.isoformat(), before),
            )
            done = True
    if not done:
        return
    db.commit()
    with suppress(sqlite3.OperationalError):  # it is overwritten; this only makes room
        scrub(db)


def _any(db: sqlite3.Connection, which: str, *values: str) -> bool:
    found = db.execute(f"SELECT 1 FROM questions WHERE {which}", values)  # noqa: S608
    return found.fetchone() is not None


def scrub(db: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted, and end a write-ahead log that held it."""
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("VACUUM")
