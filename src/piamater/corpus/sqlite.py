"""The embedded corpus store: one SQLite database in WAL mode."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from piamater.corpus.migrations import layout_of, migrate
from piamater.corpus.rows import stored_passage_from_row
from piamater.corpus.sql_reader import Row
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.store import StoredPassage
from piamater.errors import LibraryError

FORMAT = 1
"""Version of the database layout, kept in ``PRAGMA user_version``."""


class SqliteCorpus(SqlCorpus):
    """A ``CorpusStore`` in the file ``path``; made on first use."""

    cut = "substr(t.text, p.start + 1, p.stop - p.start)"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path.parent)
        self._wal = path.with_name(path.name + "-wal")
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA cache_size=-32000")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"the corpus database cannot be opened: {error}",
                where=str(path),
                todo="restore the library from a backup",
            ) from error

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def stamp(self) -> object:
        """Time and size of the database and of its write-ahead log."""
        return _looks(self.path), _looks(self._wal)

    def identity(self) -> str:
        """Empty: the database lies in the library's folder, beside its index."""
        return ""

    def last_number(self) -> int:
        """See ``CorpusStore.last_number``."""
        row = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'versions'")
        return int(row[0]) if row else 0

    def _prepare(self) -> None:
        """Make the tables, bring an older layout forward, or refuse a newer one."""
        found = layout_of(self._db)
        if found > FORMAT:
            raise LibraryError(
                f"the library was written by a newer Piamater (layout {found})",
                where=str(self.path),
                todo="update Piamater",
            )
        if 0 < found < FORMAT:
            migrate(self._db, self.path, FORMAT)
        elif found < FORMAT:
            self._db.executescript((files("piamater.corpus") / "schema.sql").read_text("utf-8"))
            self._db.execute(f"PRAGMA user_version={FORMAT}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; a full disk or a lock becomes a LibraryError."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._rollback()
            raise LibraryError(
                f"the corpus cannot be written: {error}",
                where=str(self.path),
                todo="nothing of this step was kept; free some space or wait, then run it again",
            ) from error
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        """Undo, unless SQLite already has."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _run(self, statement: str, values: Sequence[Any] = ()) -> Iterable[Row]:
        return self._db.execute(statement, values)

    def _each(self, statement: str, keys: Sequence[Sequence[Any]]) -> Iterator[Row]:
        for key in keys:
            yield from self._db.execute(statement, key)

    def _stream(self, statement: str, values: Sequence[Any]) -> Iterator[Row]:
        return self._db.execute(statement, values)

    def _add(self, table: str, rows: Iterable[Row], *, again: bool = False) -> None:
        rows = list(rows)
        if rows:
            verb = "INSERT OR IGNORE" if again else "INSERT"
            marks = ",".join("?" * len(rows[0]))
            self._db.executemany(f"{verb} INTO {table} VALUES ({marks})", rows)

    def _add_version(self, values: Row) -> int:
        cursor = self._db.execute(
            "INSERT INTO versions (source, version, record, shape, languages, added, original,"
            " name, origins, bibliography) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        return int(cursor.lastrowid or 0)

    def _passage(self, row: Row) -> StoredPassage:
        """A passage; SQLite's ``substr`` ends at a U+0000, so such a text is cut here."""
        number, _, start, stop, text, *_ = row
        if len(text) != stop - start:
            whole = self._one(
                "SELECT t.text FROM versions v JOIN texts t ON t.version = v.version"
                " WHERE v.number = ?",
                (number,),
            )
            if whole:
                row = (*row[:4], whole[0][start:stop], *row[5:])
        return stored_passage_from_row(row)


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
