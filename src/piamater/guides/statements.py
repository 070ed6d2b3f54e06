"""The statements of a guide's Markdown: sentences, items and rows with the citations they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from piamater.guides.model import Part, Statement
from piamater.text import split_sentences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CITE_MARK = re.compile(r"\[\^([a-z0-9][a-z0-9-]*)\]")
_QUESTION = ("?", "？", "؟")


@cache
def markdown() -> MarkdownIt:
    """The Markdown that guides use: CommonMark with tables, without HTML.

    See https://spec.commonmark.org/0.31.2/; a citation mark such as ``[^a]`` stays text.
    """
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def statements(part: Part, language: str) -> list[Statement]:
    """What a part states, in order; headings are left out."""
    return list(_statements(markdown().parse(part.source), part.line, language))


def beside(part: Part) -> list[str]:
    """What a part shows beside its statements: inner headings and the heads of tables."""
    found = []
    shown = False
    for token in markdown().parse(part.source):
        if token.type in ("heading_open", "thead_open", "heading_close", "thead_close"):
            shown = token.type.endswith("_open")
        elif token.type == "inline" and shown and inline_text(token).strip():
            found.append(inline_text(token))
    return found


def code_lines(part: Part) -> list[int]:
    """The lines of the file on which code begins: readers would see it, and no rule would."""
    return [
        part.line + (token.map or [0])[0]
        for token in markdown().parse(part.source)
        if token.type in ("fence", "code_block", "html_block")
    ]


def _statements(tokens: list[Token], first: int, language: str) -> Iterator[Statement]:
    row: list[str] | None = None
    header = heading = False
    for token in tokens:
        if token.type in ("thead_open", "thead_close"):
            header = token.type == "thead_open"
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "tr_open":
            row, line = [], first + (token.map or [0])[0]
        elif token.type == "tr_close":
            if row and not header:
                text, marks = _unmark(" | ".join(row))
                yield Statement(text, tuple(label for _, label in marks), True, line)
            row = None
        elif token.type == "inline" and not heading:
            plain = inline_text(token)
            if row is not None:
                row.append(plain)
            else:
                yield from _sentences(plain, first + (token.map or [0])[0], language)


def inline_text(token: Token) -> str:
    """The plain text of an inline token, citation marks in it; an image gives nothing."""
    out = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif child.type in ("text", "code_inline"):
            out.append(child.content)
    return "".join(out)


def _unmark(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without citation marks, and where each stood in what is left."""
    marks: list[tuple[int, str]] = []
    out, at = [], 0
    length = 0
    for match in CITE_MARK.finditer(text):
        out.append(text[at : match.start()])
        length += match.start() - at
        marks.append((length, match.group(1)))
        at = match.end()
    out.append(text[at:])
    return "".join(out), marks


def _sentences(written: str, line: int, language: str) -> Iterator[Statement]:
    text, marks = _unmark(written)
    spans = split_sentences(text, language)
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(text) + 1
        sentence = text[start:end]
        # a mark belongs to the sentence it stands behind, also where a space comes between
        labels = tuple(label for at, label in marks if start < at <= max(end, following - 1))
        claim = not sentence.rstrip("*_ ”\"'»").endswith((":", "：", *_QUESTION))
        if any(character.isalnum() for character in sentence):
            yield Statement(sentence, labels, claim, line)
