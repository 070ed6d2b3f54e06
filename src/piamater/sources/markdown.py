"""Markdown: pages written as CommonMark with tables and, if they like, YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from piamater.errors import InputError
from piamater.sources.dates import date_parts, parse_date
from piamater.sources.decoding import decode
from piamater.sources.kinds import guess_kind
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Reading, Record
from piamater.text import DocumentBuilder

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


class MarkdownReader:
    """Reads Markdown pages."""

    name = "markdown"
    suffixes = (".md", ".markdown")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Markdown has no mark of its own: the suffix decides."""
        return suffix in self.suffixes

    def read(self, original: Original) -> Iterator[Reading]:
        """The one page of the file."""
        front, body = split_front(decode(original.read()))
        builder = DocumentBuilder(str(front.get("language", "")))
        write_markdown(builder, body)
        heading = re.search(r"^#\s+(.+)$", body, re.MULTILINE)
        title = str(front.get("title") or (heading.group(1).strip() if heading else original.name))
        kind, why = guess_kind(
            title=title,
            text=body,
            fallback=Kind.REFERENCE,
            why="a Markdown page that states no kind",
        )
        dates = {
            name: parse_date(str(front.get(key, "")))
            for name, key in (
                ("published", "issued"),
                ("updated", "updated"),
                ("reviewed", "reviewed"),
                ("review_due", "next-review"),
            )
        }
        csl: dict[str, Any] = {"type": "webpage", "title": title}
        csl |= {key: front[key] for key in ("DOI", "PMID", "URL", "publisher") if key in front}
        if dates["published"]:
            csl["issued"] = date_parts(dates["published"])
        yield Reading(
            Record(
                "",
                title,
                kind,
                why,
                csl,
                published=dates["published"],
                updated=dates["updated"],
                reviewed=dates["reviewed"],
                review_due=dates["review_due"],
            ),
            builder.build(),
        )


def split_front(text: str) -> tuple[Mapping[str, Any], str]:
    """The front matter of a page, and the rest of it.

    Raises:
        InputError: the front matter is not a YAML mapping.
    """
    import yaml

    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        front = yaml.load(match.group(1), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise InputError(
            f"the front matter is not valid YAML: {' '.join(str(error).split())}",
            todo="mend the lines between the two --- marks",
        ) from error
    if not isinstance(front, dict):
        raise InputError("the front matter is not a list of names with values")
    return front, text[match.end() :]


def write_markdown(builder: DocumentBuilder, body: str) -> None:
    """Write a page's blocks in order; links, emphasis and HTML leave their text only."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)
    items = 0
    cells: list[str] = []
    kinds: list[str] = []
    for token in tokens:
        if token.type == "list_item_open":
            items += 1
        elif token.type == "list_item_close":
            items -= 1
        elif token.type == "tr_open":
            cells, kinds = [], []
        elif token.type in ("th_open", "td_open"):
            kinds.append(token.type)
        elif token.type == "tr_close":
            builder.row(cells, header=bool(kinds) and kinds[0] == "th_open")
            kinds = []
        elif token.type == "heading_open":
            kinds = [token.tag]
        elif token.type == "inline":
            lines = token.map or [0, 0]
            place = f"lines {lines[0] + 1}-{lines[1]}"
            text = _plain(token.children or [])
            if kinds and kinds[-1] in ("th_open", "td_open"):
                cells.append(text)
            elif kinds and kinds[0].startswith("h"):
                builder.heading(text, int(kinds[0][1]), locator=place)
                kinds = []
            elif items:
                builder.item(text, locator=place)
            else:
                builder.paragraph(text, locator=place)
        elif token.type in ("fence", "code_block"):
            builder.paragraph(token.content)


def _plain(tokens: list[Any]) -> str:
    """The text of inline tokens."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
    return "".join(parts)
