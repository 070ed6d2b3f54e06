"""HTML pages: content against furniture by structure, headings, lists, tables and metadata.

Everything the page shows is kept in reading order; what stands in navigation, asides, forms,
hidden elements, outside the part that the page calls its main one, or under a site's own headings
is marked as furniture. Scripts and styles are not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from piamater.sources.furniture import block_mark, heading_mark, mark_talk_of_itself
from piamater.sources.html_cites import Cites
from piamater.sources.html_marks import (
    block_tags,
    dropped_tags,
    furniture_tags,
    main_of,
    only_links,
    own_mark,
    text_length,
)
from piamater.sources.html_parse import parse
from piamater.sources.html_record import record_of
from piamater.sources.html_tables import is_layout, notes_of, rows_of
from piamater.sources.html_text import Spelled, join, loose_mark, spelled, text_of
from piamater.sources.list_end import begins_credits, ends_list
from piamater.sources.reader import Original
from piamater.sources.record import Reading
from piamater.text import DocumentBuilder, Mark

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "table", "dl")
_DEEPEST = 150
_ELSEWHERE = re.compile(
    r"\b(?:see|refer to|read|visit|links?|more information|resources|summar(?:y|ies)|"
    r"consult[ea]r?|ver|enlaces|sumarios?|m[aá]s informaci[oó]n)\b|আরও (?:জানতে|পড়ুন)",
    re.IGNORECASE,
)
"""What a line says that leads a list of other pages."""


class HtmlReader:
    """Reads HTML pages."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as HTML does, or is called so."""
        low = head.lower()
        return (
            b"<html" in low
            or b"<!doctype html" in low
            or b"<body" in low
            or suffix in self.suffixes
        )

    def read(self, original: Original) -> Iterator[Reading]:
        """The page of the file."""
        root, warnings = parse(original)
        body = root.find(".//body")
        top = body if body is not None else root
        writer = _Writer(DocumentBuilder((root.get("lang") or "")[:2].lower()), top)
        writer.walk(top, Mark.CONTENT, 0)
        writer.flush()
        document = mark_talk_of_itself(writer.builder.build())
        record = record_of(root, document, original.name)
        cites = writer.cites
        yield Reading(record, document, tuple(cites.references), warnings, cites.markers(root))


class _Writer:
    """Walks a page and writes its blocks; loose text is gathered into paragraphs."""

    def __init__(self, builder: DocumentBuilder, top: Any) -> None:
        self.builder = builder
        self.cites = Cites()
        self._main = main = main_of(top)
        self._around = set(main.iterancestors()) if main is not None else set()
        self._whole = text_length(top)
        self._loose: list[str] = []
        self._loose_marks: list[tuple[int, int, str, tuple[str, ...]]] = []
        self._mark = Mark.CONTENT
        self._section = Mark.CONTENT
        self._section_level = 7
        self._listed = False
        self._language = ""
        self._leads = False

    def walk(self, element: Any, mark: Mark, depth: int) -> None:
        """Write the blocks of an element."""
        if depth > _DEEPEST:
            self._loose.append(text_of(element))
            return
        self._loose.append(element.text or "")
        outside = self._main is not None and element in self._around
        for child in element:
            if isinstance(child.tag, str) and child.tag not in dropped_tags():
                own = own_mark(child, mark, self._whole)
                if outside and child is not self._main and child not in self._around:
                    own = Mark.FURNITURE
                before, self._language = self._language, child.get("lang", self._language)[:2]
                self._child(child, own, depth)
                self._language = before
            self._loose.append(child.tail or "")

    def _child(self, child: Any, mark: Mark, depth: int) -> None:
        tag, blocks = child.tag, block_tags()
        if tag in _HEADINGS:
            self._heading(child, int(tag[1]), mark)
        elif tag == "table" and not is_layout(child):
            self.flush()
            self._table(child, mark)
        elif tag == "dl":
            self.flush()
            self._definitions(child, mark, depth)
        elif tag == "li":
            self.flush()
            self._item(child, mark, depth)
        elif tag in ("figcaption", "caption"):
            self.flush()
            self._caption(spelled(child), mark, child)
        elif tag == "br":
            self._loose.append(" ")
        elif tag == "p" or (tag in blocks and not _holds_blocks(child)):
            self.flush()
            self._paragraph(child, mark)
        elif tag in blocks or tag in furniture_tags() or mark is not self._mark:
            self._block(child, mark, depth)
        elif _holds_blocks(child):
            self.walk(child, mark, depth + 1)
        else:
            self._gather(child)

    def _gather(self, element: Any) -> None:
        """Keep what stands loose between blocks, with the mark that it may be."""
        text = text_of(element)
        if element.tag in ("sup", "a") and (mark := loose_mark(element)):
            at = sum(map(len, self._loose))
            self._loose_marks.append((at, at + len(text), *mark))
        self._loose.append(text)

    def _caption(self, said: Spelled, mark: Mark, element: Any) -> None:
        final = self._final(mark, "")
        span = self.builder.caption(said.text, mark=final, locator=_place(element))
        self.cites.block(said, span)

    def _block(self, element: Any, mark: Mark, depth: int) -> None:
        self.flush()
        before, self._mark = self._mark, mark
        self.walk(element, mark, depth + 1)
        self.flush()
        self._mark = before

    def flush(self) -> None:
        """Write the loose text gathered so far as a paragraph."""
        raw, marks = "".join(self._loose), self._loose_marks
        self._loose, self._loose_marks = [], []
        said = join(raw, marks) if marks else Spelled(" ".join(raw.split()))
        if said.text:
            self._leads = _leads_items(said.text)
            mark = self._final(self._mark, said.text)
            span = self.builder.paragraph(said.text, mark=mark, language=self._language)
            self.cites.block(said, span)

    def _heading(self, element: Any, level: int, mark: Mark) -> None:
        self.flush()
        text = text_of(element)
        if not text:
            return
        own = heading_mark(text)
        if level <= self._section_level or own is not Mark.CONTENT:
            self._section, self._listed = own, False
            self._section_level = 7 if own is Mark.CONTENT else level
        elif self._section is Mark.REFERENCE and begins_credits(text):
            self._section = Mark.FURNITURE
        final = mark if mark is not Mark.CONTENT else self._section
        self.builder.heading(text, level, mark=final, locator=_place(element))

    def _paragraph(self, element: Any, mark: Mark) -> None:
        said = spelled(element)
        text = said.text
        if not text:
            return
        final = self._final(mark, text)
        if final is Mark.CONTENT and only_links(element, text):
            final = Mark.FURNITURE
        self._leads = _leads_items(text)
        span = self.builder.paragraph(
            text, mark=final, locator=_place(element), language=self._language
        )
        self.cites.block(said, span)
        if final is Mark.REFERENCE:
            self.cites.refer(element, text, span, len(self.cites.references) + 1)

    def _item(self, element: Any, mark: Mark, depth: int) -> None:
        """A list item; lists within it follow as items of their own."""
        said = spelled(element, without=_LISTS)
        text = said.text
        final = self._final(mark, text, item=True)
        if final is Mark.CONTENT and not self._leads and only_links(element, text):
            final = Mark.FURNITURE
        if text:
            span = self.builder.item(
                text, mark=final, locator=_place(element), language=self._language
            )
            self.cites.block(said, span)
            if final is Mark.REFERENCE:
                self._listed = True
                self.cites.refer(element, text, span, element.getparent().index(element) + 1)
        for one in list(element.iter(*_LISTS)):
            if next(one.iterancestors(*_LISTS, "li"), None) is element:
                self._child(one, mark, depth + 1)
        self._loose, self._loose_marks = [], []

    def _definitions(self, element: Any, mark: Mark, depth: int) -> None:
        """A definition list: each definition with its term, as one item."""
        term = ""
        for one in element.iter("dt", "dd"):
            if next(one.iterancestors("dl")) is not element:
                continue
            own, said = own_mark(one, mark, self._whole), spelled(one, without=_LISTS)
            text = said.text
            if one.tag == "dt":
                term = text
                continue
            joined = f"{term.rstrip(':')}: {text}" if term and text else text
            final = self._final(own, joined, item=True)
            span = self.builder.item(joined, mark=final, locator=_place(one))
            self.cites.block(said, span, len(joined) - len(text))
            for inner in one.iterchildren(*_LISTS):
                self._child(inner, own, depth + 1)
        self._loose, self._loose_marks = [], []

    def _table(self, table: Any, mark: Mark) -> None:
        caption = table.find("caption")
        if caption is not None:
            self._caption(spelled(caption), mark, table)
        if self._section is Mark.REFERENCE and self._listed:
            self._end_list()
        for row, cells, head in rows_of(table):
            final, said = self._final(mark, ""), [one.text for one in cells]
            span = self.builder.row(said, header=head, mark=final, locator=_place(row))
            self.cites.row(cells, span)
        for note in notes_of(table):
            self.builder.caption(note, mark=self._final(mark, ""), locator=_place(table))
        self._leads = False

    def _final(self, mark: Mark, text: str, *, item: bool = False) -> Mark:
        """A block's mark: its place's, its section's, or what its own words make it."""
        if mark is not Mark.CONTENT:
            named = mark is Mark.REFERENCE and bool(text) and begins_credits(text)
            return Mark.FURNITURE if named else mark
        if (
            self._section is Mark.REFERENCE
            and text
            and ends_list(text, listed=self._listed and not item)
        ):
            self._end_list()
        if self._section is not Mark.CONTENT:
            return self._section
        return block_mark(text) if text else mark

    def _end_list(self) -> None:
        """What stands behind a reference list is no reference; it belongs to the page."""
        self.builder.leave(self._section_level)
        self._section = Mark.FURNITURE


def _holds_blocks(element: Any) -> bool:
    return any(one is not element for one in islice(element.iter(*block_tags()), 2))


def _leads_items(text: str) -> bool:
    """Whether a line leads a list of what it is about, and not of other pages."""
    return text.endswith(":") and not _ELSEWHERE.search(text)


def _place(element: Any) -> str:
    identifier = element.get("id")
    return f"#{identifier}" if identifier else f"line {element.sourceline}"
