"""PDF with a text layer, by PDFium: paragraphs, headings by their letters, running heads apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from piamater.errors import EmptySourceError, InputError
from piamater.sources.furniture import heading_mark
from piamater.sources.pdf_lines import (
    HYPHEN,
    Line,
    blocks,
    joined,
    page_lines,
    without_bullet,
)
from piamater.sources.plain_record import record_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading, Record, Reference
from piamater.text import DocumentBuilder, Mark

_LEAST = 20
"""Letters a page must have on average for the file to count as text."""

_LOOSE_VOWEL = re.compile(r"(?:^|[\s(])[\u09be-\u09cc\u09d7]|[\u09be-\u09cc]\s+[\u09be-\u09cc]")
_BANGLA = re.compile(r"[\u0980-\u09ff]")
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff]")
_LEGACY_FONT = re.compile(r"sutonny|bijoy|(?:^|\+)[A-Za-z]+MJ\b", re.IGNORECASE)
"""Fonts that draw Bangla over Latin letters; the text under them is not Bangla."""

_JUNK_TITLE = re.compile(
    r"^(?:untitled.*|microsoft word - .*|.*\.(?:docx?|pdf|indd|qxd|tex|rtf|pptx?)|[\W\d_]*)$",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s;,]+[^\s;,.)]")
_LABEL = re.compile(r"^\s*[\[(]?(\d{1,3})[.)\]]")


class PdfReader:
    """Reads PDF files that have a text layer."""

    name = "pdf"
    suffixes = (".pdf",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as PDF does."""
        return b"%PDF-" in head[:1024]

    def read(self, original: Original) -> Iterator[Reading]:
        """The one work of the file.

        Raises:
            InputError: it is encrypted or broken.
            EmptySourceError: it has no text layer.
        """
        pages, stated = _pages(original)
        text = "\n".join(line.text for page in pages for line in page)
        if len(re.findall(r"\w", text)) < _LEAST * max(len(pages), 1):
            raise EmptySourceError(
                "the PDF has no text layer: its pages are pictures",
                where=original.location,
                todo="recognise the text first, for example with ocrmypdf, and add the result",
            )
        writer = _Writer(frozenset(re.findall(r"[\w-]+", text.lower())))
        for block in blocks(pages):
            writer.block(block.form, block.lines, block.level)
        document = writer.builder.build()
        record = _record(stated, document, original.name, pages)
        warnings = []
        if writer.broken:
            warnings.append(
                f"{writer.broken} of its paragraphs have a broken text layer and are never quoted; "
                "recognise the text anew, for example with ocrmypdf --force-ocr"
            )
        yield Reading(record, document, tuple(writer.references), tuple(warnings))


@dataclass(slots=True)
class _Writer:
    """Writes blocks, and keeps the reference list and the count of broken paragraphs."""

    words: frozenset[str]
    builder: DocumentBuilder = field(default_factory=DocumentBuilder)
    mark: Mark = Mark.CONTENT
    references: list[Reference] = field(default_factory=list)
    broken: int = 0
    ended: bool = False

    def block(self, form: str, lines: Sequence[Line], level: int) -> None:
        """Write one block."""
        place = f"page {lines[0].page}"
        if form == "heading":
            text = joined(lines, self.words)
            self.mark = heading_mark(re.sub(r"^[\d.\s]+", "", text))
            self.builder.heading(text, level, mark=self.mark, locator=place)
            return
        if form == "running":
            if not self.ended:
                self.builder.leave()
            self.ended = True
            self.builder.paragraph(joined(lines, self.words), mark=Mark.FURNITURE, locator=place)
            return
        whole = joined(lines, self.words)
        if form == "item" and self.mark is not Mark.REFERENCE:
            lines = (without_bullet(lines[0]), *lines[1:])
        text = joined(lines, self.words)
        mark = self.mark
        if _is_broken(text, lines):
            mark, self.broken = Mark.DAMAGE, self.broken + 1
        write = self.builder.item if form == "item" else self.builder.paragraph
        span = write(text, mark=mark, locator=place)
        if mark is Mark.REFERENCE and span[0] < span[1]:
            self._refer(whole, span)

    def _refer(self, text: str, span: tuple[int, int]) -> None:
        label, doi = _LABEL.match(text), _DOI.search(text)
        self.references.append(
            Reference(
                label[1] if label else str(len(self.references) + 1),
                *span,
                doi=doi.group().lower() if doi else "",
            )
        )


def _is_broken(text: str, lines: Sequence[Line]) -> bool:
    """Whether the text layer of a paragraph is not what the page shows.

    Vowel signs that hang on no letter, characters of no meaning, or letters under a font that
    draws others.
    """
    if any(_LEGACY_FONT.search(one.font) for one in lines):
        return True
    letters = max(len(text), 1)
    loose = len(_LOOSE_VOWEL.findall(text))
    bangla = len(_BANGLA.findall(text))
    return loose * 25 > bangla > 0 or len(_UNKNOWN.findall(text)) * 20 > letters


def _pages(original: Original) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of every page, and what the file states of itself."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(original.read())
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                "the PDF is encrypted", where=original.location, todo="save it without its password"
            ) from error
        raise InputError(
            f"the PDF is broken: {error}", where=original.location, todo="get the file again"
        ) from error
    try:
        stated = {key: str(value).strip() for key, value in file.get_metadata_dict().items()}
        return [_lines(file, index) for index in range(len(file))], stated
    except pypdfium2.PdfiumError as error:
        raise InputError(
            f"a page of the PDF is broken: {error}", where=original.location, todo="get it again"
        ) from error
    finally:
        file.close()


def _lines(file: Any, index: int) -> list[Line]:
    page = file[index]
    text = page.get_textpage()
    try:
        return page_lines(text, index + 1)
    finally:
        text.close()
        page.close()


def _record(
    stated: dict[str, str], document: Any, name: str, pages: Sequence[list[Line]]
) -> Record:
    """The record, from what the file states and what its text says."""
    title = stated.get("Title", "")
    if _JUNK_TITLE.match(title):
        headed = next((one.heading for one in document.sections if one.heading), "")
        title = _largest(pages) or headed or name.rsplit("/", 1)[-1].removesuffix(".pdf")
    record = record_of(document.text, document, title)
    csl = dict(record.csl)
    author = stated.get("Author", "")
    if author and "author" not in csl:
        csl["author"] = [
            {"literal": one.strip()} for one in re.split(r"[;,]", author) if one.strip()
        ]
    why = record.kind_reason
    return replace(
        record, csl=csl, kind_reason="a PDF that states no kind" if "no kind" in why else why
    )


def _largest(pages: Sequence[list[Line]]) -> str:
    """The lines in the largest letters of the first page that has text, as its title."""
    page = next((one for one in pages if one), [])
    size = max((one.size for one in page), default=0.0)
    if not size or all(one.size == size for one in page):
        return ""
    found = " ".join(one.text for one in page if one.size == size)
    return found.replace(HYPHEN, "")[:300]
