"""The embedded corpus store: one SQLite database in WAL mode."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from piamater.corpus.migrations import layout_of, migrate
from piamater.corpus.rows import (
    FORMS,
    MARKS,
    passage_from_row,
    passage_rows,
    record_from_json,
    record_to_json,
    section_from_row,
    section_rows,
)
from piamater.corpus.store import Deposit, Outcome, StoredPassage, StoredVersion
from piamater.errors import LibraryError, UnknownNameError
from piamater.sources import Notice, NoticeKind, Record, Reference
from piamater.text import Document, Mark, Origin, Section

FORMAT = 1
"""Version of the database layout, kept in ``PRAGMA user_version``."""

_VERSION = """SELECT v.number, v.source, v.version, v.record, v.languages, v.added, v.original,
 v.name, s.current = v.number FROM versions v JOIN sources s ON s.id = v.source """
_PASSAGE = """SELECT p.number, p.position, p.start, p.stop,
 substr(t.text, p.start + 1, p.stop - p.start), s.path, p.section, p.form, p.mark, p.language,
 p.lead FROM passages p JOIN versions v ON v.number = p.number JOIN texts t ON
 t.version = v.version JOIN sections s ON s.number = p.number AND s.position = p.section """


class SqliteCorpus:
    """A ``CorpusStore`` in the file ``path``; made on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
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

    def deposit(
        self, deposits: Sequence[Deposit], files: Sequence[tuple[str, int]] = ()
    ) -> list[Outcome]:
        """See ``CorpusStore.deposit``."""
        with self._transaction():
            outcomes = [self._deposit(one) for one in deposits]
            self._db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", files)
        return outcomes

    def _deposit(self, one: Deposit) -> Outcome:
        reading = one.reading
        version = reading.document.version
        source = reading.record.id or self._source_at(one.location, one.name, version)
        record = record_to_json(replace(reading.record, id=source))
        shape = shape_of(one.reading.document, one.reading.references)
        held = self._db.execute(
            "SELECT number, record, shape FROM versions WHERE source = ? AND version = ?",
            (source, version),
        ).fetchone()
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
        known = self._db.execute("SELECT id FROM sources WHERE location = ?", (location,))
        if row := known.fetchone():
            return str(row[0])
        copies = self._db.execute(
            "SELECT source FROM versions WHERE version = ? AND source LIKE 'file:%'"
            " ORDER BY source",
            (version,),
        )
        if row := copies.fetchone():
            return str(row[0])
        plain = f"file:{name}"
        taken = self._db.execute("SELECT 1 FROM sources WHERE id = ?", (plain,)).fetchone()
        return f"{plain}~{sha256(location.encode()).hexdigest()[:8]}" if taken else plain

    def _new_version(
        self, one: Deposit, source: str, version: str, record: str, shape: str
    ) -> Outcome:
        self._db.execute(
            "INSERT OR IGNORE INTO texts VALUES (?, ?)", (version, one.reading.document.text)
        )
        number = self._insert_version(one, source, version, record, shape)
        former = self._db.execute("SELECT current FROM sources WHERE id = ?", (source,)).fetchone()
        if former is None:
            self._db.execute("INSERT INTO sources VALUES (?, ?, ?)", (source, one.location, number))
        else:
            self._db.execute("INSERT INTO retired VALUES (?, ?)", (former[0], number))
            self._db.execute("UPDATE sources SET current = ? WHERE id = ?", (number, source))
        return Outcome(source, version, "added" if former is None else "new-version")

    def _insert_version(
        self, one: Deposit, source: str, version: str, record: str, shape: str
    ) -> int:
        document = one.reading.document
        cursor = self._db.execute(
            "INSERT INTO versions (source, version, record, shape, languages, added, original,"
            " name, origins, bibliography) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source,
                version,
                record,
                shape,
                ",".join(document.languages),
                datetime.now(UTC).isoformat(timespec="seconds"),
                one.original,
                one.name,
                json.dumps([(o.start, o.end, o.locator) for o in document.origins]),
                json.dumps(
                    [
                        (r.label, r.start, r.end, r.doi, r.pmid, r.url)
                        for r in one.reading.references
                    ]
                ),
            ),
        )
        number = int(cursor.lastrowid or 0)
        self._db.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, n, *row) for n, row in enumerate(section_rows(document))],
        )
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, n, *row) for n, row in enumerate(passage_rows(document))],
        )
        self._note_identifiers(one.reading.record, source)
        return number

    def _note_identifiers(self, record: Record, source: str) -> None:
        """Keep the identifiers of a source, and its notices about itself and others."""
        self._db.executemany(
            "INSERT OR IGNORE INTO identifiers VALUES (?, ?)",
            [(identifier, source) for identifier in identifiers(record)],
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, ?, ?)",
            [
                (n.about.lower() or f"source:{source}", n.kind.value, n.date, n.by, source)
                for n in record.notices
            ],
        )

    def _renew(
        self,
        one: Deposit,
        source: str,
        version: str,
        record: str,
        shape: str,
        held: tuple[int, str, str],
    ) -> Outcome:
        """Same text, other record or structure: keep the old record aside, number it anew."""
        number, old_record, _ = held
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.execute(
            "INSERT INTO former_records VALUES (?, ?, ?, ?)", (source, version, old_record, now)
        )
        for table in ("versions", "sections", "passages"):
            self._db.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608
        fresh = self._insert_version(one, source, version, record, shape)
        self._db.execute("INSERT INTO retired VALUES (?, ?)", (number, fresh))
        self._db.execute(
            "UPDATE sources SET current = ? WHERE id = ? AND current = ?", (fresh, source, number)
        )
        return Outcome(source, version, "record-updated")

    def known_files(self, keys: Iterable[str]) -> dict[str, int]:
        """See ``CorpusStore.known_files``."""
        known = {}
        for key in keys:
            row = self._db.execute("SELECT works FROM files WHERE key = ?", (key,)).fetchone()
            if row:
                known[key] = int(row[0])
        return known

    def version(self, source: str, version: str = "") -> StoredVersion:
        """See ``CorpusStore.version``."""
        held = self.versions(source)
        if not held:
            raise UnknownNameError(
                f"no source has the id {source!r}",
                where=str(self.path.parent),
                todo="piamater sources list shows all ids",
            )
        if not version:
            return next(one for one in held if one.current)
        for one in held:
            if one.version == version or (len(version) >= 8 and one.version.startswith(version)):
                return one
        raise UnknownNameError(
            f"source {source} has no version {version!r}",
            where=str(self.path.parent),
            todo=f"known: {', '.join(one.version[:12] for one in held)}",
        )

    def versions(self, source: str) -> list[StoredVersion]:
        """See ``CorpusStore.versions``."""
        rows = self._db.execute(_VERSION + "WHERE v.source = ? ORDER BY v.number", (source,))
        return [_version(row) for row in rows]

    def sources(self, offset: int = 0, limit: int = -1) -> Iterator[StoredVersion]:
        """See ``CorpusStore.sources``."""
        rows = self._db.execute(
            _VERSION + "WHERE s.current = v.number ORDER BY v.source LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return (_version(row) for row in rows)

    def text(self, source: str, version: str = "") -> str:
        """See ``CorpusStore.text``."""
        wanted = self.version(source, version).version
        row = self._db.execute("SELECT text FROM texts WHERE version = ?", (wanted,)).fetchone()
        return str(row[0])

    def document(self, number: int) -> Document:
        """See ``CorpusStore.document``."""
        row = self._db.execute(
            "SELECT t.text, v.languages, v.origins FROM versions v JOIN texts t"
            " ON t.version = v.version WHERE v.number = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise UnknownNameError(f"no version has the number {number}", where=str(self.path))
        passages = self._db.execute(
            "SELECT start, stop, section, form, mark, language, lead FROM passages"
            " WHERE number = ? ORDER BY position",
            (number,),
        )
        return Document(
            row[0],
            tuple(self.sections(number)),
            tuple(passage_from_row(one) for one in passages),
            tuple(row[1].split(",")),
            tuple(Origin(*one) for one in json.loads(row[2])),
        )

    def sections(self, number: int) -> list[Section]:
        """See ``CorpusStore.sections``."""
        rows = self._db.execute(
            "SELECT path, level, start, stop, mark FROM sections WHERE number = ?"
            " ORDER BY position",
            (number,),
        )
        return [section_from_row(row) for row in rows]

    def bibliography(self, number: int) -> tuple[Reference, ...]:
        """The reference list of a version."""
        row = self._db.execute(
            "SELECT bibliography FROM versions WHERE number = ?", (number,)
        ).fetchone()
        return tuple(Reference(*one) for one in json.loads(row[0])) if row else ()

    def shape(self, number: int) -> str:
        """The digest of a version's structure that was kept when it was taken in."""
        row = self._db.execute("SELECT shape FROM versions WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else ""

    def passages(self, keys: Sequence[tuple[int, int]]) -> list[StoredPassage]:
        """See ``CorpusStore.passages``."""
        found: list[StoredPassage] = []
        for key in keys:
            row = self._db.execute(_PASSAGE + "WHERE p.number = ? AND p.position = ?", key)
            found.extend(_passage(one) for one in row)
        return found

    def neighbours(self, number: int, first: int, last: int) -> list[StoredPassage]:
        """See ``CorpusStore.neighbours``."""
        rows = self._db.execute(
            _PASSAGE + "WHERE p.number = ? AND p.position BETWEEN ? AND ? ORDER BY p.position",
            (number, first, last),
        )
        return [_passage(row) for row in rows]

    def in_section(self, number: int, section: int, limit: int) -> list[StoredPassage]:
        """See ``CorpusStore.in_section``."""
        rows = self._db.execute(
            _PASSAGE + "WHERE p.number = ? AND p.section = ? ORDER BY p.position LIMIT ?",
            (number, section, limit),
        )
        return [_passage(row) for row in rows]

    def by_numbers(self, numbers: Sequence[int]) -> dict[int, StoredVersion]:
        """See ``CorpusStore.by_numbers``."""
        found = {}
        for number in numbers:
            row = self._db.execute(_VERSION + "WHERE v.number = ?", (number,)).fetchone()
            if row:
                found[number] = _version(row)
        return found

    def changes(self, after: int) -> Iterator[StoredVersion]:
        """See ``CorpusStore.changes``."""
        rows = self._db.execute(_VERSION + "WHERE v.number > ? ORDER BY v.number", (after,))
        return (_version(row) for row in rows)

    def retired(self, after: int) -> list[int]:
        """See ``CorpusStore.retired``."""
        rows = self._db.execute("SELECT number FROM retired WHERE by > ?", (after,))
        return [int(row[0]) for row in rows]

    def last_number(self) -> int:
        """See ``CorpusStore.last_number``."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'versions'").fetchone()
        return int(row[0]) if row else 0

    def notices(self, record: Record, source: str) -> tuple[Notice, ...]:
        """See ``CorpusStore.notices``."""
        names = [f"source:{source}", source.lower(), *identifiers(record)]
        marks = ",".join("?" * len(names))
        rows = self._db.execute(
            f"SELECT kind, about, date, by FROM notices WHERE about IN ({marks})"  # noqa: S608
            " ORDER BY kind, date",
            names,
        )
        found = [Notice(NoticeKind(kind), about, day, by) for kind, about, day, by in rows]
        decided = self._db.execute(
            "SELECT decision, reason, date FROM decisions WHERE source = ?"
            " ORDER BY number DESC LIMIT 1",
            (source,),
        ).fetchone()
        if decided and decided[0] == "withdraw":
            found.append(
                Notice(NoticeKind.WITHDRAWAL, source, decided[2], f"this library: {decided[1]}")
            )
        return tuple(found)

    def decide(self, source: str, decision: str, reason: str, on: str) -> None:
        """See ``CorpusStore.decide``."""
        self.version(source)
        with self._transaction():
            self._db.execute(
                "INSERT INTO decisions (source, decision, reason, date) VALUES (?, ?, ?, ?)",
                (source, decision, reason, on),
            )

    def source_count(self) -> int:
        """See ``CorpusStore.source_count``."""
        return int(self._db.execute("SELECT count(*) FROM sources").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """See ``CorpusStore.counts``."""
        content = MARKS.index(Mark.CONTENT)
        one = self._db.execute(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM versions),"
            " (SELECT count(*) FROM passages p JOIN sources s ON s.current = p.number"
            "  WHERE p.mark = ?)",
            (content,),
        ).fetchone()
        return {"sources": one[0], "versions": one[1], "passages": one[2]}


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


def shape_of(document: Document, references: Sequence[Reference]) -> str:
    """A digest of everything about a version but its text and record."""
    parts = (
        section_rows(document),
        passage_rows(document),
        document.languages,
        [(r.label, r.start, r.end, r.doi, r.pmid, r.url) for r in references],
    )
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _version(row: tuple[int, str, str, str, str, str, str, str, int]) -> StoredVersion:
    number, source, version, record, languages, added, original, name, current = row
    return StoredVersion(
        number,
        source,
        version,
        _record(record),
        tuple(languages.split(",")),
        added,
        original,
        name,
        bool(current),
    )


@lru_cache(maxsize=2048)
def _record(text: str) -> Record:
    """Records are read far more often than they change."""
    return record_from_json(text)


def _passage(row: tuple[int, int, int, int, str, str, int, int, int, str, int]) -> StoredPassage:
    number, position, start, end, text, path, section, form, mark, language, lead = row
    return StoredPassage(
        number,
        position,
        start,
        end,
        text,
        _path(path),
        section,
        FORMS[form],
        MARKS[mark],
        language,
        lead,
    )


@lru_cache(maxsize=8192)
def _path(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
