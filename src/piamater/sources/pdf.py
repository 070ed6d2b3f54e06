"""PDF with a text layer, by PDFium: paragraphs, headings by their shape, running heads apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from piamater.errors import EmptySourceError, InputError
from piamater.sources.kinds import guess_kind
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Reading, Record
from piamater.text import DocumentBuilder, Mark

_HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÁÉÍÓÚÑ\u0980-\u09ff][^.!?;:]{2,70}$")
_BULLET = re.compile(r"^\s*[•·▪‣◦–-]\s+|^\s*\(?\d{1,2}[.)]\s+")
_LOOSE_VOWEL = re.compile(r"(?:^|\s)[\u09be-\u09cc]")
_LINE_HYPHEN = re.compile(r"[\x02\ufffe]\n?")
"""What PDFium gives for a hyphen at a line's end."""

_LEAST = 20
"""Letters a page must have on average for the file to count as text."""


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
        pages, title = _pages(original)
        if sum(len(re.findall(r"\w", page)) for page in pages) < _LEAST * max(len(pages), 1):
            raise EmptySourceError(
                "the PDF has no text layer: its pages are pictures",
                where=original.location,
                todo="recognise the text first, for example with ocrmypdf, and add the result",
            )
        builder = DocumentBuilder()
        repeated = _running(pages)
        for number, page in enumerate(pages, 1):
            for form, text in _blocks(page, repeated):
                _write(builder, form, text, f"page {number}")
        document = builder.build()
        name = title or next((s.heading for s in document.sections if s.heading), original.name)
        kind, why = guess_kind(
            title=name, text=document.text, fallback=Kind.REFERENCE, why="a PDF that states no kind"
        )
        csl = {"type": "document", "title": name, "language": document.languages[0]}
        loose = len(_LOOSE_VOWEL.findall(document.text))
        broken = loose > 5 and loose * 50 > document.text.count(" ")
        warnings = (
            ("its Bangla text layer is broken: compare before you rely on it",) if broken else ()
        )
        yield Reading(Record("", name, kind, why, csl), document, (), warnings)


def _pages(original: Original) -> tuple[list[str], str]:
    """The text of every page, and the title the file states."""
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
        title = str(file.get_metadata_dict().get("Title", "")).strip()
        pages = []
        for index in range(len(file)):
            page = file[index]
            text = page.get_textpage()
            pages.append(_LINE_HYPHEN.sub("", text.get_text_bounded().replace("\r\n", "\n")))
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise InputError(
            f"a page of the PDF is broken: {error}", where=original.location, todo="get it again"
        ) from error
    finally:
        file.close()
    return pages, title


def _running(pages: list[str]) -> frozenset[str]:
    """The lines, digits left out, that head or foot most pages."""
    if len(pages) < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        edges.update({_undated(line) for line in (*lines[:2], *lines[-2:])})
    return frozenset(line for line, count in edges.items() if count * 2 > len(pages))


def _undated(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _blocks(page: str, repeated: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The blocks of a page: ``text``, ``item``, ``heading`` or ``running``."""
    waiting: list[str] = []
    form = "text"
    for line in [*page.split("\n"), ""]:
        bare = line.strip()
        running = bool(bare) and _undated(bare) in repeated
        bullet = _BULLET.match(bare)
        heading = bool(_HEADING.match(bare)) and not waiting
        if not bare or running or bullet or heading:
            if waiting:
                yield form, _joined(waiting)
            waiting, form = [], "text"
        if running:
            yield "running", bare
        elif heading:
            yield "heading", bare
        elif bullet:
            waiting, form = [bare[bullet.end() :]], "item"
        elif bare:
            waiting.append(bare)
            if bare.endswith((".", "।", "!", "?")) and len(bare) < 60:
                yield form, _joined(waiting)
                waiting, form = [], "text"


def _joined(lines: list[str]) -> str:
    """Lines as running text; a word cut at a line's end is made whole."""
    text = ""
    for line in lines:
        if text.endswith(("-", "\u00ad", "\ufffe")) and line[:1].islower():
            text = text[:-1] + line
        else:
            text += f" {line}" if text else line
    return text


def _write(builder: DocumentBuilder, form: str, text: str, place: str) -> None:
    if form == "heading":
        level = text.split(" ")[0].count(".") + 1 if text[:1].isdigit() else 1
        builder.heading(text, min(level, 6), locator=place)
    elif form == "item":
        builder.item(text, locator=place)
    else:
        mark = Mark.FURNITURE if form == "running" else Mark.CONTENT
        builder.paragraph(text, mark=mark, locator=place)
