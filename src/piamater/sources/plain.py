"""Plain text: pages saved as text, case reports, leaflets.

Structure is read from shape: short lines that stand alone are headings, marked or numbered lines
and runs of short lines are lists, what a site says about itself is furniture. Dates, review
state, identifiers and languages are taken from the page's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from piamater.sources.decoding import decode
from piamater.sources.furniture import block_mark, heading_mark
from piamater.sources.plain_record import record_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading, Reference
from piamater.text import DocumentBuilder, Mark

_BULLET = re.compile(r"^(\s*)(?:[•·▪‣◦*]|[-–—])\s+(?=\S)")
_NUMBERED = re.compile(r"^(\s*)\(?\d{1,3}[.)]\s+(?=\S)")
_LETTERED = re.compile(r"^[a-z]\.\s+(?=[A-Z])")
_URL_ITEM = re.compile(r"^\s*\d{1,3}\.\s+https?://\S+\s*$")
_CAPTION = re.compile(r"^(?:Figure|Fig\.|Table|Figura|Tabla|চিত্র|সারণি)\s*\d+[.:]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?।…:;,]['\"”’)\]]*(?:\s*\d{1,3})?$")
_REFERENCES = re.compile(
    r"^(?:references|bibliography|bibliograf[ií]a|referencias|তথ্যসূত্র)\s*:?$", re.IGNORECASE
)
_TRAILING = re.compile(r"[a-z)]\s\d{1,2}\s*$")
_LABELLED = re.compile(
    r"^(ABSTRACT|INTRODUCTION|CASE|REPORT|CONCLUSIONS?|METHODS|RESULTS|Introducción|Caso clínico|"
    r"Conclusión(?:es)?|Palabras clave|Keywords)[.:]?\s+(?=\S)"
)
_FROM = re.compile(r"From (?:the )?(?:Guidelines|Research|Literature|Evidence)$", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:include|including|are|is|following|consider|incluyen|son)\b[^:]*:$", re.IGNORECASE
)
_LONGEST_HEADING = 90
_LONGEST_ITEM = 140


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its text, number from 1, and whether blank lines are around it."""

    text: str
    number: int
    after_blank: bool
    before_blank: bool


class PlainReader:
    """Reads plain text."""

    name = "plain"
    suffixes = (".txt", ".text")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Plain text has no mark of its own: the suffix decides."""
        return suffix in self.suffixes

    def read(self, original: Original) -> Iterator[Reading]:
        """The one page of the file."""
        text = decode(original.read()).replace("\r\n", "\n").replace("\r", "\n")
        lines = list(_lines(text))
        trailing = sum(bool(_TRAILING.search(one.text)) for one in lines) >= 4
        writer = _Writer(lines, trailing)
        writer.write()
        document = writer.builder.build()
        yield Reading(record_of(text, document, original.name), document, tuple(writer.references))


def _lines(text: str) -> Iterator[_Line]:
    rows = text.split("\n")
    blank = [not row.strip() for row in rows]
    for number, row in enumerate(rows):
        if not blank[number]:
            before = number == 0 or blank[number - 1]
            after = number + 1 == len(rows) or blank[number + 1]
            yield _Line(row.rstrip(), number + 1, before, after)


class _Writer:
    """Writes the lines of a page as blocks."""

    def __init__(self, lines: list[_Line], trailing: bool) -> None:
        self.builder = DocumentBuilder(trailing_citations=trailing)
        self.references: list[Reference] = []
        self._lines = lines
        self._furniture = Mark.CONTENT

    def write(self) -> None:
        """Write all blocks."""
        at = 0
        prose = not any(_is_heading(self._lines, n) for n in range(1, len(self._lines)))
        if prose and len(self._lines) > 1 and not _SENTENCE_END.search(self._lines[0].text):
            at = self._title(at)
        while at < len(self._lines):
            at = self._paragraph(at) if prose else self._block(at)

    def _block(self, at: int) -> int:
        """Write the block that begins at a line; gives where the next begins."""
        line = self._lines[at]
        text = line.text.strip()
        if _URL_ITEM.match(line.text) or _REFERENCES.match(text):
            return self._reference_list(at)
        if _CAPTION.match(text):
            self.builder.caption(text, locator=_place(line))
            return at + 1
        if _item_text(line.text) is not None:
            return self._list(at)
        if at and _is_heading(self._lines, at):
            return self._heading(at)
        if at == 0 and len(text) <= 160:
            return self._title(at)
        return self._paragraph(at)

    def _title(self, at: int) -> int:
        """The first line: the page's title, and its outermost heading."""
        self.builder.heading(self._lines[at].text, 1, locator=_place(self._lines[at]))
        return at + 1

    def _heading(self, at: int) -> int:
        line = self._lines[at]
        text = line.text.strip()
        mark = heading_mark(text)
        if mark is Mark.CONTENT and self._furniture is Mark.FURNITURE:
            mark = self._returns(text)
        level = 3 if mark is Mark.CONTENT and not _FROM.match(text) and self._is_under(at) else 2
        self._furniture = mark
        self.builder.heading(text, level, mark=mark, locator=_place(line))
        return at + 1

    def _returns(self, text: str) -> Mark:
        """Whether a heading after furniture is content again.

        A heading that says what medical pages say is; any other belongs to the furniture.
        """
        return Mark.CONTENT if _MEDICAL.search(text) else Mark.FURNITURE

    def _is_under(self, at: int) -> bool:
        """Whether a heading stands under one of "From the …", as on answer pages."""
        for line in reversed(self._lines[:at]):
            if _FROM.match(line.text.strip()):
                return True
            if heading_mark(line.text.strip()) is Mark.FURNITURE:
                return False
        return False

    def _list(self, at: int) -> int:
        while at < len(self._lines):
            line = self._lines[at]
            text = _item_text(line.text)
            if text is None or _URL_ITEM.match(line.text):
                break
            self.builder.item(text, mark=self._mark(text), locator=_place(line))
            at += 1
            if (
                line.before_blank
                and at < len(self._lines)
                and _item_text(self._lines[at].text) is None
            ):
                break
        return at

    def _reference_list(self, at: int) -> int:
        """A list of references: everything to the next heading of content."""
        if _REFERENCES.match(self._lines[at].text.strip()):
            at += 1
        self.builder.heading("References", 2, mark=Mark.REFERENCE)
        while at < len(self._lines) and (text := _item_text(self._lines[at].text)) is not None:
            start, end = self.builder.item(
                text, mark=Mark.REFERENCE, locator=_place(self._lines[at])
            )
            label = str(len(self.references) + 1)
            self.references.append(_reference(label, start, end, text))
            at += 1
        self._furniture = Mark.FURNITURE
        self.builder.leave(2)
        return at

    def _paragraph(self, at: int) -> int:
        """A paragraph, or a run of short lines behind one that ends in a colon: a list."""
        line = self._lines[at]
        text = line.text.strip()
        if match := _LABELLED.match(text):
            self.builder.heading(match.group(1).capitalize(), 3, mark=self._furniture)
            text = text[match.end() :]
        self.builder.paragraph(text, mark=self._mark(text), locator=_place(line))
        at += 1
        if text.endswith(":") and not line.before_blank:
            while at < len(self._lines) and _is_short_item(self._lines[at].text):
                item = self._lines[at]
                self.builder.item(item.text, mark=self._mark(item.text), locator=_place(item))
                at += 1
                if item.before_blank:
                    break
        return at

    def _mark(self, text: str) -> Mark:
        return self._furniture if self._furniture is not Mark.CONTENT else block_mark(text)


_MEDICAL = re.compile(
    r"\b(?:definition|types?|causes?|symptoms?|signs|diagnos\w*|tests? for|treatments? (?:for|of)|"
    r"non-pharmacological|"
    r"medications? (?:for|of)|drugs used|surger\w*|preventions?\b.*|conclusions?|outlook|"
    r"prognosis|from the (?:guidelines|research)|"
    r"abstract|case report|discussion|introduction|s[ií]ntomas|causas|tratamiento|"
    r"diagn[oó]stico)\b",
    re.IGNORECASE,
)


def _item_text(line: str) -> str | None:
    """The text of a marked or numbered list line; None for another line."""
    for pattern in (_BULLET, _NUMBERED):
        if match := pattern.match(line):
            rest = line[match.end() :].strip()
            return _LETTERED.sub("", rest)
    return None


def _is_short_item(line: str) -> bool:
    """Whether an unmarked line can be an item of a list: short, and no sentence."""
    text = line.strip()
    return len(text) <= _LONGEST_ITEM and not text.endswith((".", ":", "?", "!", "।"))


def _is_heading(lines: list[_Line], at: int) -> bool:
    """Whether a line is a heading: short, no sentence, apart from what stands around it."""
    line = lines[at]
    text = line.text.strip()
    if (
        len(text) > _LONGEST_HEADING
        or _LEADS.search(text)
        or _item_text(line.text) is not None
        or line.text[:1].isspace()
    ):
        return False
    if not text[:1].isupper() and not "\u0980" <= text[:1] <= "\u09ff":
        return False
    known = heading_mark(text) is not Mark.CONTENT or bool(_MEDICAL.match(text))
    alone = line.after_blank or text.endswith(":") or (line.before_blank and " " not in text)
    if known and len(text) <= 60 and alone:
        return True
    if text.endswith(":") and line.after_blank and line.before_blank:
        return True
    return (
        line.after_blank
        and line.before_blank
        and not _SENTENCE_END.search(text)
        and (len(text.split()) <= 12)
    )


def _reference(label: str, start: int, end: int, text: str) -> Reference:
    url = re.search(r"https?://\S+", text)
    pmid = re.search(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d+)", text)
    doi = re.search(r"10\.\d{4,9}/[^\s;,]+", text)
    return Reference(
        label,
        start,
        end,
        doi.group().lower().rstrip(".") if doi else "",
        pmid.group(1) if pmid else "",
        url.group() if url else "",
    )


def _place(line: _Line) -> str:
    return f"line {line.number}"
