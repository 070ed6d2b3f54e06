"""SqlProof: whether the rows of a corpus are those that were written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from piamater.corpus.rows import record_from_json
from piamater.corpus.sql_reader import SqlReader
from piamater.corpus.store import Fault
from piamater.corpus.tables import SEALED, TABLES, Row, columns, seal_of

SHOWN = 20
"""Faults of one kind that are told of rows that need each other."""

Rows = Callable[[str], Iterator[Row]]
"""Gives the rows of a statement, however many, without holding them all in memory."""

_LACKING = {
    "SELECT v.source, v.version, '' FROM versions v WHERE NOT EXISTS"
    " (SELECT 1 FROM texts t WHERE t.version = v.version)": "its text is missing",
    "SELECT s.id, '', '' FROM sources s WHERE NOT EXISTS"
    " (SELECT 1 FROM versions v WHERE v.number = s.current AND v.source = s.id)": (
        "its current version is missing"
    ),
    "SELECT v.source, v.version, '' FROM versions v WHERE NOT EXISTS"
    " (SELECT 1 FROM sources s WHERE s.id = v.source)": "its source is missing",
    "SELECT '', '', p.number FROM passages p WHERE NOT EXISTS"
    " (SELECT 1 FROM sections s WHERE s.number = p.number AND s.position = p.section)": (
        "the section of a passage is missing"
    ),
    "SELECT DISTINCT '', '', p.number FROM passages p WHERE NOT EXISTS"
    " (SELECT 1 FROM versions v WHERE v.number = p.number)": "its passages have no version",
}
"""What must not be found (source, version, number of a version), and what it means."""

_CHANGED = {
    "sources": "where it came from, or which of its versions is current, is not what was kept",
    "versions": "its record (title, authors, dates, notices) or origin is not what was taken in",
    "former_records": "a former record of it is not what was taken in",
    "retired": "the list of versions that left retrieval is not what was kept",
    "identifiers": "an identifier of it is not what was taken in",
    "notices": "a notice of it, about itself or another work, is not what was taken in",
    "decisions": "a decision of this library about it is not what was decided",
    "files": "a file that was taken in is not noted as it was",
}


class SqlProof(SqlReader):
    """Proves what the tables hold; see ``CorpusStore.faults``."""

    @abstractmethod
    def moment(self) -> AbstractContextManager[Rows]:
        """All tables as they are at one moment, for reading alone.

        What the database cannot give is a LibraryError. Nothing else is asked of this store
        until the moment is over.
        """

    def faults(self) -> Iterator[Fault]:
        """See ``CorpusStore.faults``."""
        with self.moment() as rows:
            yield from self._own_faults(rows)
            yield from self._lacking(rows)
            due: set[Row] = set()
            held: set[Row] = set()
            for table in SEALED:
                for row in rows(f"SELECT {columns(table)} FROM {table}"):  # noqa: S608
                    said, seal = row[:-1], row[-1]
                    if not _fits(table, said, seal):
                        yield Fault(_where(table, said), _CHANGED[table])
                    elif table in ("versions", "former_records"):
                        due.update(_notices_of(table, said))
                    elif table == "notices":
                        held.add(said)
            for about, kind, day, _, source in sorted(due - held):
                what = f"its notice ({kind} {day}, about {about}) is not in the list of notices"
                yield Fault(source, what)
            yield from self._gaps(rows)

    def _lacking(self, rows: Rows) -> Iterator[Fault]:
        """Rows that need others which are not there."""
        for statement, what in _LACKING.items():
            for source, version, number in rows(f"{statement} LIMIT {SHOWN}"):
                yield Fault(_named(source, version) or f"version number {number}", what)

    def _gaps(self, rows: Rows) -> Iterator[Fault]:
        """Decisions are numbered without a gap, and are never taken back."""
        last = 0
        for (number,) in rows("SELECT number FROM decisions ORDER BY number"):
            if number != last + 1:
                yield Fault(f"decision {last + 1}", "a decision of this library is missing")
            last = number

    def _own_faults(self, rows: Rows) -> Iterator[Fault]:
        """What this database keeps beside ``TABLES``, and is not as it was written."""
        yield from ()


def _fits(table: str, said: Row, seal: object) -> bool:
    try:
        return seal_of(table, said) == seal
    except TypeError:  # bytes, where a text was written
        return False


def _where(table: str, said: Row) -> str:
    """The document that a row speaks of, as far as the row can still tell."""
    fields = dict(zip(TABLES[table], said, strict=True))
    source, version = fields.get("source", fields.get("id", "")), fields.get("version", "")
    return _named(source, version) or f"{table} {said[0]}"


def _named(source: object, version: object) -> str:
    """A version of a source as people read it, whatever damage made of its names."""
    found = f"{source}, version {str(version)[:12]}" if version else f"{source or ''}"
    return found.encode("utf-8", "backslashreplace").decode("utf-8")


def _notices_of(table: str, said: Row) -> Iterator[Row]:
    """The rows that ``notices`` must hold for a record that is as it was."""
    fields = dict(zip(TABLES[table], said, strict=True))
    if '"notices": []' in fields["record"]:
        return
    source = fields["source"]
    for one in record_from_json(fields["record"]).notices:
        yield one.about.lower() or f"source:{source}", one.kind.value, one.date, one.by, source
