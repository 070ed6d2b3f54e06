"""Rows: the types of the corpus as flat tuples and JSON, for storing and for crossing processes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from piamater.corpus.store import StoredPassage, StoredVersion
from piamater.errors import LibraryError
from piamater.sources import Kind, Notice, NoticeKind, Record, Reference
from piamater.text import Document, Form, Mark, Origin, Passage, Section

FORMS = tuple(Form)
MARKS = tuple(Mark)
_FORM = {form: number for number, form in enumerate(FORMS)}
_MARK = {mark: number for number, mark in enumerate(MARKS)}

_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a row raises that is not as it was written."""

PassageRow = tuple[int, int, int, int, int, str, int]
SectionRow = tuple[str, int, int, int, int]
VersionRow = tuple[int, str, str, str, str, str, str, str, int]
StoredPassageRow = tuple[int, int, int, int, str, str, int, int, int, str, int]


def _damaged(what: str, error: Exception) -> LibraryError:
    return LibraryError(
        f"{what} of the corpus cannot be read: {error}",
        where="corpus",
        todo="piamater doctor says which",
    )


def record_to_json(record: Record) -> str:
    """A record as one line of JSON, keys sorted: equal records give equal text."""
    fields = {name: getattr(record, name) for name in Record.__dataclass_fields__}
    fields["csl"] = dict(record.csl)
    fields["notices"] = [[n.kind, n.about, n.date, n.by] for n in record.notices]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def record_from_json(text: str) -> Record:
    """The record that ``record_to_json`` wrote.

    Raises:
        LibraryError: it is damaged.
    """
    try:
        fields: dict[str, Any] = json.loads(text)
        fields["kind"] = Kind(fields["kind"])
        fields["notices"] = tuple(
            Notice(NoticeKind(kind), about, date, by) for kind, about, date, by in fields["notices"]
        )
        return Record(**fields)
    except _DAMAGE as error:
        raise _damaged("a record", error) from error


def passage_rows(document: Document) -> list[PassageRow]:
    """The passages as (start, end, section, form, mark, language, lead)."""
    return [
        (p.start, p.end, p.section, _FORM[p.form], _MARK[p.mark], p.language, p.lead)
        for p in document.passages
    ]


def section_rows(document: Document) -> list[SectionRow]:
    """The sections as (path as JSON, level, start, end, mark)."""
    return [
        (json.dumps(s.path, ensure_ascii=False), s.level, s.start, s.end, _MARK[s.mark])
        for s in document.sections
    ]


def passage_from_row(row: PassageRow) -> Passage:
    """A passage back from its row."""
    try:
        start, end, section, form, mark, language, lead = row
        return Passage(start, end, section, FORMS[form], MARKS[mark], language, lead)
    except _DAMAGE as error:
        raise _damaged("a passage", error) from error


def section_from_row(row: SectionRow) -> Section:
    """A section back from its row."""
    try:
        path, level, start, end, mark = row
        return Section(tuple(json.loads(path)), level, start, end, MARKS[mark])
    except _DAMAGE as error:
        raise _damaged("a section", error) from error


def origins_to_json(document: Document) -> str:
    """Where the parts of a document came from, as one line of JSON."""
    return json.dumps([(o.start, o.end, o.locator) for o in document.origins])


def origins_from_json(text: str) -> tuple[Origin, ...]:
    """The origins that ``origins_to_json`` wrote."""
    try:
        return tuple(Origin(*one) for one in json.loads(text))
    except _DAMAGE as error:
        raise _damaged("the origins of a text", error) from error


def references_to_json(references: Sequence[Reference]) -> str:
    """A reference list as one line of JSON."""
    return json.dumps(_plain_references(references))


def references_from_json(text: str) -> tuple[Reference, ...]:
    """The reference list that ``references_to_json`` wrote."""
    try:
        return tuple(Reference(*one) for one in json.loads(text))
    except _DAMAGE as error:
        raise _damaged("a reference list", error) from error


def shape_of(document: Document, references: Sequence[Reference]) -> str:
    """A digest of everything about a version but its text and record."""
    parts = (
        section_rows(document),
        passage_rows(document),
        document.languages,
        _plain_references(references),
    )
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain_references(
    references: Sequence[Reference],
) -> list[tuple[str, int, int, str, str, str]]:
    return [(r.label, r.start, r.end, r.doi, r.pmid, r.url) for r in references]


def version_from_row(row: VersionRow) -> StoredVersion:
    """A version from (number, source, version, record, languages, added, original, name, …)."""
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


def stored_passage_from_row(row: StoredPassageRow) -> StoredPassage:
    """A passage from (number, position, start, end, text, path, section, form, mark, …)."""
    number, position, start, end, text, path, section, form, mark, language, lead = row
    try:
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
    except _DAMAGE as error:
        raise _damaged("a passage", error) from error


@lru_cache(maxsize=8192)
def _path(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
