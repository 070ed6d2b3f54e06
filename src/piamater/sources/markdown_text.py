"""The text of inline Markdown, and the raised or linked numbers in it that may cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from piamater.sources.html_cites import written_labels
from piamater.sources.record import Marker
from piamater.text.normalise import clean

_RAISED = re.compile(r"<(/?)sup\b", re.IGNORECASE)
_HREF = re.compile(r"<a\s[^>]*href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Raised:
    """A stretch of inline text that is raised, or a link, by its offsets; ``target`` of a link."""

    start: int
    end: int
    target: str = ""


def plain(tokens: list[Any]) -> str:
    """The text of inline tokens."""
    return spelled(tokens)[0]


def spelled(tokens: list[Any]) -> tuple[str, list[Raised]]:
    """The text of inline tokens, and the raised and linked stretches of it."""
    parts: list[str] = []
    found: list[Raised] = []
    begun: list[tuple[int, str]] = []
    length = 0
    for token in tokens:
        said = ""
        if token.type in ("text", "code_inline"):
            said = token.content
        elif token.type in ("softbreak", "hardbreak"):
            said = " "
        elif token.type == "image":
            said = plain(token.children or [])
        elif token.type == "link_open":
            begun.append((length, str(token.attrs.get("href") or "")))
        elif token.type == "html_inline" and (link := _HREF.match(token.content)):
            begun.append((length, link[1]))
        elif token.type == "html_inline" and (match := _RAISED.match(token.content)):
            if not match[1]:
                begun.append((length, ""))
            elif begun:
                found.append(Raised(begun[-1][0], length, begun.pop()[1]))
        elif begun and (
            token.type == "link_close" or (token.type == "html_inline" and token.content == "</a>")
        ):
            found.append(Raised(begun[-1][0], length, begun.pop()[1]))
        parts.append(said)
        length += len(said)
    return "".join(parts), found


def markers_of(text: str, raised: list[Raised], at: int) -> Iterator[Marker]:
    """The marks among the stretches of a block that was written at ``at``; one for each place.

    Of a raised link and what is raised in it the one that leads somewhere counts.
    """
    seen: dict[tuple[int, int], Marker] = {}
    for one in raised:
        labels = written_labels(text[one.start : one.end])
        before = len(clean(text[: one.start] + "|")) - 1
        if not labels or not before:
            continue
        start, end = at + before, at + before + len(clean(text[one.start : one.end]))
        kind = "raised"
        if one.target:
            kind = "linked" if one.target.startswith("#") else "outward"
        if (start, end) not in seen or one.target:
            seen[(start, end)] = Marker(start, end, labels, kind)
    yield from seen.values()
