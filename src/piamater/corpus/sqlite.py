"""The embedded corpus store: one SQLite database in WAL mode."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from piamater.corpus.migrations import layout_of, migrate
from piamater.corpus.rows import stored_passage_from_row
from piamater.corpus.sql_proof import Rows
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.store import Fault, StoredPassage
from piamater.corpus.tables import FORMAT, TABLES, Row, columns
from piamater.errors import LibraryError

SHM = 64 << 10
"""Bytes that SQLite wants free for what it keeps beside a database that is only read."""


class SqliteCorpus(SqlCorpus):
    """A ``CorpusStore`` in the file ``path``; made on first use.

    With ``durable`` off nothing waits for the disk, and there is no way back from a failed
    transaction: for a file that is thrown away where its making fails.
    """

    cut = "substr(t.text, p.start + 1, p.stop - p.start)"

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path = path
        self.where = str(path.parent)
        self._wal = path.with_name(path.name + "-wal")
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute(f"PRAGMA journal_mode={'WAL' if durable else 'OFF'}")
            self._db.execute(f"PRAGMA synchronous={'NORMAL' if durable else 'OFF'}")
            self._db.execute("PRAGMA cache_size=-32000")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"the corpus database cannot be opened: {error}",
                where=str(path),
                todo=unwritable(path) or "restore the library from a backup",
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
            self._make()

    def _make(self) -> None:
        """Make the tables, all or none; a library that has some has lost its layout's number."""
        there = self._db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'versions'").fetchone()
        if there and self._db.execute("SELECT 1 FROM versions").fetchone():
            raise sqlite3.DatabaseError("the number of its layout is damaged")
        self._db.executescript(f"BEGIN;{_schema()};PRAGMA user_version={FORMAT};COMMIT")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; a full disk or a lock becomes a LibraryError."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.ProgrammingError:
            self._rollback()
            raise
        except sqlite3.DatabaseError as error:
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
        with self._told():
            return self._db.execute(statement, values).fetchall()

    def _each(self, statement: str, keys: Sequence[Sequence[Any]]) -> Iterator[Row]:
        for key in keys:
            yield from self._run(statement, key)

    def _stream(self, statement: str, values: Sequence[Any]) -> Iterator[Row]:
        with self._told():
            yield from self._db.execute(statement, values)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A damaged database becomes a LibraryError, unless ``_transaction`` is to tell it."""
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            if self._db.in_transaction:
                raise
            raise LibraryError(
                f"the corpus cannot be read: {error}",
                where=str(self.path),
                todo="piamater doctor says what is damaged",
            ) from error

    @contextmanager
    def moment(self) -> Iterator[Rows]:
        """See ``SqlProof.moment``; bytes that are no UTF-8 are told apart, not refused."""
        place = f"{self.path.absolute().as_uri()}?mode=rw"
        with self._told(), closing(sqlite3.connect(place, uri=True, timeout=30)) as db:
            db.isolation_level = None
            db.text_factory = _bytes_or_text
            db.execute("PRAGMA query_only=ON")
            db.execute("BEGIN")
            yield db.execute

    def _own_faults(self, rows: Rows) -> Iterator[Fault]:
        """Tables and their indexes are those of this layout."""
        with closing(sqlite3.connect(":memory:")) as new:
            new.executescript(_schema())
            due = _structure(new.execute)
        found = _structure(rows)
        for table in TABLES:
            if found.get(table) != due[table]:
                yield Fault(f"table {table}", "its columns or indexes are not those of its layout")

    @contextmanager
    def filling(self) -> Iterator[None]:
        """See ``SqlCorpus.filling``."""
        with self._transaction():
            for table in TABLES:
                if self._one(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
                    raise LibraryError(
                        "the database holds documents already",
                        where=str(self.path),
                        todo="name a place that is empty",
                    )
            yield

    def fill(self, table: str, rows: Iterable[Row]) -> None:
        """See ``SqlCorpus.fill``."""
        names = columns(table)
        marks = ",".join("?" * (names.count(",") + 1))
        self._db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608

    def _add(self, table: str, rows: Iterable[Row], *, again: bool = False) -> None:
        rows = list(rows)
        if rows:
            verb = "INSERT OR IGNORE" if again else "INSERT"
            marks = ",".join("?" * len(rows[0]))
            self._db.executemany(f"{verb} INTO {table} VALUES ({marks})", rows)

    def _add_version(self, values: Row) -> int:
        cursor = self._db.execute(
            "INSERT INTO versions (source, version, record, shape, languages, added, original,"
            " name, origins, bibliography, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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


def unwritable(path: Path) -> str:
    """What to do where a database cannot be written, without which SQLite reads none either.

    The disk has no room for what it keeps beside it, or this user may not; empty where neither is.
    """
    if path.parent.is_dir() and shutil.disk_usage(path.parent).free < SHM:
        return "free some space on this disk; nothing is lost"
    if all(os.access(one, os.W_OK) for one in (path, path.parent) if one.exists()):
        return ""
    return f"{path} and its folder must be writable: give them to the user that runs Piamater"


def _schema() -> str:
    return (files("piamater.corpus") / "schema.sql").read_text("utf-8")


def _structure(rows: Rows) -> dict[str, list[Row]]:
    """Of each table its columns and the columns of its indexes, in no words of their own."""
    found: dict[str, list[Row]] = {}
    for table, *column in rows(
        'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk'
        " FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        ' UNION ALL SELECT m.name, c.name, i.name, i."unique", i.origin, c.seqno'
        " FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c"
        " WHERE m.type = 'table' ORDER BY 1, 2, 3, 6"
    ):
        found.setdefault(table, []).append(tuple(column))
    return found


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def _bytes_or_text(kept: bytes) -> str:
    """A text to the byte, also where damage made it one that is no UTF-8."""
    return kept.decode("utf-8", "surrogateescape")
