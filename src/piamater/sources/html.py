"""HTML pages: content against furniture by structure, headings, lists, tables and metadata.

Everything the page shows is kept in reading order; what stands in navigation, asides, forms,
hidden elements or under a site's own headings is marked as furniture. Scripts and styles are
not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from piamater.errors import EmptySourceError, InputError
from piamater.sources.decoding import decode
from piamater.sources.furniture import block_mark, heading_mark
from piamater.sources.html_record import record_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading, Reference
from piamater.text import DocumentBuilder, Mark

_DROPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "head",
    "iframe",
    "object",
    "canvas",
    "audio",
    "video",
    "select",
    "datalist",
}
_FURNITURE_TAGS = {"nav", "header", "footer", "aside", "form", "button", "dialog", "menu"}
_FURNITURE_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
}
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|nav(?:bar|igation)?|menu|sidebar|share|sharing|social|"
    r"related|promo|advert(?:isement)?|ads?|banner|footer|newsletter|subscribe|toolbar|toggle|popup|modal|"
    r"disclaimer|skip-link|pagination|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ul",
    "ol",
    "dl",
    "div",
    "section",
    "article",
    "main",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "dt",
    "dd",
    "details",
    "summary",
    "body",
    "fieldset",
    "address",
    "center",
}
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_PMID = re.compile(r"(?:pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|list_uids=|term=)(\d{4,9})")
_DEEPEST = 400


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
        root = _parse(original)
        body = root.find(".//body")
        language = (root.get("lang") or "")[:2].lower()
        writer = _Writer(DocumentBuilder(language))
        writer.walk(body if body is not None else root, Mark.CONTENT, 0)
        writer.flush()
        references = list(writer.references(root))
        document = writer.builder.build()
        yield Reading(record_of(root, document, original.name), document, tuple(references))


def _parse(original: Original) -> Any:
    """The page's root element.

    Raises:
        InputError: it is no text.
        EmptySourceError: it holds nothing.
    """
    from lxml import etree, html

    data = original.read()
    declared = _CHARSET.search(data[:4096])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        root: Any = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if "empty" in str(error).lower():
            raise EmptySourceError("the page is empty", where=original.location) from error
        raise InputError(f"the HTML cannot be read: {error}", where=original.location) from error
    for element in list(root.iter(*_DROPPED - {"head"})):
        if element.getparent() is not None and element.get("type") != "application/ld+json":
            element.drop_tree()
    return root


class _Writer:
    """Walks a page and writes its blocks; loose text is gathered into paragraphs."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self._loose: list[str] = []
        self._mark = Mark.CONTENT
        self._section = Mark.CONTENT
        self._section_level = 7

    def walk(self, element: Any, mark: Mark, depth: int) -> None:
        """Write the blocks of an element."""
        if depth > _DEEPEST:
            self._loose.append(_text(element))
            return
        self._loose.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _DROPPED:
                self._child(child, _own_mark(child, mark), depth)
            self._loose.append(child.tail or "")

    def _child(self, child: Any, mark: Mark, depth: int) -> None:
        tag = child.tag
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading(child, int(tag[1]), mark)
        elif tag == "table":
            self.flush()
            self._table(child, mark)
        elif tag == "li" or tag in ("dd", "dt"):
            self.flush()
            self._item(child, mark, depth)
        elif tag in ("figcaption", "caption"):
            self.flush()
            self.builder.caption(_text(child), mark=self._final(mark, ""), locator=_place(child))
        elif tag == "br":
            self._loose.append(" ")
        elif tag == "p" or (tag in _BLOCKS and not any(one.tag in _BLOCKS for one in child)):
            self.flush()
            self._paragraph(child, mark)
        elif tag in _BLOCKS or tag in _FURNITURE_TAGS or mark is not self._mark:
            self.flush()
            before, self._mark = self._mark, mark
            self.walk(child, mark, depth + 1)
            self.flush()
            self._mark = before
        elif any(one.tag in _BLOCKS for one in child.iter()):
            self.walk(child, mark, depth + 1)
        else:
            self._loose.append(_text(child))

    def flush(self) -> None:
        """Write the loose text gathered so far as a paragraph."""
        text = " ".join("".join(self._loose).split())
        self._loose = []
        if text:
            self.builder.paragraph(text, mark=self._final(self._mark, text))

    def _heading(self, element: Any, level: int, mark: Mark) -> None:
        self.flush()
        text = _text(element)
        if not text:
            return
        own = heading_mark(text)
        if level <= self._section_level or own is not Mark.CONTENT:
            self._section = own
            self._section_level = 7 if own is Mark.CONTENT else level
        final = mark if mark is not Mark.CONTENT else self._section
        self.builder.heading(text, level, mark=final, locator=_place(element))

    def _paragraph(self, element: Any, mark: Mark) -> None:
        text = _text(element)
        if text:
            self.builder.paragraph(text, mark=self._final(mark, text), locator=_place(element))

    def _item(self, element: Any, mark: Mark, depth: int) -> None:
        """A list item; lists within it follow as items of their own."""
        inner = [one for one in element.iter("ul", "ol", "table", "dl") if one is not element]
        text = _text(element, without=("ul", "ol", "table", "dl"))
        links = sum(len(_text(one)) for one in element.iter("a") if one.get("type") is None)
        link_list = bool(text) and links >= 0.9 * len(text)
        final = Mark.FURNITURE if link_list and mark is Mark.CONTENT else self._final(mark, text)
        if text:
            self.builder.item(text, mark=final, locator=_place(element))
        for one in inner:
            if next(one.iterancestors("ul", "ol", "li", "dl"), None) is element:
                if one.tag == "table":
                    self._table(one, mark)
                else:
                    self.walk(one, mark, depth + 1)
        self._loose = []

    def _table(self, table: Any, mark: Mark) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.builder.caption(_text(caption), mark=self._final(mark, ""), locator=_place(table))
        for number, row in enumerate(table.iter("tr")):
            if next(row.iterancestors("table")) is not table:
                continue
            cells = [_text(cell) for cell in row if cell.tag in ("td", "th")]
            head = row.getparent().tag == "thead" or (
                number == 0 and all(cell.tag == "th" for cell in row if isinstance(cell.tag, str))
            )
            self.builder.row(cells, header=head, mark=self._final(mark, ""), locator=_place(row))

    def _final(self, mark: Mark, text: str) -> Mark:
        """A block's mark: its place's, its section's, or what its own words make it."""
        if mark is not Mark.CONTENT:
            return mark
        if self._section is not Mark.CONTENT:
            return self._section
        return block_mark(text) if text else mark

    def references(self, root: Any) -> Iterator[Reference]:
        """Links to PubMed in the page, each once, as a reference list of addresses."""
        seen: dict[str, str] = {}
        for link in root.iter("a"):
            if match := _PMID.search(link.get("href") or ""):
                seen.setdefault(match.group(1), link.get("href"))
        if not seen:
            return
        found = []
        self.builder.heading("Linked publications", 1, mark=Mark.REFERENCE)
        for number, pmid in enumerate(seen, 1):
            url = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
            start, end = self.builder.item(url, mark=Mark.REFERENCE)
            found.append(Reference(str(number), start, end, pmid=pmid, url=url))
        yield from found


def _own_mark(element: Any, mark: Mark) -> Mark:
    """An element's mark: its parent's, or furniture by its tag, role, class, or being hidden."""
    if mark is not Mark.CONTENT:
        return mark
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if hidden or element.get("role") in _FURNITURE_ROLES or _FURNITURE_NAMES.search(named):
        return Mark.FURNITURE
    in_article = element.tag == "header" and any(
        one.tag in ("article", "main") for one in element.iterancestors()
    )
    if element.tag in _FURNITURE_TAGS and not in_article:
        return Mark.FURNITURE
    return mark


def _text(element: Any, without: tuple[str, ...] = ()) -> str:
    """The text of an element as it reads on the page."""
    parts: list[str] = []
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        one, done = waiting.pop()
        if done:
            parts.append(one.tail or "")
            continue
        if one is not element:
            waiting.append((one, True))
        if (
            not isinstance(one.tag, str)
            or one.tag in _DROPPED
            or (one is not element and one.tag in without)
        ):
            continue
        if one.tag in _BLOCKS or one.tag == "br":
            parts.append(" ")
        parts.append(one.text or "")
        waiting.extend((child, False) for child in reversed(one))
    return " ".join("".join(parts).split())


def _place(element: Any) -> str:
    identifier = element.get("id")
    return f"#{identifier}" if identifier else f"line {element.sourceline}"
