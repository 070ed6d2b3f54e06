"""Counting views and downloads without watching anyone.

What is kept is a number per day, page, edition, language, view and action: no address, no
cookie, no identifier, no time of day. Counts wait in memory for a few seconds and are added to
``counts.sqlite3`` in the library, which may be deleted at any time.
"""

from __future__ import annotations

import atexit
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FLUSH_EVERY = 5.0
"""Seconds that counts wait in memory."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS counts (
    day TEXT, page TEXT, edition INTEGER, language TEXT, view TEXT, action TEXT, number INTEGER,
    PRIMARY KEY (day, page, edition, language, view, action)
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET number = number + excluded.number
"""
Key = tuple[str, str, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Totals:
    """How often a page was viewed and downloaded, in all and in its present edition."""

    views: int
    downloads: int
    edition_views: int
    edition_downloads: int


class Counts:
    """The counts of one library; ``action`` is ``view`` or ``download``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "counts.sqlite3"
        self._waiting: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._flushed = time.monotonic()
        atexit.register(self.flush)

    def add(self, page: str, edition: int, language: str, view: str, action: str = "view") -> None:
        """Count one view or download."""
        with self._lock:
            self._waiting[(date.today().isoformat(), page, edition, language, view, action)] += 1
            due = time.monotonic() - self._flushed > FLUSH_EVERY
        if due:
            self.flush()

    def flush(self) -> None:
        """Add what waits in memory to the file; a file that cannot be written loses the counts."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            self._flushed = time.monotonic()
        if not waiting or not self.path.parent.is_dir():
            return
        try:
            with self._open() as db:
                db.executemany(_ADD, [(*key, number) for key, number in waiting.items()])
            db.close()
        except sqlite3.Error:
            pass  # a full disk must not take the pages down

    def totals(self, page: str, edition: int) -> Totals:
        """The counts of a page up to now, those in memory included."""
        found: Counter[tuple[str, bool]] = Counter()
        try:
            with self._open() as db:
                rows = db.execute(
                    "SELECT action, edition = ?, sum(number) FROM counts"
                    " WHERE page = ? GROUP BY 1, 2",
                    (edition, page),
                )
                for action, present, number in rows:
                    found[(action, bool(present))] += number
            db.close()
        except sqlite3.Error:
            pass
        with self._lock:
            for (_, name, of, _, _, action), number in self._waiting.items():
                if name == page:
                    found[(action, of == edition)] += number
        return Totals(
            found["view", True] + found["view", False],
            found["download", True] + found["download", False],
            found["view", True],
            found["download", True],
        )

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=2)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(_SCHEMA)
        return db
