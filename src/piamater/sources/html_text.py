"""The text of an HTML element as it reads on the page, and the citation marks in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from piamater.sources.html_marks import block_tags, dropped_tags, is_hidden
from piamater.text import normalise

_NUMBERS = re.compile(r"[\[(]?\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?[\])]?")
"""What a citation mark reads as."""


@dataclass(frozen=True, slots=True)
class Cite:
    """What may be a citation mark: its span in the text of its block, and where it leads.

    ``start == end`` where the text leaves it out; ``said`` is what it reads as on the page.
    """

    start: int
    end: int
    said: str
    targets: tuple[str, ...] = ()

    def moved(self, by: int) -> Cite:
        """The mark in a text that has more before it."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Spelled:
    """The text of an element on one line, normalised, with its marks in order."""

    text: str
    cites: tuple[Cite, ...] = ()


def text_of(element: Any, without: tuple[str, ...] = ()) -> str:
    """The text of an element on one line, without hidden parts and citation marks.

    ``without`` names tags whose content is left out. A superscript that links within the page is
    a citation mark; it belongs to no sentence.
    """
    return " ".join("".join(_walked(element, without, [])).split())


def spelled(element: Any, without: tuple[str, ...] = ()) -> Spelled:
    """The text of an element as `text_of` gives it, normalised, with the citation marks in it."""
    found: list[tuple[int, int, Any]] = []
    parts = _walked(element, without, found)
    if not found:
        return Spelled(" ".join("".join(parts).split()))
    ends = [0]
    for one in parts:
        ends.append(ends[-1] + len(one))
    return join("".join(parts), [(ends[a], ends[b], *_said(one)) for a, b, one in found])


def join(raw: str, marks: list[tuple[int, int, str, tuple[str, ...]]]) -> Spelled:
    """A raw text on one line, normalised, with marks that were noted by their raw offsets."""
    clean = normalise(raw)
    there = [one for _, one in clean.breaks]

    def at(offset: int) -> int:
        index = max(0, bisect_right(there, offset) - 1)
        limit = clean.breaks[index + 1][0] if index + 1 < len(there) else len(clean.text)
        return max(0, min(clean.breaks[index][0] + offset - there[index], limit))

    cites = []
    for first, last, said, targets in marks:
        start, end = at(first), at(last)
        if start < end and clean.text[start:end].strip() != " ".join(said.split()):
            continue
        while start == end and start and clean.text[start - 1] == " ":
            start = end = start - 1
        if start:
            cites.append(Cite(start, end, said, targets))
    return Spelled(clean.text, tuple(cites))


def loose_mark(element: Any) -> tuple[str, tuple[str, ...]] | None:
    """What an element reads as and where it leads, where it may be a citation mark."""
    return _said(element) if _may_cite(element) else None


def _walked(element: Any, without: tuple[str, ...], cites: list[tuple[int, int, Any]]) -> list[str]:
    """The pieces of text of an element; notes the numbers of those that a mark begins and ends."""
    parts: list[str] = []
    blocks = block_tags()
    waiting: list[tuple[Any, bool]] = [(element, False)]
    begun: dict[Any, int] = {}
    while waiting:
        one, done = waiting.pop()
        if done:
            if one in begun:
                cites.append((begun.pop(one), len(parts), one))
            parts.append(one.tail or "")
            continue
        if one is not element:
            waiting.append((one, True))
            if _is_left_out(one, without):
                if one.tag == "sup":
                    cites.append((len(parts), len(parts), one))
                continue
            if one.tag in ("sup", "a") and not begun and _may_cite(one):
                begun[one] = len(parts)
        if one.tag in blocks or one.tag == "br":
            parts.append(" ")
        parts.append(one.text or "")
        waiting.extend((child, False) for child in reversed(one))
    return parts


def _is_left_out(one: Any, without: tuple[str, ...]) -> bool:
    if not isinstance(one.tag, str) or one.tag in dropped_tags() or one.tag in without:
        return True
    if one.tag == "sup":
        links = list(one.iter("a"))
        if links and all((link.get("href") or "").startswith("#") for link in links):
            return True
    return bool(one.attrib) and is_hidden(one)


def _may_cite(one: Any) -> bool:
    """Whether an element is a raised number, or a link that may lead to a list on the page."""
    inward = one.tag == "a" and (one.get("href") or "").startswith("#")
    return inward or bool(_NUMBERS.fullmatch(one.text_content().strip()))


def _said(one: Any) -> tuple[str, tuple[str, ...]]:
    """What a mark reads as, and where its links lead."""
    return one.text_content().strip(), tuple(
        href for link in one.iter("a") if (href := link.get("href"))
    )
