"""Layout of the questions' file: its tables, and the steps from older layouts to today's."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import date

from piamater.errors import LibraryError

LAYOUT = 2
"""The number of today's layout, in SQLite's ``user_version``; the first release wrote 0."""

_FIRST = """
CREATE TABLE IF NOT EXISTS questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    reader TEXT NOT NULL,
    country TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    received TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    draft TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '',
    answered TEXT NOT NULL DEFAULT ''
)
"""
_SALT = "CREATE TABLE IF NOT EXISTS salt (value BLOB NOT NULL)"
_ADDED = (
    "assigned_to",
    "assigned",
    "draft_citations",
    "citations",
    "answered_id",
    "signed_by",
    "signed",
    "deleted",
)
"""Columns of layout 1, all of them text; citations are JSON."""

_ADDED_SECOND = ("entry", "salt", "counts_from", "ended")
"""Columns of layout 2: the signature's entry in the ledger and its salt; the day from which the
time of an unanswered question counts; why a question that is gone has ended."""


def bring_forward(db: sqlite3.Connection, today: date) -> None:
    """Make the tables, or bring those of an older release to today's layout, in one transaction.

    What the first release had shown to its reader stays shown: it counts as signed, by nobody.
    The time of what waits unanswered begins today, for no reader was told of an end before.

    Raises:
        LibraryError: a newer release wrote the file.
    """
    if _layout(db) == LAYOUT:
        return
    db.execute("BEGIN IMMEDIATE")
    found = _layout(db)
    if found > LAYOUT:
        raise LibraryError(
            f"the questions have the layout {found}, and this release reads {LAYOUT}",
            where="questions.sqlite3",
            todo="use the release that wrote them, or a newer one",
        )
    if found < 1:
        db.execute(_FIRST)
        db.execute(_SALT)
        if db.execute("SELECT 1 FROM salt").fetchone() is None:
            db.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(16),))
        _add(db, _ADDED)
        db.execute("UPDATE questions SET state = 'signed', signed = answered WHERE answer != ''")
    if found < LAYOUT:
        _add(db, _ADDED_SECOND)
        db.execute("UPDATE questions SET counts_from = ?", (today.isoformat(),))
        db.execute("UPDATE questions SET ended = 'kept' WHERE state = 'deleted'")
        db.execute(f"PRAGMA user_version = {LAYOUT}")
    db.commit()


def _add(db: sqlite3.Connection, columns: tuple[str, ...]) -> None:
    for column in columns:
        db.execute(f"ALTER TABLE questions ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def _layout(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
