"""Markdown: pages written as CommonMark with tables and, if they like, YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from piamater.errors import InputError
from piamater.sources.dates import date_parts, parse_date
from piamater.sources.decoding import decode
from piamater.sources.furniture import block_mark, heading_mark, mark_talk_of_itself
from piamater.sources.kinds import guess_kind, speaks_to_patients
from piamater.sources.licences import licence_of
from piamater.sources.list_end import begins_credits, ends_list
from piamater.sources.markdown_text import Raised, markers_of, plain, spelled
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Marker, Reading, Record
from piamater.text import DocumentBuilder, Mark
from piamater.text.normalise import clean as cleaned

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_DEEPEST = 100
_OPEN = 300
"""Brackets that may be open at once in a block."""
_FOOTNOTE = re.compile(r"\[\^[\w-]+\]:\s")
_ANCHOR = re.compile(r"(?:^|[\s\[,{])&\w", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[,{])\*\w", re.MULTILINE)
_DATES = (
    ("published", ("issued", "date", "published")),
    ("updated", ("updated", "lastmod", "last_modified")),
    ("reviewed", ("reviewed", "last-reviewed")),
    ("review_due", ("next-review", "review-due")),
)
_CSL = ("DOI", "PMID", "PMCID", "URL", "publisher", "container-title", "volume", "issue", "page")


class MarkdownReader:
    """Reads Markdown pages."""

    name = "markdown"
    suffixes = (".md", ".markdown")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Markdown has no mark of its own: the suffix decides."""
        return suffix in self.suffixes

    def read(self, original: Original) -> Iterator[Reading]:
        """The one page of the file.

        Raises:
            InputError: the front matter is not a YAML mapping.
        """
        front, body = split_front(decode(original.read()))
        builder = DocumentBuilder(str(front.get("language") or front.get("lang") or "")[:2])
        markers = write_markdown(builder, body, furniture=True)
        document = mark_talk_of_itself(builder.build())
        record = _record(front, body, original.name, document.languages[0])
        yield Reading(record, document, markers=markers)


def _record(front: Mapping[str, Any], body: str, name: str, language: str) -> Record:
    heading = re.search(r"^#\s+(.+?)\s*#*$", body, re.MULTILINE)
    title = str(front.get("title") or (heading.group(1) if heading else name))
    kind, why = _kind(front, title, body)
    dates = {
        what: parse_date(next((str(front[key]) for key in keys if front.get(key)), ""))
        for what, keys in _DATES
    }
    csl: dict[str, Any] = {"type": "webpage", "title": title, "language": language}
    csl |= {key: str(front[key]) for key in _CSL if front.get(key)}
    if authors := csl_names(front.get("author") or front.get("authors")):
        csl["author"] = authors
    if dates["published"]:
        csl["issued"] = date_parts(dates["published"])
    licence = str(front.get("licence") or front.get("license") or "")
    return Record(
        f"pmid:{csl['PMID']}"
        if "PMID" in csl
        else f"doi:{csl['DOI']}".lower()
        if "DOI" in csl
        else "",
        title,
        kind,
        why,
        csl,
        licence=licence_of(licence) or licence,
        audience="patient" if kind is Kind.PATIENT_INFORMATION else "",
        published=dates["published"],
        updated=dates["updated"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
    )


def _kind(front: Mapping[str, Any], title: str, body: str) -> tuple[Kind, str]:
    if front.get("kind") in list(Kind):
        return Kind(front["kind"]), "stated in the page's front matter"
    kind, why = guess_kind(
        title=title,
        text=body,
        fallback=Kind.REFERENCE,
        why="a Markdown page that states no kind",
    )
    if kind is Kind.REFERENCE and (words := speaks_to_patients(body)):
        return Kind.PATIENT_INFORMATION, f"it speaks to patients: {words!r}"
    return kind, why


def csl_names(said: Any) -> list[dict[str, str]]:
    """Authors as front matter writes them (a name, a list, or CSL names), as CSL names."""
    held: Sequence[Any] = said if isinstance(said, list) else [said] if said else []
    return [
        {str(part): str(value) for part, value in one.items()}
        if isinstance(one, dict)
        else {"literal": str(one)}
        for one in held
    ]


def split_front(text: str) -> tuple[Mapping[str, Any], str]:
    """The front matter of a page, and the rest of it.

    Raises:
        InputError: the front matter is not a YAML mapping.
    """
    import yaml

    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    match = _FRONT.match(text)
    if not match:
        return {}, text
    if _ANCHOR.search(match.group(1)) and _ALIAS.search(match.group(1)):
        raise InputError(
            "the front matter uses YAML anchors", todo="write each value out where it stands"
        )
    try:
        front = yaml.load(match.group(1), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"the front matter is not valid YAML: {' '.join(str(error).split())}",
            todo="mend the lines between the two --- marks",
        ) from error
    if front is None:
        return {}, text[match.end() :]
    if not isinstance(front, dict):
        raise InputError(
            "the front matter is not a list of names with values",
            todo="mend the lines between the two --- marks",
        )
    return front, text[match.end() :]


def write_markdown(
    builder: DocumentBuilder, body: str, *, furniture: bool = False
) -> tuple[Marker, ...]:
    """Write a page's blocks in order; links, emphasis and HTML leave their text only.

    With ``furniture``, what belongs to a site by its headings and openings is marked, and what
    stands under "References" is a reference; without it everything is content. Gives the
    citation marks that are raised numbers or links.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")
    tokens = parser.parse(_plain_brackets(body))
    writer = _Writer(builder, furniture)
    writer.write(tokens)
    return tuple(writer.markers)


def _plain_brackets(body: str) -> str:
    """The page with the brackets escaped of blocks in which they are open hundreds deep.

    No link is written so, and the parser would look for the end of each of them in turn.
    """
    if body.count("[") <= _OPEN:
        return body
    return "".join(
        block.replace("[", "\\[") if _opened(block) > _OPEN else block
        for block in re.split(r"(\n[ \t]*\n)", body)
    )


def _opened(block: str) -> int:
    """How many brackets are open at once, at most."""
    most = depth = 0
    for match in re.finditer(r"[\[\]]", block):
        depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
        most = max(most, depth)
    return most


class _Writer:
    """Writes the blocks of a token stream."""

    def __init__(self, builder: DocumentBuilder, furniture: bool) -> None:
        self.markers: list[Marker] = []
        self._builder = builder
        self._furniture = furniture
        self._section = (7, Mark.CONTENT)
        self._listed = False
        self._items = 0
        self._cells: list[tuple[str, list[Raised]]] = []
        self._header = False

    def write(self, tokens: list[Any]) -> None:
        """Write all blocks."""
        for token, after in zip(tokens, [*tokens[1:], None], strict=False):
            if token.type == "list_item_open":
                self._items += 1
            elif token.type == "list_item_close":
                self._items -= 1
            elif token.type == "heading_open":
                self._heading(plain(after.children or []), int(token.tag[1]), _place(after))
            elif token.type == "tr_open":
                self._cells = []
            elif token.type in ("th_open", "td_open"):
                inline = after.type == "inline"
                self._cells.append(spelled(after.children or []) if inline else ("", []))
            elif token.type == "th_close":
                self._header = True
            elif token.type == "td_close":
                self._header = False
            elif token.type == "tr_close":
                self._row()
            elif token.type == "paragraph_open":
                self._paragraph(after.children or [], _place(after))
            elif token.type in ("fence", "code_block"):
                self._builder.paragraph(token.content, mark=self._mark(""), locator=_place(token))

    def _heading(self, text: str, level: int, place: str) -> None:
        own = heading_mark(text) if self._furniture else Mark.CONTENT
        if level <= self._section[0] or own is not Mark.CONTENT:
            self._section = (7 if own is Mark.CONTENT else level, own)
            self._listed = False
        elif self._section[1] is Mark.REFERENCE and begins_credits(text):
            self._end_list()
        self._builder.heading(text, level, mark=self._section[1], locator=place)

    def _row(self) -> None:
        if self._section[1] is Mark.REFERENCE and self._listed:
            self._end_list()
        said = [text for text, _ in self._cells]
        start, end = self._builder.row(said, header=self._header, mark=self._mark(""))
        if start < end:
            joined = " | ".join(cleaned(one) for one in said)
            at = start + len(joined.lstrip()) - len(joined)
            for text, raised in self._cells:
                self.markers += markers_of(text, raised, at)
                at += len(cleaned(text)) + len(" | ")

    def _paragraph(self, tokens: list[Any], place: str) -> None:
        if self._items and self._section[1] is Mark.REFERENCE:
            at = _credits_at(tokens)
            if at:
                self._paragraph(tokens[:at], place)
                self._end_list()
                self._builder.paragraph(plain(tokens[at + 1 :]), mark=Mark.FURNITURE, locator=place)
                return
        text, raised = spelled(tokens)
        write = self._builder.item if self._items else self._builder.paragraph
        mark = self._mark(text)
        if self._furniture and _FOOTNOTE.match(text):
            mark = Mark.REFERENCE
        start, end = write(text, mark=mark, locator=place)
        self._listed = self._listed or (self._items > 0 and mark is Mark.REFERENCE)
        if start < end:
            self.markers += markers_of(text, raised, start)

    def _mark(self, text: str) -> Mark:
        listed = self._listed and not self._items
        if self._section[1] is Mark.REFERENCE and text and ends_list(text, listed=listed):
            self._end_list()
        if self._section[1] is not Mark.CONTENT or not (self._furniture and text):
            return self._section[1]
        return block_mark(text)

    def _end_list(self) -> None:
        """What stands behind a reference list is no reference; it belongs to the page."""
        self._builder.leave(self._section[0])
        self._section = (self._section[0], Mark.FURNITURE)


def _credits_at(tokens: list[Any]) -> int:
    """Which line break within the last entry of a list comes before the page's credits; 0 for none.

    Without an empty line between them Markdown takes such lines for more of the entry.
    """
    for at, token in enumerate(tokens):
        if at and token.type in ("softbreak", "hardbreak") and begins_credits(plain(tokens[at:])):
            return at
    return 0


def _place(token: Any) -> str:
    first, last = token.map or (0, 0)
    return f"lines {first + 1}-{last}"
