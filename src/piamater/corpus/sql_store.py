"""SqlCorpus: a corpus store in an SQL database, but for what is each database's own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from piamater.corpus.rows import (
    origins_to_json,
    passage_rows,
    record_to_json,
    references_to_json,
    section_rows,
    shape_of,
)
from piamater.corpus.sql_proof import SqlProof
from piamater.corpus.sql_reader import identifiers
from piamater.corpus.store import Deposit, Outcome
from piamater.corpus.tables import Row, seal_of, sealed
from piamater.errors import InputError
from piamater.sources import Record
from piamater.text import Document


class SqlCorpus(SqlProof):
    """Reads, proves and writes; see ``CorpusStore`` for what each method promises."""

    @abstractmethod
    def close(self) -> None:
        """See ``CorpusStore.close``."""

    @abstractmethod
    def last_number(self) -> int:
        """See ``CorpusStore.last_number``."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """All or nothing, one writer at a time; a failure of the database is a LibraryError."""

    @abstractmethod
    def _add(self, table: str, rows: Iterable[Row], *, again: bool = False) -> None:
        """Append rows to a table; with ``again`` those it holds are passed over."""

    @abstractmethod
    def _add_version(self, values: Row) -> int:
        """Append a row, its number left out, to ``versions`` and give the number it got."""

    @abstractmethod
    def filling(self) -> AbstractContextManager[None]:
        """A transaction that fills this store from another one by ``fill``, whole or not at all.

        Raises:
            LibraryError: this store holds something already, or cannot be written.
        """

    @abstractmethod
    def fill(self, table: str, rows: Iterable[Row]) -> None:
        """Append rows, as many as there are, of ``TABLES`` with their seals, within ``filling``.

        Texts go in before the passages that are cut from them.
        """

    def _put(self, table: str, rows: Iterable[Row], *, again: bool = False) -> None:
        """As ``_add``, with a seal to each row."""
        self._add(table, [sealed(table, row) for row in rows], again=again)

    def _set(self, statement: str, table: str, row: Row) -> None:
        """Run a statement that writes this row; its values are the row's and the seal."""
        self._run(statement, (*row, seal_of(table, row)))

    def _keep(self, text: str) -> Any:
        """What the database is to keep of a text; ``_read`` gives the text back."""
        return text

    def _passage_rows(self, number: int, document: Document) -> list[Row]:
        """The rows of table ``passages``."""
        return [(number, n, *row) for n, row in enumerate(passage_rows(document))]

    def deposit(
        self, deposits: Sequence[Deposit], files: Sequence[tuple[str, int]] = ()
    ) -> list[Outcome]:
        """See ``CorpusStore.deposit``."""
        with self._transaction():
            outcomes = [self._deposit_checked(one) for one in deposits]
            for file in files:
                self._set(
                    "INSERT INTO files VALUES (?, ?, ?) ON CONFLICT (key)"
                    " DO UPDATE SET works = excluded.works, seal = excluded.seal",
                    "files",
                    file,
                )
        return outcomes

    def _deposit_checked(self, one: Deposit) -> Outcome:
        """Deposit one, or say that it holds what no store keeps."""
        record = one.reading.record
        notices = [part for n in record.notices for part in (n.about, n.date, n.by)]
        with _telling(one.location):
            _refuse_nul(one.location, one.name, record.id, *identifiers(record), *notices)
            return self._deposit(one)

    def _deposit(self, one: Deposit) -> Outcome:
        reading = one.reading
        version = reading.document.version
        source = reading.record.id or self._source_at(one.location, one.name, version)
        record = record_to_json(replace(reading.record, id=source))
        shape = shape_of(reading.document, reading.references)
        held = self._one(
            "SELECT number, record, shape FROM versions WHERE source = ? AND version = ?",
            (source, version),
        )
        if held is None:
            return self._new_version(one, source, version, record, shape)
        if held[1:] == (record, shape):
            return Outcome(source, version, "unchanged")
        return self._renew(one, source, version, record, shape, held)

    def _source_at(self, location: str, name: str, version: str) -> str:
        """The id of a source known only by where it stands.

        The same place is the same source, a copy of a text that is already held likewise;
        another file of the same name gets a digest of its place behind it.
        """
        if row := self._one("SELECT id FROM sources WHERE location = ?", (location,)):
            return str(row[0])
        if row := self._one(
            "SELECT source FROM versions WHERE version = ? AND substr(source, 1, 5) = 'file:'"
            " ORDER BY source",
            (version,),
        ):
            return str(row[0])
        plain = f"file:{name}"
        taken = self._one("SELECT 1 FROM sources WHERE id = ?", (plain,))
        return f"{plain}~{sha256(location.encode()).hexdigest()[:8]}" if taken else plain

    def _new_version(
        self, one: Deposit, source: str, version: str, record: str, shape: str
    ) -> Outcome:
        self._add("texts", [(version, self._keep(one.reading.document.text))], again=True)
        number = self._insert_version(one, source, version, record, shape)
        former = self._one("SELECT current, location FROM sources WHERE id = ?", (source,))
        if former is not None:
            self._put("retired", [(former[0], number)])
        self._make_current(source, former[1] if former else one.location, number)
        return Outcome(source, version, "added" if former is None else "new-version")

    def _make_current(self, source: str, location: str, number: int) -> None:
        """Note a source, or that another of its versions is now current."""
        self._set(
            "INSERT INTO sources VALUES (?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET current = excluded.current, seal = excluded.seal",
            "sources",
            (source, location, number),
        )

    def _insert_version(
        self, one: Deposit, source: str, version: str, record: str, shape: str
    ) -> int:
        document = one.reading.document
        row = (
            source,
            version,
            record,
            shape,
            ",".join(document.languages),
            _now(),
            one.original,
            one.name,
            origins_to_json(document),
            references_to_json(one.reading.references),
        )
        number = self._add_version((*row, seal_of("versions", (0, *row))))
        self._add("sections", [(number, n, *row) for n, row in enumerate(section_rows(document))])
        self._add("passages", self._passage_rows(number, document))
        self._note_identifiers(one.reading.record, source)
        return number

    def _note_identifiers(self, record: Record, source: str) -> None:
        """Keep the identifiers of a source, and its notices about itself and others."""
        self._put(
            "identifiers",
            [(identifier, source) for identifier in identifiers(record)],
            again=True,
        )
        self._put(
            "notices",
            [
                (n.about.lower() or f"source:{source}", n.kind.value, n.date, n.by, source)
                for n in record.notices
            ],
            again=True,
        )

    def _renew(
        self, one: Deposit, source: str, version: str, record: str, shape: str, held: Row
    ) -> Outcome:
        """Same text, other record or structure: keep the old record aside, number it anew."""
        number, old_record, _ = held
        self._put("former_records", [(source, version, old_record, _now())])
        for table in ("versions", "sections", "passages"):
            self._run(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608
        fresh = self._insert_version(one, source, version, record, shape)
        self._put("retired", [(number, fresh)])
        row = self._one("SELECT current, location FROM sources WHERE id = ?", (source,))
        if row and row[0] == number:
            self._make_current(source, row[1], fresh)
        return Outcome(source, version, "record-updated")

    def decide(self, source: str, decision: str, reason: str, on: str) -> None:
        """See ``CorpusStore.decide``."""
        self.version(source)
        with _telling(source), self._transaction():
            _refuse_nul(reason, on)
            last = self._one("SELECT coalesce(max(number), 0) FROM decisions") or (0,)
            row = (int(last[0]) + 1, source, decision, reason, on)
            self._set("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)", "decisions", row)


@contextmanager
def _telling(where: str) -> Iterator[None]:
    """Say of what is deposited that it holds half a character, which no database keeps."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise InputError(
            f"it holds half a character (a lone surrogate) at {error.start}",
            where=where.encode("utf-8", "backslashreplace").decode("utf-8"),
            todo="leave it out, or save it in UTF-8",
        ) from error


def _refuse_nul(where: str, *names: str) -> None:
    """Ids, places and names hold no U+0000: not every database keeps it in them."""
    if any("\0" in one for one in (where, *names)):
        raise InputError(
            "an id, a name or a notice of it holds U+0000",
            where=where.replace("\0", "\\0"),
            todo="leave it out, or mend it",
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
