"""Plain text: pages saved as text, case reports, leaflets.

Structure is read from shape: short lines that stand alone are headings, marked or numbered lines
and runs of short lines are lists, what a site says about itself is furniture. Dates, review
state, identifiers and languages are taken from the page's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.sources.decoding import decode
from piamater.sources.furniture import block_mark, heading_mark, mark_talk_of_itself
from piamater.sources.lines import (
    MEDICAL,
    Line,
    ends_as_sentence,
    is_caption,
    is_heading,
    is_short_item,
    item_text,
    lines_of,
)
from piamater.sources.list_end import begins_credits
from piamater.sources.plain_record import is_rubric, record_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading, Reference
from piamater.text import DocumentBuilder, Mark

_URL_ITEM = re.compile(r"^\s*\d{1,3}\.\s+https?://\S+\s*$")
_TRAILING = re.compile(r"[a-z)]\s\d{1,2}\s*$")
_LABELS = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:(?P<capitals>ABSTRACT|BACKGROUND|INTRODUCTION|OBJECTIVES?|AIMS?|"
    r"CASE REPORT|CASE|PATIENTS?|METHODS|RESULTS|DISCUSSION|CONCLUSIONS?|INTRODUCCI[OÓ]N|"
    r"CASO CL[IÍ]NICO|OBJETIVOS?|M[EÉ]TODOS|RESULTADOS|DISCUSI[OÓ]N|CONCLUSI[OÓ]N(?:ES)?)[.:]?|"
    r"(?P<words>Abstract|Background|Introduction|Objectives?|Case report|Methods|Results|"
    r"Discussion|Conclusions?|Keywords|Introducción|Caso clínico|Objetivos?|Métodos|Resultados|"
    r"Discusión|Conclusión(?:es)?|Palabras clave)[.:])\s+(?=\S)"
)
_FROM = re.compile(r"From (?:the )?(?:Guidelines|Research|Literature|Evidence)$", re.IGNORECASE)
_WHOLE_TEXT = re.compile(r"^(?:full text|texto completo)\b", re.IGNORECASE)
_INNER = re.compile(r"(?<=[:.;])\s+(?=([a-h])[.)]\s+[A-Z])")
_LONGEST_TITLE = 200


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
        writer = _Writer(text)
        writer.write()
        document = mark_talk_of_itself(writer.builder.build())
        record = record_of(text, document, writer.title or original.name)
        yield Reading(record, document, tuple(writer.references))


class _Writer:
    """Writes the lines of a page as blocks."""

    def __init__(self, text: str) -> None:
        self._lines = lines_of(text)
        trailing = sum(bool(_TRAILING.search(one.text)) for one in self._lines) >= 4
        self.builder = DocumentBuilder(trailing_citations=trailing)
        self.references: list[Reference] = []
        self.title = ""
        self._text = text
        self._furniture = Mark.CONTENT
        self._under_source = False  # within one of "From the …", as on answer pages

    def write(self) -> None:
        """Write all blocks."""
        at = self._head()
        while at < len(self._lines):
            at = self._block(at)

    def _head(self) -> int:
        """The page's title, its outermost heading; a rubric before it is no title."""
        at = 0
        if len(self._lines) > 1 and is_rubric(self._lines[0].text):
            self.builder.paragraph(
                self._lines[0].text, mark=Mark.FURNITURE, locator=_place(self._lines[0])
            )
            at = 1
        if len(self._lines) <= at + 1 or not self._is_title(at):
            return at
        line = self._lines[at]
        self.title = " ".join(line.text.split())
        self.builder.heading(line.text, 1, locator=_place(line))
        return at + 1

    def _is_title(self, at: int) -> bool:
        text = self._lines[at].text.strip()
        return (
            len(text) <= _LONGEST_TITLE
            and (not ends_as_sentence(text) or text.endswith("?"))
            and item_text(self._lines[at].text) is None
            and block_mark(text) is Mark.CONTENT
        )

    def _block(self, at: int) -> int:
        """Write the block that begins at a line; gives where the next begins."""
        line = self._lines[at]
        text = line.text.strip()
        if _URL_ITEM.match(line.text) or heading_mark(text) is Mark.REFERENCE:
            return self._reference_list(at)
        if is_caption(text):
            self.builder.caption(text, mark=self._furniture, locator=_place(line))
            return at + 1
        if is_heading(self._lines, at):
            return self._heading(at)
        if item_text(line.text) is not None:
            return self._list(at)
        return self._paragraph(at)

    def _heading(self, at: int) -> int:
        line = self._lines[at]
        text = line.text.strip()
        mark = heading_mark(text)
        if mark is Mark.CONTENT and self._furniture is Mark.FURNITURE and not MEDICAL.search(text):
            mark = Mark.FURNITURE  # what stands behind furniture belongs to it, or says medicine
        names_source = bool(_FROM.match(text))
        under = mark is Mark.CONTENT and self._under_source and not names_source
        self._under_source = names_source or under
        self._furniture = mark
        self.builder.heading(text, 3 if under else 2, mark=mark, locator=_place(line))
        return at + 1

    def _list(self, at: int) -> int:
        while at < len(self._lines):
            line = self._lines[at]
            text = item_text(line.text)
            if text is None or _URL_ITEM.match(line.text):
                break
            for part in _inner_items(text):
                self.builder.item(part, mark=self._mark(part), locator=_place(line))
            at += 1
        return at

    def _reference_list(self, at: int) -> int:
        """A list of references: everything to the next heading."""
        if heading_mark(self._lines[at].text.strip()) is Mark.REFERENCE:
            self.builder.heading(self._lines[at].text, 2, mark=Mark.REFERENCE)
            at += 1
        else:
            self.builder.leave(2)
        numbered = at < len(self._lines) and item_text(self._lines[at].text) is not None
        while at < len(self._lines):
            line = self._lines[at]
            text = item_text(line.text)
            if is_heading(self._lines, at) or (numbered and text is None and line.after_blank):
                break
            if begins_credits(text or line.text):
                break
            span = self.builder.item(text or line.text, mark=Mark.REFERENCE, locator=_place(line))
            self.references.append(_reference(line.text, len(self.references) + 1, span))
            at += 1
        self._furniture = Mark.FURNITURE
        self.builder.leave(2)
        return at

    def _paragraph(self, at: int) -> int:
        """A paragraph, or a run of short lines behind one that ends in a colon: a list."""
        line = self._lines[at]
        text = line.text.strip()
        if _WHOLE_TEXT.match(text):
            self.builder.leave(3)
        for label, part in _labelled(text):
            mark = self._mark(part)
            if label:
                if mark is Mark.CONTENT:
                    mark = heading_mark(label)
                self.builder.heading(label, 3, mark=mark, locator=_place(line))
            self.builder.paragraph(part, mark=mark, locator=_place(line))
        at += 1
        if text.endswith(":") and not line.before_blank:
            while at < len(self._lines) and is_short_item(self._lines[at].text):
                item = self._lines[at]
                self.builder.item(item.text, mark=self._mark(item.text), locator=_place(item))
                at += 1
                if item.before_blank:
                    break
        return at

    def _mark(self, text: str) -> Mark:
        if self._furniture is not Mark.CONTENT:
            return self._furniture
        return block_mark(text, self._text)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a paragraph with the labels that stand before them, as in an abstract."""
    at, label = 0, ""
    for match in _LABELS.finditer(text):
        if before := text[at : match.start()].strip():
            yield label, before
        at, label = match.end(), (match["capitals"] or match["words"]).capitalize()
    if rest := text[at:].strip():
        yield label, rest


def _inner_items(text: str) -> list[str]:
    """An item, or its parts where it holds a list of its own ("Imaging: a. MRI … b. CT …")."""
    letters = [match[1] for match in _INNER.finditer(text)]
    if letters[:2] != ["a", "b"]:
        return [text]
    return [
        part if number == 0 else part[2:].strip()
        for number, part in enumerate(re.sub(_INNER, "\n", text).split("\n"))
    ]


def _reference(line: str, number: int, span: tuple[int, int]) -> Reference:
    label = re.match(r"\s*[\[(]?(\d{1,3})[.)\]]", line)
    url = re.search(r"https?://\S+", line)
    pmid = re.search(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d+)|PMID:?\s*(\d+)", line)
    doi = re.search(r"10\.\d{4,9}/[^\s;,]+", line)
    return Reference(
        label[1] if label else str(number),
        *span,
        doi=doi.group().lower().rstrip(".") if doi else "",
        pmid=(pmid[1] or pmid[2]) if pmid else "",
        url=url.group() if url else "",
    )


def _place(line: Line) -> str:
    return f"line {line.number}"
