"""Opening: from a file, a guide, an answer or plain text to the pages that rules check."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from piamater.checks.citations import cites_bare, find_citations, find_entries
from piamater.checks.page import Citation, Entry, Link, Page
from piamater.checks.settings import CheckSettings
from piamater.checks.silence import suppressions
from piamater.corpus import Library
from piamater.errors import EmptySourceError, InputError
from piamater.guides import Guide, parse_guide, statements
from piamater.sources import Kind, Original, Reading, Record, read_original
from piamater.text import DocumentBuilder, Mark

_LANGUAGE = r"(?:en|es|bn|eng|spa|ben)"
_VERSION_NAME = re.compile(
    rf"^(?P<work>.*?)[._-]?(?<![a-z])(?P<language>{_LANGUAGE})$", re.IGNORECASE
)
_LINK = re.compile(
    r"\[([^\]\[\n^][^\]\[\n]{0,400})\]\(([^)\s]{1,2000}+)(?:[ \t][^)\n]{0,400}+)?\)|(https?://[^\s<>)\"]{1,2000})"
)
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\s")
GUIDE = "piamater-guide/1"


def open_page(
    path: Path, settings: CheckSettings | None = None, library: Library | None = None
) -> list[Page]:
    """The pages that a file holds: one, or several for an archive of works.

    Raises:
        InputError: the file cannot be read; the message says why.
    """
    if path.exists() and not path.is_file():
        raise InputError(
            "it is no file that has an end", where=str(path), todo="name a file or a folder"
        )
    original = Original(path.name, str(path), path=path)
    return pages_from(original, settings or CheckSettings(), library, group=_group(path))


def page_from_text(text: str, name: str = "page.md", settings: CheckSettings | None = None) -> Page:
    """A page from text in the format that its name says; for tests, editors and pipes.

    Raises:
        InputError: it cannot be read.
    """
    original = Original(name, name, data=text.encode("utf-8", "surrogatepass"))
    return pages_from(original, settings or CheckSettings())[0]


def pages_from(
    original: Original,
    settings: CheckSettings,
    library: Library | None = None,
    group: str = "",
) -> list[Page]:
    """The pages that an original holds.

    Raises:
        InputError: it cannot be read.
    """
    data = original.read()
    head = data[:400]
    if original.suffix == ".md" and GUIDE.encode() in head:
        guide = _read_guide(data.decode("utf-8", "replace"), original)
        return [replace(page_from_guide(guide, settings, library), path=str(original.path or ""))]
    if original.suffix == ".json" and b'"statements"' in data and b'"outcome"' in data:
        form = json.loads(data)
        page = page_from_answer(form.get("answer", form), original.name, settings, library)
        return [replace(page, path=str(original.path or ""))]
    held = replace(original, data=data, path=original.path)
    try:
        readings = read_original(held)
    except EmptySourceError:
        if not data.strip():
            raise
        readings = [_only_furniture(held)]
    raw = _raw(data)
    alone = len(readings) == 1
    return [
        replace(
            _page(one, original.name, raw if alone else "", settings, library, group),
            path=str(original.path or ""),
            location=original.location if alone else f"{original.location}#{number}",
        )
        for number, one in enumerate(readings, 1)
    ]


def _only_furniture(original: Original) -> Reading:
    """A page whose every word the readers take for furniture is still a page."""
    from piamater.sources.registry import reader_for

    try:
        return next(iter(reader_for(original).read(original)))
    except (EmptySourceError, StopIteration) as error:
        raise EmptySourceError(
            "no text could be read from it: it is empty, or not built like a page",
            where=original.location,
            todo="look at the file",
        ) from error


def _page(
    reading: Reading,
    name: str,
    raw: str,
    settings: CheckSettings,
    library: Library | None,
    group: str,
) -> Page:
    document = reading.document
    html = name.lower().endswith((".html", ".htm", ".xhtml"))
    links, folded = _html_places(raw, document.text) if html else (_links(raw, document.text), ())
    entries = find_entries(document, reading.references)
    return Page(
        name,
        document,
        reading.record,
        entries=entries,
        citations=find_citations(
            document, bare=cites_bare(document), entries=entries, markers=reading.markers
        ),
        links=tuple(links),
        folded=tuple(folded),
        raw=raw,
        group=group or name,
        warnings=reading.warnings,
        suppressions=tuple(suppressions(raw)),
        settings=settings,
        library=library,
    )


def _raw(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "" if data.count(0) else data.decode("cp1252", "replace")


def _group(path: Path) -> str:
    """The name that the language versions of a work share: ``x.en.html`` and ``x.es.html``."""
    match = _VERSION_NAME.match(path.stem)
    if not match:
        return str(path)
    return str(path.parent / match["work"]) if match["work"] else str(path.parent)


def _links(raw: str, text: str) -> list[Link]:
    """The links of Markdown, and bare addresses, in order."""
    found: list[Link] = []
    at = 0
    for match in _LINK.finditer(raw):
        words, target = (match[1], match[2]) if match[1] else (match[3], match[3])
        start = text.find(words, at)
        if start >= 0:
            found.append(Link(start, start + len(words), target))
            at = start
    return found


def _html_places(raw: str, text: str) -> tuple[list[Link], list[tuple[int, int]]]:
    """The links of an HTML page and what stands in closed ``details``, found again in its text."""
    from lxml import html

    if not raw.strip():
        return [], []
    root: Any = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.replace("\x00", "")))
    links: list[Link] = []
    folded: list[tuple[int, int]] = []
    at = 0
    for element in root.iter("a", "details"):
        words = " ".join(element.text_content().split())
        if not words:
            continue
        if element.tag == "a" and element.get("href"):
            start = text.find(words, at)
            start = start if start >= 0 else text.find(words)
            if start >= 0:
                links.append(Link(start, start + len(words), element.get("href")))
                at = start
        elif element.tag == "details" and element.get("open") is None:
            inner = [" ".join(one.split()) for one in element.itertext() if one.strip()]
            start = text.find(inner[0])
            last = text.find(inner[-1], start)
            if 0 <= start <= last:
                folded.append((start, last + len(inner[-1])))
    return sorted(links, key=lambda one: one.start), folded


def _read_guide(text: str, original: Original) -> Guide:
    """A guide's file; a translation is read with the original beside it."""
    beside: Guide | None = None
    language = re.search(r"^language:\s*(\w+)", text, re.MULTILINE)
    if original.path is not None and language and language[1] != "en":
        first = original.path.parent / "en.md"
        if first.is_file():
            beside = parse_guide(first.read_text("utf-8"), name=str(first))
    return parse_guide(text, name=original.name, original=beside)


def page_from_guide(
    guide: Guide, settings: CheckSettings | None = None, library: Library | None = None
) -> Page:
    """A guide as a page; its sections are the blocks, under each the part for each audience."""
    builder = DocumentBuilder(guide.language)
    builder.heading(guide.title, 1, locator="line 1")
    marks: list[tuple[int, int, tuple[str, ...]]] = []
    for block in guide.blocks:
        builder.heading(block.heading or block.kind, 2, locator=f"line {block.line}")
        for part in block.parts:
            if part.audience != "both":
                builder.heading(str(part.audience), 3, locator=f"line {part.line}")
            lines = part.source.split("\n")
            for one in statements(part, guide.language):
                listed = _LISTED.match(lines[min(one.line - part.line, len(lines) - 1)])
                write = builder.item if listed else builder.paragraph
                span = write(one.text, locator=f"line {one.line}")
                if one.labels:
                    marks.append((*span, one.labels))
    entries: list[Entry] = []
    builder.heading("References", 2, mark=Mark.REFERENCE)
    for cite in guide.cites.values():
        start, end = builder.item(
            f"{cite.source}: {cite.quote}", mark=Mark.REFERENCE, locator=f"line {cite.line}"
        )
        entries.append(
            Entry(cite.label, start, end, cite.source, source=cite.source, quote=cite.quote)
        )
    kind = Kind.CASE_REPORT if guide.type == "case-report" else Kind.PATIENT_INFORMATION
    record = Record(
        f"guide:{guide.id}:{guide.language}",
        guide.title,
        kind,
        "a guide",
        {"title": guide.title, "author": [{"literal": one} for one in guide.authors]},
        updated=guide.submitted,
        review_due=guide.review_due,
        review_status="submitted",
    )
    return Page(
        guide.name,
        builder.build(),
        record,
        form="guide",
        entries=tuple(entries),
        citations=tuple(Citation(end, end, labels) for _, end, labels in marks),
        raw=guide.text,
        group=f"guide:{guide.id}",
        declared_type=str(guide.type),
        suppressions=tuple(suppressions(guide.text)),
        settings=settings or CheckSettings(),
        library=library,
    )


def page_from_answer(
    form: dict[str, Any],
    name: str = "answer.json",
    settings: CheckSettings | None = None,
    library: Library | None = None,
) -> Page:
    """An answer (``ask --json``) as a page: its statements are items with their citations.

    Raises:
        InputError: it has not the fields of an answer.
    """
    try:
        return _answer(form, name, settings or CheckSettings(), library)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"it is not an answer: {error}", where=name, todo="give what `ask --json` printed"
        ) from error


def _answer(
    form: dict[str, Any], name: str, settings: CheckSettings, library: Library | None
) -> Page:
    builder = DocumentBuilder(form["language"])
    builder.heading(form["question"], 1)
    marks: list[Citation] = []
    for section in form["sections"]:
        builder.heading(section["heading"], 2)
        for one in section["statements"]:
            _, end = builder.item(one["text"])
            labels = tuple(dict.fromkeys(str(each["number"]) for each in one["citations"]))
            quotes = tuple(str(each.get("quote", "")) for each in one["citations"])
            marks.append(Citation(end, end, labels, quotes))
    if form["gaps"]:
        builder.heading("What is missing", 2, mark=Mark.FURNITURE)
        for gap in form["gaps"]:
            builder.item(gap)
    builder.heading("References", 2, mark=Mark.REFERENCE)
    entries = []
    for one in form["references"]:
        start, end = builder.item(one["title"], mark=Mark.REFERENCE)
        entries.append(
            Entry(str(one["number"]), start, end, one["title"], one["url"], source=one["source"])
        )
    builder.paragraph(form["notice"], mark=Mark.FURNITURE)
    review = form["review"]
    record = Record(
        name, form["question"], Kind.ANSWER_PAGE, "an answer",
        review_status=review["state"], reviewed=review["on"] or "",
        review_due=review["next_due"] or "",
    )  # fmt: skip
    return Page(
        name, builder.build(), record, form="answer", entries=tuple(entries),
        citations=tuple(marks), group=name, declared_type="question",
        settings=settings, library=library,
    )  # fmt: skip


def versions(pages: Sequence[Page]) -> list[tuple[Page, list[Page]]]:
    """The pages that are one work in several languages: the original (English first), others."""
    groups: dict[str, list[Page]] = {}
    for one in pages:
        groups.setdefault(one.group, []).append(one)
    out = []
    for some in groups.values():
        languages = {one.language for one in some}
        if len(some) > 1 and len(languages) == len(some):
            first, *rest = sorted(some, key=lambda one: (one.language != "en", one.name))
            out.append((first, rest))
    return out


__all__ = ["open_page", "page_from_answer", "page_from_guide", "page_from_text", "versions"]
