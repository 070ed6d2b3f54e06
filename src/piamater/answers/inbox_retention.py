"""Retention: how questions leave the inbox for good.

Nothing has to run: what is over its time goes when somebody next opens the inbox.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date, timedelta

DELETED = "deleted"
"""The state of a question whose time is over: nothing is left of it but the days."""

_BLANK = (
    "text = '', reader = '', country = '', assigned_to = '', draft = '', draft_citations = '', "
    "answer = '', citations = '', answered_by = '', answered_id = '', signed_by = '', urgent = 0"
)


def expire(db: sqlite3.Connection, today: date, days: int) -> None:
    """Delete what was signed more than ``days`` ago; the receipt alone lives as long again.

    ``days`` of 0 deletes nothing.
    """
    if not days:
        return
    before = (today - timedelta(days=days)).isoformat()
    over = db.execute(
        "SELECT 1 FROM questions WHERE state = 'signed' AND signed < ?1"
        " OR state = 'deleted' AND deleted < ?1",
        (before,),
    )
    if over.fetchone() is None:
        return
    db.execute("DELETE FROM questions WHERE state = 'deleted' AND deleted < ?", (before,))
    db.execute(
        f"UPDATE questions SET {_BLANK}, state = 'deleted', deleted = ?"  # noqa: S608
        " WHERE state = 'signed' AND signed < ?",
        (today.isoformat(), before),
    )
    db.commit()
    with suppress(sqlite3.OperationalError):  # it is overwritten; this only makes room
        scrub(db)


def scrub(db: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted, and end a write-ahead log that held it."""
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("VACUUM")
