"""The corpus store on a server: a schema of a PostgreSQL database."""

from __future__ import annotations

import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count, islice
from typing import Any, TypeVar

import psycopg

from piamater.corpus.places import bytes_before, with_bytes
from piamater.corpus.postgres_connect import connect, connect_again, failed, shown
from piamater.corpus.postgres_layout import go_on_numbering, layout_of, prepare
from piamater.corpus.rows import passage_rows
from piamater.corpus.sql_proof import Rows
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.store import Deposit, Fault, Outcome
from piamater.corpus.tables import TABLES, Row, columns
from piamater.errors import LibraryError
from piamater.text import Document

ROWS = 500
"""Rows fetched at a time where all are asked for."""

TEXTS = 20
"""Rows fetched at a time where each may be a whole text."""

T = TypeVar("T")
_NAMES = count(1)


class PostgresCorpus(SqlCorpus):
    """A ``CorpusStore`` in a ``schema`` of the database at ``address``; made on first use.

    ``address`` is a ``postgresql://`` URI as libpq reads it. A connection that was lost is made
    anew before the next reading or writing; what was lost within a transaction is told.
    """

    cut = "substring(t.text FROM p.first_byte + 1 FOR p.bytes)"

    def __init__(self, address: str, schema: str = "piamater", *, restoring: bool = False) -> None:
        self.address = address
        self.schema = schema
        self.where = shown(address)
        self._thread = threading.get_ident()
        self._held = False
        self._waiting: defaultdict[tuple[str, bool], list[Row]] = defaultdict(list)
        self._take(connect(address, schema))
        try:
            self._id = prepare(self._db, schema, self.where, restoring=restoring)
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

    @contextmanager
    def _transaction(
        self, begin: str = "UPDATE state SET writes = writes + 1, restored = FALSE"
    ) -> Iterator[None]:
        """All or nothing, one writer at a time.

        The first statement changes the row of ``state``, which no other writer can until this
        transaction has ended: numbers are committed in the order in which they are given.
        """
        self._one("SELECT 1")  # makes a lost connection anew, before there is anything to lose
        try:
            self._held = True
            with self._db.transaction():
                self._db.execute(begin.encode())
                yield
                self._write_waiting()
        except psycopg.Error as error:
            raise failed(error, self.where, writing=True, lost=self._db.closed) from error
        finally:
            self._held = False
            self._waiting.clear()

    def _asked(self, work: Callable[[psycopg.Connection], T]) -> T:
        """Do a piece of work; reading is done once more where the connection was lost."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a PostgresCorpus belongs to the thread that opened it")
        if self._held:
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

    @contextmanager
    def moment(self) -> Iterator[Rows]:
        """See ``SqlProof.moment``; a connection that is lost meanwhile is not made anew."""
        self._one("SELECT 1")  # makes a lost connection anew, before the moment begins
        try:
            with self._db.transaction():
                self._db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                self._held = True
                yield self._rows
        except psycopg.Error as error:
            raise failed(error, self.where, writing=False) from error
        finally:
            self._held = False

    def _rows(self, statement: str) -> Iterator[Row]:
        """The rows of a statement within a transaction; texts come as text."""
        with self._db.cursor(f"rows {next(_NAMES)}") as cursor:
            cursor.execute(_ours(statement), binary=True)
            while rows := cursor.fetchmany(
                TEXTS if "t.text" in statement or " FROM texts" in statement else ROWS
            ):
                for row in rows:
                    yield tuple(
                        one.decode("utf-8", "surrogateescape") if isinstance(one, bytes) else one
                        for one in row
                    )

    @contextmanager
    def filling(self) -> Iterator[None]:
        """See ``SqlCorpus.filling``; over what a restore left that nobody opened it fills again."""
        with self._transaction("UPDATE state SET writes = writes + 1"):
            if self._one("SELECT 1 FROM state WHERE restored"):
                self._db.execute(f"TRUNCATE {', '.join(TABLES)}".encode())
            for table in TABLES:
                if self._one(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
                    raise LibraryError(
                        f"the schema {self.schema} holds documents already",
                        where=self.where,
                        todo="name an empty database, or another schema of this one",
                    )
            yield
            go_on_numbering(self._db, "versions")
            self._db.execute("UPDATE state SET restored = TRUE")

    def fill(self, table: str, rows: Iterable[Row]) -> None:
        """See ``SqlCorpus.fill``."""
        names, rows = columns(table), iter(rows)
        if table == "texts":
            rows = ((version, self._keep(text)) for version, text in rows)
        elif table == "passages":
            names += ", first_byte, bytes"
            rows = with_bytes(rows, self._text_of)
        while some := list(islice(rows, TEXTS if table == "texts" else 20 * ROWS)):
            with self._db.cursor().copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
                for row in some:
                    copy.write_row(row)

    def _own_faults(self, rows: Rows) -> Iterator[Fault]:
        """Passages are cut by bytes here, which must be those of their places in the text."""
        texts = rows(
            "SELECT v.number, t.text FROM versions v JOIN texts t ON t.version = v.version"
            " ORDER BY v.number"
        )
        ahead = next(texts, None)

        def text_of(number: int) -> str:
            nonlocal ahead
            while ahead is not None and ahead[0] < number:
                ahead = next(texts, None)
            return str(ahead[1]) if ahead and ahead[0] == number else ""

        places = rows(
            "SELECT number, position, start, stop, first_byte, bytes FROM passages"
            " ORDER BY number, position"
        )
        for row in with_bytes(places, text_of):
            if row[-2:] != row[-4:-2]:
                what = f"passage {row[1]} is not cut where it stands"
                yield Fault(f"version number {row[0]}", what)

    def _text_of(self, number: int) -> str:
        row = self._one(
            "SELECT t.text FROM versions v JOIN texts t ON t.version = v.version"
            " WHERE v.number = ?",
            (number,),
        )
        return self._read(row[0]) if row else ""

    def _add_version(self, values: Row) -> int:
        row = self._one(
            "INSERT INTO versions (source, version, record, shape, languages, added, original,"
            " name, origins, bibliography, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING number",
            values,
        )
        return int(row[0]) if row else 0

    def _passage_rows(self, number: int, document: Document) -> list[Row]:
        """The rows, each with its place in the bytes of the text behind it."""
        rows = passage_rows(document)
        at = bytes_before(document.text, {place for row in rows for place in row[:2]})
        return [
            (number, n, *row, at[row[0]], at[row[1]] - at[row[0]]) for n, row in enumerate(rows)
        ]


@cache
def _ours(statement: str) -> bytes:
    """A statement with the marks for values that psycopg reads."""
    return statement.replace("?", "%s").encode("utf-8")


def layout_at(address: str, schema: str) -> int:
    """The layout of the corpus in a schema, which is left as it is; 0 where there is none.

    Raises:
        LibraryError: the server cannot be asked.
    """
    db = connect(address, schema)
    try:
        return (layout_of(db, shown(address)) or (0, ""))[0]
    finally:
        db.close()
