"""Evidence notes: one publication each, summarised in the publisher's own words.

The format is documented in ``docs/reference/evidence-notes.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from piamater.errors import InputError
from piamater.sources.dates import date_parts, parse_date
from piamater.sources.decoding import decode
from piamater.sources.markdown import split_front, write_markdown
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Notice, NoticeKind, Reading, Record
from piamater.text import DocumentBuilder

FORMAT = "piamater-evidence-note/1"
REQUIRED = ("note", "id", "language", "kind", "title", "licence", "looked-up")
OPTIONAL = (
    "author", "container-title", "publisher", "issued", "updated", "reviewed", "next-review", "DOI",
    "PMID", "PMCID", "URL", "design", "population", "translation-of", "supersedes", "volume",
    "issue", "page", "retracted", "comment",
)  # fmt: skip
LANGUAGES = ("en", "es", "bn")
_CSL_TYPES = {
    Kind.PATIENT_INFORMATION: "webpage",
    Kind.DRUG_LABEL: "document",
    Kind.REFERENCE: "webpage",
}


class NoteReader:
    """Reads evidence notes."""

    name = "note"
    suffixes = (".md",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins with a note's front matter."""
        return head.lstrip(b"\xef\xbb\xbf").startswith(b"---") and b"\nnote:" in head

    def read(self, original: Original) -> Iterator[Reading]:
        """The note of the file.

        Raises:
            InputError: a field is missing, unknown or has a value it cannot have; all are listed.
        """
        front, body = split_front(decode(original.read()))
        if problems := list(_problems(front)):
            raise InputError(
                f"the evidence note is not in order: {'; '.join(problems)}",
                where=original.location,
                todo="see the page on evidence notes in the documentation",
            )
        builder = DocumentBuilder(str(front["language"]))
        write_markdown(builder, body)
        yield Reading(_record(front), builder.build())


def _problems(front: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a note's front matter."""
    if missing := [name for name in REQUIRED if not front.get(name)]:
        yield f"missing: {', '.join(missing)}"
    if unknown := [str(name) for name in front if name not in (*REQUIRED, *OPTIONAL)]:
        yield f"unknown: {', '.join(unknown)}"
    if front.get("note") not in (None, FORMAT):
        yield f"note is {front['note']!r}, not {FORMAT!r}"
    if front.get("kind") and front["kind"] not in list(Kind):
        yield f"kind is {front['kind']!r}, not one of {', '.join(Kind)}"
    if front.get("language") and front["language"] not in LANGUAGES:
        yield f"language is {front['language']!r}, not one of {', '.join(LANGUAGES)}"
    if front.get("author") and not _are_names(front["author"]):
        yield "author is not a list of names with family and given, or literal"
    for name in _DATES:
        value = front.get(name)
        if value is not None and not _DATE.fullmatch(str(value)):
            yield f"{name} is {str(value)!r}, not a date such as 2023, 2023-08 or 2023-08-30"
    for name, (pattern, example) in _SHAPES.items():
        value = front.get(name)
        if value and not pattern.fullmatch(str(value)):
            yield f"{name} is {str(value)!r}, not such as {example}"


def _are_names(said: Any) -> bool:
    return isinstance(said, list) and all(
        isinstance(one, dict)
        and ("family" in one or "literal" in one)
        and all(isinstance(part, str | None) for part in one.values())
        for one in said
    )


_DATES = ("issued", "updated", "reviewed", "next-review", "looked-up", "retracted")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHAPES = {
    "id": (_ID, "neurosarcoidosis-cohort-2021"),
    "translation-of": (_ID, "neurosarcoidosis-cohort-2021"),
    "supersedes": (_ID, "neurosarcoidosis-cohort-2019"),
    "DOI": (re.compile(r"10\.\d+(?:\.\d+)*/\S+"), "10.1000/xyz"),
    "PMID": (re.compile(r"\d{1,9}"), "12345678"),
    "PMCID": (re.compile(r"PMC\d{1,9}"), "PMC1234567"),
    "URL": (re.compile(r"https?://\S+"), "https://example.org/page"),
}


def _names(said: list[dict[str, str | None]]) -> list[dict[str, str]]:
    return [{part: value for part, value in one.items() if value} for one in said]


def _record(front: Mapping[str, Any]) -> Record:
    kind = Kind(front["kind"])
    issued = parse_date(str(front.get("issued", "")))
    csl: dict[str, Any] = {
        "type": _CSL_TYPES.get(kind, "article-journal"),
        "title": str(front["title"]),
        "language": str(front["language"]),
    }
    for name in ("author", "container-title", "publisher", "DOI", "PMID", "PMCID", "URL", "volume",
                 "issue", "page"):  # fmt: skip
        if front.get(name):
            csl[name] = _names(front[name]) if name == "author" else str(front[name])
    if issued:
        csl["issued"] = date_parts(issued)
    csl["custom"] = {
        name: str(front[name])
        for name in ("note", "design", "population", "translation-of", "looked-up")
        if front.get(name)
    }
    notices = []
    if front.get("supersedes"):
        about = f"note:{front['supersedes']}:{front['language']}"
        notices.append(Notice(NoticeKind.SUPERSESSION, about, issued, f"note {front['id']}"))
    if front.get("retracted"):
        notices.append(Notice(NoticeKind.RETRACTION, "", parse_date(str(front["retracted"]))))
    return Record(
        f"note:{front['id']}:{front['language']}",
        str(front["title"]),
        kind,
        "stated by the evidence note",
        csl,
        licence=str(front["licence"]),
        published=issued,
        updated=parse_date(str(front.get("updated", ""))),
        reviewed=parse_date(str(front.get("reviewed", ""))),
        review_due=parse_date(str(front.get("next-review", ""))),
        audience="patient" if kind is Kind.PATIENT_INFORMATION else "",
        notices=tuple(notices),
    )
