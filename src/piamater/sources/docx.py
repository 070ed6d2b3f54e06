"""Word documents (Office Open XML, ISO/IEC 29500), by python-docx; macros are never touched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from piamater.errors import InputError
from piamater.sources.docx_text import NAMESPACE, spelled, text_of
from piamater.sources.furniture import heading_mark
from piamater.sources.list_end import begins_credits, ends_list
from piamater.sources.plain_record import record_of
from piamater.sources.reader import MAX_BYTES, Original
from piamater.sources.record import Marker, Reading, Record, Reference
from piamater.text import Document, DocumentBuilder, Mark

_W = NAMESPACE
_HEADING = re.compile(r"^(?:heading|título|encabezado)\s*(\d)", re.IGNORECASE)
_SPOKEN = re.compile(r"^[a-z]{2,3}(?:-|$)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
"""How files begin that Word encrypted, and those of Word before 2007."""

_DOI = re.compile(r"10\.\d{4,9}/[^\s;,]+[^\s;,.)]")
_LABEL = re.compile(r"^\s*[\[(]?(\d{1,3})[.)\]]")
_TEMPLATE = date(2013, 12, 23)
"""When python-docx's own template was last changed, which it writes into every new file."""
_WRAPPERS = {f"{_W}{one}" for one in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


class DocxReader:
    """Reads .docx files."""

    name = "docx"
    suffixes = (".docx",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a .docx does: a zip archive of that name, or one locked."""
        return suffix in self.suffixes and head.startswith((b"PK\x03\x04", _OLE))

    def read(self, original: Original) -> Iterator[Reading]:
        """The one work of the file.

        Raises:
            InputError: it is encrypted, broken, or unpacks to more than any document should.
        """
        import docx

        data = original.read()
        _check(data, original.location)
        try:
            file = docx.Document(io.BytesIO(data))
        except Exception as error:  # python-docx raises whatever its parsers do
            raise InputError(
                f"the Word file cannot be read: {type(error).__name__}",
                where=original.location,
                todo="open it in a word processor and save it again as .docx",
            ) from error
        language = str(file.core_properties.language or "")
        known = language[:2].lower() if _SPOKEN.match(language) else ""
        writer = _Writer(file, DocumentBuilder(known))
        writer.blocks(file.element.body)
        document = writer.builder.build()
        yield Reading(
            _record(file, original.name, document),
            document,
            tuple(writer.references),
            markers=tuple(writer.markers),
        )


def _check(data: bytes, location: str) -> None:
    """Refuse what is locked, no archive, or unpacks to too much."""
    if data.startswith(_OLE):
        raise InputError(
            "the Word file is encrypted, or of a Word before 2007",
            where=location,
            todo="save it without its password, as .docx",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > 4 * MAX_BYTES:
                raise InputError(
                    f"the Word file unpacks to {size:,} bytes, which is too much", where=location
                )
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise InputError("the Word file is encrypted", where=location)
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!ENTITY" in part.read(4096):
                            raise InputError("the Word file declares XML entities", where=location)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise InputError(
            "the Word file is broken or cut short", where=location, todo="get it again"
        ) from error


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of a file, and keeps its reference list."""

    file: Any
    builder: DocumentBuilder
    mark: Mark = Mark.CONTENT
    level: int = 0
    depth: int = 1
    references: list[Reference] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    listed: bool = False
    count: int = 0

    def blocks(self, body: Any) -> None:
        """Paragraphs and tables in their order, also those in content controls."""
        for element in body:
            if element.tag in _WRAPPERS:
                self.blocks(element)
                continue
            self.count += 1
            if element.tag == f"{_W}p":
                self._paragraph(element, f"block {self.count}")
            elif element.tag == f"{_W}tbl":
                self._table(element, f"block {self.count}")

    def _paragraph(self, element: Any, place: str) -> None:
        from docx.text.paragraph import Paragraph

        text, raised = spelled(element)
        if not text.strip():
            return
        style = Paragraph(element, self.file).style
        level = _level(element, style)
        name = str(style.name) if style is not None else ""
        if not level and name != "Title" and _is_bold(element) and _reads_as_heading(text):
            level = min(self.level + 1, 6) if self.level else 1
        elif level:
            self.level = level
        if level or name == "Title":
            self._heading(text, level or 1, place)
            return
        item = name.startswith("List") or _is_numbered(element, style)
        if self.mark is Mark.REFERENCE and ends_list(text, listed=self.listed and not item):
            self.builder.leave(self.depth)
            self.mark = Mark.FURNITURE
        if self.mark is Mark.REFERENCE:
            self.listed = self.listed or item
            self._refer(text, self.builder.item(text, mark=self.mark, locator=place))
            return
        mark = self.mark
        if item:
            span = self.builder.item(text, mark=mark, locator=place)
        elif name.lower() == "caption":
            span = self.builder.caption(text, mark=mark, locator=place)
        elif name.lower().startswith("toc"):
            span = self.builder.paragraph(text, mark=Mark.FURNITURE, locator=place)
        else:
            span = self.builder.paragraph(text, mark=mark, locator=place)
        if span[0] < span[1]:
            self.markers += (one.marker(text, span[0]) for one in raised)

    def _heading(self, text: str, level: int, place: str) -> None:
        mark = heading_mark(re.sub(r"^[\d.\s]+", "", text))
        if mark is Mark.CONTENT and self.mark is Mark.REFERENCE and begins_credits(text):
            mark = Mark.FURNITURE
        self.mark, self.depth, self.listed = mark, level, False
        self.builder.heading(text, level, mark=mark, locator=place)

    def _refer(self, text: str, span: tuple[int, int]) -> None:
        label, doi = _LABEL.match(text), _DOI.search(text)
        said = label[1] if label else str(len(self.references) + 1)
        self.references.append(Reference(said, *span, doi=doi.group().lower() if doi else ""))

    def _table(self, element: Any, place: str) -> None:
        """A table's rows; one with a single column is only a frame around what it holds."""
        rows = list(_within(element, "tr"))
        if all(len(list(_within(row, "tc"))) == 1 for row in rows):
            for row in rows:
                for cell in _within(row, "tc"):
                    self.blocks(cell)
            return
        above: dict[int, str] = {}
        for number, row in enumerate(rows):
            cells: list[str] = []
            column = 0
            for cell in _within(row, "tc"):
                text = " ".join(text_of(one).strip() for one in cell.iter(f"{_W}p"))
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merged is not None and merged.get(f"{_W}val") != "restart":
                    text = above.get(column, text)
                above[column] = text
                cells.append(text)
                wide = cell.find(f"{_W}tcPr/{_W}gridSpan")
                column += int(wide.get(f"{_W}val", "1")) if wide is not None else 1
            self.builder.row(cells, header=number == 0 and len(rows) > 1, locator=place)


def _within(element: Any, name: str) -> Iterator[Any]:
    """The children of a name, also those in content controls."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, name)


def _level(element: Any, style: Any) -> int:
    """The level at which a paragraph is a heading, by its outline or its style; 0 for none."""
    own = element.find(f"{_W}pPr/{_W}outlineLvl")
    if own is not None:
        said = int(own.get(f"{_W}val", "9"))
        return said + 1 if said < 6 else 0
    while style is not None:
        if match := _HEADING.match(str(style.name)):
            return min(int(match.group(1)) or 1, 6)
        style = style.base_style
    return 0


def _is_numbered(element: Any, style: Any) -> bool:
    """Whether a paragraph is an item, by its own numbering or that of its style."""
    for one in (element, style.element if style is not None else None):
        number = one.find(f"{_W}pPr/{_W}numPr/{_W}numId") if one is not None else None
        if number is not None:
            return str(number.get(f"{_W}val")) != "0"
    return False


def _is_bold(element: Any) -> bool:
    """Whether every run of a paragraph that holds text is bold by its own setting."""
    runs = [run for run in element.iter(f"{_W}r") if text_of(run).strip()]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        one is not None and one.get(f"{_W}val", "1") not in ("0", "false") for one in bold
    )


def _reads_as_heading(text: str) -> bool:
    return len(text) < 80 and not text.rstrip().endswith((".", ":", ";", ",", "!", "।"))


def _record(file: Any, name: str, document: Document) -> Record:
    """The record, from what the file states and what its text says."""
    said = file.core_properties
    headed = next((one.heading for one in document.sections if one.heading), "")
    title = said.title or headed or name.rsplit("/", 1)[-1].removesuffix(".docx")
    record = record_of(document.text, document, title)
    csl = dict(record.csl)
    if said.author and said.author != "python-docx" and "author" not in csl:
        csl["author"] = [{"literal": one.strip()} for one in said.author.split(";") if one.strip()]
    if said.keywords:
        csl["keyword"] = said.keywords
    updated = record.updated or _saved(said.modified, record)
    why = record.kind_reason
    return replace(
        record,
        csl=csl,
        updated=updated,
        kind_reason="a Word file that states no kind" if "no kind" in why else why,
    )


def _saved(modified: Any, record: Record) -> str:
    """The day the file was last saved, where the text tells no day on which it was looked at.

    A file is saved for many reasons; what its text says of its own dates counts before that.
    """
    if not modified or modified.date() == _TEMPLATE or record.reviewed or record.published:
        return ""
    return str(modified.date().isoformat())
