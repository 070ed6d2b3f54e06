"""The corpus store on a server: a schema of a PostgreSQL database."""

from __future__ import annotations

import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any, TypeVar

import psycopg

from piamater.corpus.postgres_connect import connect, connect_again, failed, shown
from piamater.corpus.rows import passage_rows
from piamater.corpus.sql_reader import Row
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.store import Deposit, Outcome
from piamater.errors import LibraryError
from piamater.text import Document

FORMAT = 1
"""Version of the layout of ``postgres.sql``, kept in ``state.layout``."""

ROWS = 500
"""Rows fetched at a time where all are asked for."""

T = TypeVar("T")
_NAMES = count(1)


class PostgresCorpus(SqlCorpus):
    """A ``CorpusStore`` in a ``schema`` of the database at ``address``; made on first use.

    ``address`` is a ``postgresql://`` URI as libpq reads it. A connection that was lost is made
    anew before the next reading or writing; what was lost within a transaction is told.
    """

    cut = "substring(t.text FROM p.first_byte + 1 FOR p.bytes)"

    def __init__(self, address: str, schema: str = "piamater") -> None:
        self.address = address
        self.schema = schema
        self.where = shown(address)
        self._thread = threading.get_ident()
        self._writing = False
        self._waiting: defaultdict[tuple[str, bool], list[Row]] = defaultdict(list)
        self._take(connect(address, schema))
        try:
            self._id = self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _take(self, db: psycopg.Connection) -> None:
        """Work on this connection; it is closed with the store that nobody holds any more."""
        self._db = db
        weakref.finalize(self, db.close)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def stamp(self) -> object:
        """How many calls have written so far."""
        row = self._one("SELECT writes FROM state")
        return row and row[0]

    def identity(self) -> str:
        """An id that was drawn when the tables were made."""
        return self._id

    def last_number(self) -> int:
        """See ``CorpusStore.last_number``; not the sequence's own, which runs ahead of commits."""
        row = self._one("SELECT coalesce(max(number), 0) FROM versions")
        return int(row[0]) if row else 0

    def _prepare(self) -> str:
        """Make the tables, or refuse a layout that this release does not know; gives the id."""
        found = self._state()
        if found is None:
            try:
                self._make()
            except psycopg.Error as error:
                raise LibraryError(
                    f"the tables cannot be made: {error}",
                    where=self.where,
                    todo=f"let the database's owner run: CREATE SCHEMA {self.schema}"
                    " AUTHORIZATION (the user of corpus.store)",
                ) from error
            found = self._state() or (0, "")
        if found[0] != FORMAT:
            raise LibraryError(
                f"the corpus was written by another Piamater (layout {found[0]}, not {FORMAT})",
                where=f"{self.where}, schema {self.schema}",
                todo="update Piamater, or name another corpus.schema",
            )
        return str(found[1])

    def _state(self) -> Row | None:
        try:
            return self._db.execute("SELECT layout, id FROM state").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
        except psycopg.Error as error:
            raise failed(error, self.where, writing=False) from error

    def _make(self) -> None:
        """Make schema and tables in one transaction; of two processes the second finds them."""
        with self._db.transaction():
            self._db.execute("SELECT pg_advisory_xact_lock(hashtext('piamater'))")
            held = self._db.execute(
                "SELECT 1 FROM pg_namespace WHERE nspname = %s", (self.schema,)
            ).fetchone()
            if held is None:
                self._db.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(self._schema_name()))
            if self._db.execute("SELECT to_regclass('state')").fetchone() == (None,):
                self._db.execute((files("piamater.corpus") / "postgres.sql").read_bytes())
                self._db.execute(
                    "INSERT INTO state (layout, id, writes)"
                    " VALUES (%s, gen_random_uuid()::text, 0)",
                    (FORMAT,),
                )

    def _schema_name(self) -> psycopg.sql.Identifier:
        return psycopg.sql.Identifier(self.schema)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time.

        The first statement changes the row of ``state``, which no other writer can until this
        transaction has ended: numbers are committed in the order in which they are given.
        """
        self._one("SELECT 1")  # makes a lost connection anew, before there is anything to lose
        try:
            self._writing = True
            with self._db.transaction():
                self._db.execute("UPDATE state SET writes = writes + 1")
                yield
                self._write_waiting()
        except psycopg.Error as error:
            raise failed(error, self.where, writing=True, lost=self._db.closed) from error
        finally:
            self._writing = False
            self._waiting.clear()

    def _asked(self, work: Callable[[psycopg.Connection], T]) -> T:
        """Do a piece of work; reading is done once more where the connection was lost."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a PostgresCorpus belongs to the thread that opened it")
        if self._writing:
            return work(self._db)
        try:
            return work(self._db)
        except psycopg.OperationalError as error:
            if not self._db.closed:
                raise failed(error, self.where, writing=False) from error
        except psycopg.Error as error:
            raise failed(error, self.where, writing=False) from error
        self._take(connect_again(self.address, self.schema))
        try:
            return work(self._db)
        except psycopg.Error as error:
            raise failed(error, self.where, writing=False) from error

    def _run(self, statement: str, values: Sequence[Any] = ()) -> Iterable[Row]:
        def work(db: psycopg.Connection) -> list[Row]:
            found = db.execute(_ours(statement), values, binary=True)
            return found.fetchall() if found.description else []

        return self._asked(work)

    def _each(self, statement: str, keys: Sequence[Sequence[Any]]) -> Iterator[Row]:
        def work(db: psycopg.Connection) -> list[Row]:
            with db.cursor(binary=True) as cursor:
                cursor.executemany(_ours(statement), keys, returning=True)
                return [row for found in cursor.results() for row in found]

        return iter(self._asked(work) if keys else [])

    def _stream(self, statement: str, values: Sequence[Any]) -> Iterator[Row]:
        """The server holds the rows of the moment when they were first asked for."""
        name = f"rows {next(_NAMES)}"

        def begin(db: psycopg.Connection) -> psycopg.ServerCursor[Row]:
            cursor = db.cursor(name, withhold=True)
            cursor.itersize = ROWS
            return cursor.execute(_ours(statement), values, binary=True)

        cursor = self._asked(begin)
        try:
            while rows := self._asked(lambda db: cursor.fetchmany(ROWS)):
                yield from rows
        finally:
            with suppress(psycopg.Error):
                cursor.close()

    def _read(self, kept: Any) -> str:
        return bytes(kept).decode("utf-8")

    def _keep(self, text: str) -> bytes:
        return text.encode("utf-8")

    def _add(self, table: str, rows: Iterable[Row], *, again: bool = False) -> None:
        """Put rows aside: nothing reads them before the end, and each trip to a server is long."""
        rows = list(rows)
        "".join(part for row in rows for part in row if isinstance(part, str)).encode("utf-8")
        if rows:
            self._waiting[table, again] += rows

    def _write_waiting(self) -> None:
        """Write the rows that were put aside."""
        for (table, again), rows in self._waiting.items():
            if again:
                marks = ",".join("?" * len(rows[0]))
                statement = f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
                self._db.cursor().executemany(_ours(statement), rows)
            else:
                with self._db.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
        self._waiting.clear()

    def _renew(
        self, one: Deposit, source: str, version: str, record: str, shape: str, held: Row
    ) -> Outcome:
        self._write_waiting()  # the version that is deleted may have come with the same call
        return super()._renew(one, source, version, record, shape, held)

    def _add_version(self, values: Row) -> int:
        row = self._one(
            "INSERT INTO versions (source, version, record, shape, languages, added, original,"
            " name, origins, bibliography) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
            values,
        )
        return int(row[0]) if row else 0

    def _passage_rows(self, number: int, document: Document) -> list[Row]:
        """The rows, each with its place in the bytes of the text behind it."""
        rows = passage_rows(document)
        at = _bytes_before(document.text, {place for row in rows for place in row[:2]})
        return [
            (number, n, *row, at[row[0]], at[row[1]] - at[row[0]]) for n, row in enumerate(rows)
        ]


def _bytes_before(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many bytes of UTF-8 stand before each place of a text, counted in code points."""
    if text.isascii():
        return {place: place for place in places}
    found: dict[int, int] = {}
    last = bytes_ = 0
    for place in sorted(places):
        bytes_ += len(text[last:place].encode("utf-8"))
        found[place] = bytes_
        last = place
    return found


@cache
def _ours(statement: str) -> bytes:
    """A statement with the marks for values that psycopg reads."""
    return statement.replace("?", "%s").encode("utf-8")
