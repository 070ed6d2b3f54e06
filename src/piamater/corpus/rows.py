"""Rows: the types of the corpus as flat tuples and JSON, for storing and for crossing processes."""

from __future__ import annotations

import json
from typing import Any

from piamater.sources import Kind, Notice, NoticeKind, Record
from piamater.text import Document, Form, Mark, Passage, Section

FORMS = tuple(Form)
MARKS = tuple(Mark)
_FORM = {form: number for number, form in enumerate(FORMS)}
_MARK = {mark: number for number, mark in enumerate(MARKS)}

PassageRow = tuple[int, int, int, int, int, str, int]
SectionRow = tuple[str, int, int, int, int]


def record_to_json(record: Record) -> str:
    """A record as one line of JSON, keys sorted: equal records give equal text."""
    fields = {name: getattr(record, name) for name in Record.__dataclass_fields__}
    fields["csl"] = dict(record.csl)
    fields["notices"] = [[n.kind, n.about, n.date, n.by] for n in record.notices]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def record_from_json(text: str) -> Record:
    """The record that ``record_to_json`` wrote."""
    fields: dict[str, Any] = json.loads(text)
    fields["kind"] = Kind(fields["kind"])
    fields["notices"] = tuple(
        Notice(NoticeKind(kind), about, date, by) for kind, about, date, by in fields["notices"]
    )
    return Record(**fields)


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
    start, end, section, form, mark, language, lead = row
    return Passage(start, end, section, FORMS[form], MARKS[mark], language, lead)


def section_from_row(row: SectionRow) -> Section:
    """A section back from its row."""
    path, level, start, end, mark = row
    return Section(tuple(json.loads(path)), level, start, end, MARKS[mark])
