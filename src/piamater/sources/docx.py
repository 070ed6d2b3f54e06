"""Word documents (Office Open XML, ISO/IEC 29500), by python-docx; macros are never touched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from piamater.errors import InputError
from piamater.sources.dates import date_parts
from piamater.sources.kinds import guess_kind
from piamater.sources.reader import MAX_BYTES, Original
from piamater.sources.record import Kind, Reading, Record
from piamater.text import DocumentBuilder

_HEADING = re.compile(r"^(?:heading|título|encabezado)\s*(\d)", re.IGNORECASE)


class DocxReader:
    """Reads .docx files."""

    name = "docx"
    suffixes = (".docx",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a .docx does: a zip archive of that name."""
        return head.startswith(b"PK\x03\x04") and suffix in self.suffixes

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
        builder = DocumentBuilder(str(file.core_properties.language or "")[:2].lower())
        for number, block in enumerate(file.iter_inner_content(), 1):
            _write(builder, block, f"block {number}")
        yield Reading(_record(file, original.name, builder), builder.build())


def _check(data: bytes, location: str) -> None:
    """Refuse what is no archive, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise InputError("the Word file is encrypted", where=location)
                if member.filename.endswith(".xml"):
                    with archive.open(member) as part:
                        if b"<!ENTITY" in part.read(4096):
                            raise InputError("the Word file declares XML entities", where=location)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise InputError(
            "the Word file is broken or cut short", where=location, todo="get it again"
        ) from error
    if size > 4 * MAX_BYTES:
        raise InputError(
            f"the Word file unpacks to {size:,} bytes, which is too much", where=location
        )


def _write(builder: DocumentBuilder, block: Any, place: str) -> None:
    from docx.table import Table

    if isinstance(block, Table):
        for number, row in enumerate(block.rows):
            cells = [cell.text for cell in row.cells]
            builder.row(cells, header=number == 0, locator=place)
        return
    style = block.style.name if block.style is not None else ""
    if match := _HEADING.match(style):
        builder.heading(block.text, int(match.group(1)), locator=place)
    elif style == "Title":
        builder.heading(block.text, 1, locator=place)
    elif style.startswith("List") or (block._p.pPr is not None and block._p.pPr.numPr is not None):
        builder.item(block.text, locator=place)
    elif style == "Caption":
        builder.caption(block.text, locator=place)
    else:
        builder.paragraph(block.text, locator=place)


def _record(file: Any, name: str, builder: DocumentBuilder) -> Record:
    said = file.core_properties
    document = builder.build()
    title = said.title or next((s.heading for s in document.sections if s.heading), name)
    kind, why = guess_kind(
        title=title,
        text=document.text,
        fallback=Kind.REFERENCE,
        why="a Word file that states no kind",
    )
    csl: dict[str, Any] = {"type": "document", "title": title, "language": document.languages[0]}
    if said.author:
        csl["author"] = [{"literal": said.author}]
    updated = said.modified.date().isoformat() if said.modified else ""
    published = said.created.date().isoformat() if said.created else ""
    if published:
        csl["issued"] = date_parts(published)
    return Record("", title, kind, why, csl, published=published, updated=updated)
