"""SqlReader: the reading half of a corpus store that keeps its documents in an SQL database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, ClassVar

from piamater.corpus.rows import (
    MARKS,
    origins_from_json,
    passage_from_row,
    references_from_json,
    section_from_row,
    stored_passage_from_row,
    version_from_row,
)
from piamater.corpus.store import StoredPassage, StoredVersion
from piamater.corpus.tables import Row
from piamater.errors import LibraryError, UnknownNameError
from piamater.sources import Notice, NoticeKind, Record, Reference
from piamater.text import Document, Mark, Section

NO_LIMIT = 2**62

_VERSION = """SELECT v.number, v.source, v.version, v.record, v.languages, v.added, v.original,
 v.name, s.current = v.number FROM versions v JOIN sources s ON s.id = v.source """
_PASSAGE = """SELECT p.number, p.position, p.start, p.stop, {cut}, s.path, p.section, p.form,
 p.mark, p.language, p.lead FROM passages p JOIN versions v ON v.number = p.number JOIN texts t
 ON t.version = v.version JOIN sections s ON s.number = p.number AND s.position = p.section """


class SqlReader(ABC):
    """Reads what the tables hold; see ``CorpusStore`` for what each method promises.

    The statements are those that all our databases understand, with ``?`` for a value. What
    differs from one to the next stands in the methods that a store has to give.
    """

    where: str
    """What messages call this store: a folder or an address."""

    cut: ClassVar[str]
    """SQL that gives the text of passage ``p`` from text ``t``."""

    @abstractmethod
    def _run(self, statement: str, values: Sequence[Any] = ()) -> Iterable[Row]:
        """Run a statement at once and give its rows."""

    @abstractmethod
    def _each(self, statement: str, keys: Sequence[Sequence[Any]]) -> Iterator[Row]:
        """The rows of a statement that is run for each key in turn."""

    @abstractmethod
    def _stream(self, statement: str, values: Sequence[Any]) -> Iterator[Row]:
        """The rows of one moment, however many, without holding them all in memory."""

    def _read(self, kept: Any) -> str:
        """A text, or a piece of one, from what the database keeps of it."""
        return str(kept)

    def _one(self, statement: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row, or none."""
        return next(iter(self._run(statement, values)), None)

    def known_files(self, keys: Iterable[str]) -> dict[str, int]:
        """See ``CorpusStore.known_files``."""
        rows = self._each("SELECT key, works FROM files WHERE key = ?", [(key,) for key in keys])
        return {str(key): int(works) for key, works in rows}

    def version(self, source: str, version: str = "") -> StoredVersion:
        """See ``CorpusStore.version``."""
        held = self.versions(source)
        if not held:
            raise UnknownNameError(
                f"no source has the id {source!r}",
                where=self.where,
                todo="piamater sources list shows all ids",
            )
        if not version:
            for one in held:
                if one.current:
                    return one
            raise LibraryError(
                f"the current version of {source} is not there",
                where=self.where,
                todo="piamater doctor tells more",
            )
        for one in held:
            if one.version == version or (len(version) >= 8 and one.version.startswith(version)):
                return one
        raise UnknownNameError(
            f"source {source} has no version {version!r}",
            where=self.where,
            todo=f"known: {', '.join(one.version[:12] for one in held)}",
        )

    def versions(self, source: str) -> list[StoredVersion]:
        """See ``CorpusStore.versions``."""
        rows = self._run(_VERSION + "WHERE v.source = ? ORDER BY v.number", (source,))
        return [version_from_row(row) for row in rows]

    def sources(self, offset: int = 0, limit: int = -1) -> Iterator[StoredVersion]:
        """See ``CorpusStore.sources``."""
        statement = (
            _VERSION + "WHERE s.current = v.number ORDER BY v.source, v.number LIMIT ? OFFSET ?"
        )
        if limit < 0:
            rows: Iterable[Row] = self._stream(statement, (NO_LIMIT, offset))
        else:
            rows = self._run(statement, (limit, offset))
        return (version_from_row(row) for row in rows)

    def text(self, source: str, version: str = "") -> str:
        """See ``CorpusStore.text``."""
        wanted = self.version(source, version).version
        row = self._one("SELECT text FROM texts WHERE version = ?", (wanted,))
        return self._read(row[0]) if row else ""

    def document(self, number: int) -> Document:
        """See ``CorpusStore.document``."""
        row = self._one(
            "SELECT t.text, v.languages, v.origins FROM versions v JOIN texts t"
            " ON t.version = v.version WHERE v.number = ?",
            (number,),
        )
        if row is None:
            raise UnknownNameError(f"no version has the number {number}", where=self.where)
        passages = self._run(
            "SELECT start, stop, section, form, mark, language, lead FROM passages"
            " WHERE number = ? ORDER BY position",
            (number,),
        )
        return Document(
            self._read(row[0]),
            tuple(self.sections(number)),
            tuple(passage_from_row(one) for one in passages),
            tuple(row[1].split(",")),
            origins_from_json(row[2]),
        )

    def sections(self, number: int) -> list[Section]:
        """See ``CorpusStore.sections``."""
        rows = self._run(
            "SELECT path, level, start, stop, mark FROM sections WHERE number = ?"
            " ORDER BY position",
            (number,),
        )
        return [section_from_row(row) for row in rows]

    def bibliography(self, number: int) -> tuple[Reference, ...]:
        """See ``CorpusStore.bibliography``."""
        row = self._one("SELECT bibliography FROM versions WHERE number = ?", (number,))
        return references_from_json(row[0]) if row else ()

    def shape(self, number: int) -> str:
        """See ``CorpusStore.shape``."""
        row = self._one("SELECT shape FROM versions WHERE number = ?", (number,))
        return str(row[0]) if row else ""

    def passages(self, keys: Sequence[tuple[int, int]]) -> list[StoredPassage]:
        """See ``CorpusStore.passages``."""
        statement = self._passage_statement("p.number = ? AND p.position = ?")
        return [self._passage(row) for row in self._each(statement, keys)]

    def neighbours(self, number: int, first: int, last: int) -> list[StoredPassage]:
        """See ``CorpusStore.neighbours``."""
        statement = self._passage_statement(
            "p.number = ? AND p.position BETWEEN ? AND ? ORDER BY p.position"
        )
        return [self._passage(row) for row in self._run(statement, (number, first, last))]

    def in_section(self, number: int, section: int, limit: int) -> list[StoredPassage]:
        """See ``CorpusStore.in_section``."""
        statement = self._passage_statement(
            "p.number = ? AND p.section = ? ORDER BY p.position LIMIT ?"
        )
        return [self._passage(row) for row in self._run(statement, (number, section, limit))]

    def _passage_statement(self, condition: str) -> str:
        return _passage_statement(self.cut, condition)

    def _passage(self, row: Row) -> StoredPassage:
        return stored_passage_from_row((*row[:4], self._read(row[4]), *row[5:]))

    def by_numbers(self, numbers: Sequence[int]) -> dict[int, StoredVersion]:
        """See ``CorpusStore.by_numbers``."""
        rows = self._each(_VERSION + "WHERE v.number = ?", [(one,) for one in numbers])
        return {row[0]: version_from_row(row) for row in rows}

    def changes(self, after: int) -> Iterator[StoredVersion]:
        """See ``CorpusStore.changes``."""
        rows = self._stream(_VERSION + "WHERE v.number > ? ORDER BY v.number", (after,))
        return (version_from_row(row) for row in rows)

    def retired(self, after: int) -> list[int]:
        """See ``CorpusStore.retired``."""
        return [
            int(row[0]) for row in self._run("SELECT number FROM retired WHERE by > ?", (after,))
        ]

    def notices(self, record: Record, source: str) -> tuple[Notice, ...]:
        """See ``CorpusStore.notices``."""
        names = [f"source:{source}", source.lower(), *identifiers(record)]
        marks = ",".join("?" * len(names))
        rows = self._run(
            f"SELECT kind, about, date, by FROM notices WHERE about IN ({marks})"  # noqa: S608
            " ORDER BY kind, date, about, by",
            names,
        )
        found = [Notice(NoticeKind(kind), about, day, by) for kind, about, day, by in rows]
        decided = self._one(
            "SELECT decision, reason, date FROM decisions WHERE source = ?"
            " ORDER BY number DESC LIMIT 1",
            (source,),
        )
        if decided and decided[0] == "withdraw":
            found.append(
                Notice(NoticeKind.WITHDRAWAL, source, decided[2], f"this library: {decided[1]}")
            )
        return tuple(found)

    def source_count(self) -> int:
        """See ``CorpusStore.source_count``."""
        row = self._one("SELECT count(*) FROM sources")
        return int(row[0]) if row else 0

    def counts(self) -> dict[str, int]:
        """See ``CorpusStore.counts``."""
        row = self._one(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM versions),"
            " (SELECT count(*) FROM passages p JOIN sources s ON s.current = p.number"
            "  WHERE p.mark = ?)",
            (MARKS.index(Mark.CONTENT),),
        )
        return dict(zip(("sources", "versions", "passages"), row or (0, 0, 0), strict=True))


@cache
def _passage_statement(cut: str, condition: str) -> str:
    return f"{_PASSAGE.format(cut=cut)}WHERE {condition}"


def identifiers(record: Record) -> list[str]:
    """The names under which others may speak of a work: ``doi:…``, ``pmid:…``, ``pmcid:…``, id."""
    csl = record.csl
    named = {
        "doi": record.doi,
        "pmid": record.pmid,
        "pmcid": str(csl.get("PMCID", "")).lower(),
    }
    found = [f"{scheme}:{value}" for scheme, value in named.items() if value]
    if record.id and record.id.lower() not in found:
        found.append(record.id.lower())
    return found
