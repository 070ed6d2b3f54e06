"""JATS: journal articles in the Journal Article Tag Suite (ANSI/NISO Z39.96)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from piamater.errors import InputError
from piamater.sources.jats_inline import XLINK, citation, formula, inline, rows
from piamater.sources.jats_record import notices, record_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading, Reference
from piamater.sources.xml import parse, text_of
from piamater.text import DocumentBuilder, Mark

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FURNITURE = {
    "ack",
    "fn-group",
    "notes",
    "glossary",
    "app-group",
    "supplementary-material",
    "funding-statement",
    "author-notes",
    "bio",
}
_FURNITURE_HEADING = re.compile(
    r"^(?:\d+\.? )?(?:(?:electronic )?supp(?:lementary|orting) (?:information|material|data)|"
    r"additional files?|ackn?owledge?ments?|authors?'?s?'? (?:contributions?|information|details)|"
    r"contributors|(?:declarations? of )?(?:competing|conflicting|potential)? ?"
    r"(?:financial )?(?:interests?|conflicts?)(?: of interests?)?(?: statement)?$|disclosures?|"
    r"conflicts? of interests?|"
    r"declarations?$|funding|financial support|grant support|sources? of (?:funding|support)|"
    r"data (?:availability|access|sharing)|availability (?:of|and)|pre-?publication history|"
    r"(?:list of )?abbreviations?|ethics (?:approval|statement)|ethical approval|"
    r"consent (?:for publication|to participate)|patient consent|provenance|peer review|"
    r"publisher's note|rights and permissions|about this article)",
    re.IGNORECASE,
)


class JatsReader:
    """Reads JATS articles."""

    name = "jats"
    suffixes = (".xml", ".nxml")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a JATS article does."""
        return b"<article" in head and b"<PubmedArticle" not in head and b"<html" not in head

    def read(self, original: Original) -> Iterator[Reading]:
        """The article of the file, or every one of a set.

        Raises:
            InputError: the XML is broken, or an article has no front matter.
        """
        root = parse(original.read())
        articles = [root] if root.tag == "article" else root.findall(".//article")
        if not articles or any(one.find("front/article-meta") is None for one in articles):
            raise InputError(
                "it has no article with its front matter, as JATS asks",
                where=original.location,
                todo="get the full article, or add it in another format",
            )
        for article in articles:
            yield _reading(article)


def _reading(root: Any) -> Reading:
    """One article."""
    writer = _Writer(DocumentBuilder((root.get(_LANG) or "").lower()[:2]))
    meta = root.find("front/article-meta")
    for tag in ("abstract", "trans-abstract"):
        for abstract in meta.findall(tag):
            writer.abstract(abstract)
    for part in ("body", "floats-group"):
        writer.builder.leave()
        if root.find(part) is not None:
            writer.blocks(root.find(part), 1, Mark.CONTENT)
    writer.builder.leave()
    back = root.find("back")
    for child in back if back is not None else ():
        if child.tag in _FURNITURE or child.tag == "sec":
            writer.section(child, 1, Mark.FURNITURE)
    references = tuple(writer.references(back)) if back is not None else ()
    document = writer.builder.build()
    return Reading(record_of(root, document.text[:8_000], notices(root)), document, references)


class _Writer:
    """Writes an article's elements as blocks."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder

    def abstract(self, element: Any) -> None:
        """An abstract, structured or not; a translated one says its language."""
        language = (element.get(_LANG) or "").lower()[:2]
        heading = text_of(element.find("title")) or "Abstract"
        if language and element.tag == "trans-abstract":
            heading = f"{heading} ({language})"
        graphical = element.get("abstract-type") in ("graphical", "toc", "teaser")
        self.builder.heading(heading, 1, mark=Mark.FURNITURE if graphical else Mark.CONTENT)
        self.blocks(element, 2, Mark.CONTENT, skip_title=True)

    def section(self, element: Any, level: int, mark: Mark) -> None:
        """A section with its heading."""
        heading = text_of(element.find("title")) or text_of(element.find("label"))
        if _FURNITURE_HEADING.match(heading.replace("’", "'")):
            mark = Mark.FURNITURE
        fallback = {"ack": "Acknowledgements", "fn-group": "Footnotes"}.get(element.tag, "")
        if heading or fallback:
            self.builder.heading(heading or fallback, level, mark=mark, locator=_place(element))
        self.blocks(element, level + 1, mark, skip_title=True)

    def blocks(self, element: Any, level: int, mark: Mark, skip_title: bool = False) -> None:
        """The blocks of an element, in order."""
        for child in element:
            tag = child.tag
            if tag in ("title", "label") and (skip_title or tag == "label"):
                continue
            if tag == "sec":
                self.section(child, level, mark)
            elif tag == "p":
                self._paragraph(child, level, mark)
            elif tag == "list":
                self._list(child, mark)
            elif tag == "def-list":
                self._definitions(child, mark)
            elif tag in ("disp-formula", "disp-formula-group"):
                self._formula(child, mark)
            elif tag in ("table-wrap", "fig", "table-wrap-group", "fig-group"):
                self._float(child, mark)
            elif tag in _FURNITURE:
                self.blocks(child, level, Mark.FURNITURE)
            elif tag in (
                "disp-quote",
                "boxed-text",
                "statement",
                "fn",
            ):
                self.blocks(child, level, mark)
            elif tag == "title":
                self.builder.paragraph(inline(child), mark=mark, locator=_place(child))

    def _paragraph(self, element: Any, level: int, mark: Mark) -> None:
        """A paragraph; lists, figures and tables within it follow as blocks of their own."""
        text = inline(element)
        self.builder.paragraph(text, mark=mark, locator=_place(element))
        for child in element:
            if child.tag == "list":
                self._list(child, mark)
            elif child.tag == "def-list":
                self._definitions(child, mark)
            elif child.tag == "disp-formula":
                self._formula(child, mark)
            elif child.tag in ("table-wrap", "fig", "table-wrap-group", "fig-group"):
                self._float(child, mark)
            elif child.tag in ("boxed-text", "disp-quote"):
                self.blocks(child, level, mark)

    def _list(self, element: Any, mark: Mark) -> None:
        for item in element.findall("list-item"):
            for part in item:
                if part.tag == "list":
                    self._list(part, mark)
                elif part.tag != "label":
                    self.builder.item(inline(part), mark=mark, locator=_place(item))

    def _definitions(self, element: Any, mark: Mark) -> None:
        """A list of terms, each with what it means."""
        for one in element.iter("def-item"):
            term = text_of(one.find("term"))
            meant = " ".join(inline(part).strip() for part in one.findall("def"))
            self.builder.item(f"{term}: {meant}".strip(": "), mark=mark, locator=_place(one))

    def _formula(self, element: Any, mark: Mark) -> None:
        """A formula that stands by itself; one that is a picture alone has no text."""
        math = next(element.iter("{http://www.w3.org/1998/Math/MathML}math"), None)
        text = formula(math) if math is not None else inline(element)
        self.builder.paragraph(text, mark=mark, locator=_place(element))

    def _float(self, element: Any, mark: Mark) -> None:
        """A figure or table: label and caption, then rows, then notes."""
        if element.tag.endswith("-group"):
            for child in element:
                if child.tag in ("table-wrap", "fig"):
                    self._float(child, mark)
            return
        caption = element.find("caption")
        label = text_of(element.find("label"))
        body = inline(caption) if caption is not None else ""
        if label or body:
            self.builder.caption(f"{label} {body}".strip(), mark=mark, locator=_place(element))
        for table in element.iter("table"):
            for cells, head in rows(table):
                self.builder.row(cells, header=head, mark=mark, locator=_place(element))
        for foot in element.findall("table-wrap-foot"):
            self.blocks(foot, 6, mark)

    def references(self, root: Any) -> Iterator[Reference]:
        """The reference list, written and marked as one."""
        entries = list(root.iter("ref"))
        if not entries:
            return
        found: list[Reference] = []
        self.builder.heading("References", 1, mark=Mark.REFERENCE)
        for number, entry in enumerate(entries, 1):
            label = text_of(entry.find("label")).rstrip(".") or str(number)
            ids = {one.get("pub-id-type"): text_of(one) for one in entry.iter("pub-id")}
            links = [one.get(XLINK) or "" for one in entry.iter("ext-link")]
            start, end = self.builder.item(citation(entry), mark=Mark.REFERENCE)
            found.append(
                Reference(
                    label,
                    start,
                    end,
                    ids.get("doi", "").lower(),
                    ids.get("pmid", ""),
                    next((one for one in links if one.startswith("http")), ""),
                )
            )
        yield from found


def _place(element: Any) -> str:
    """Where an element stands, as a path from the root."""
    identifier = element.get("id")
    if identifier:
        return f"#{identifier}"
    return str(element.getroottree().getpath(element))
