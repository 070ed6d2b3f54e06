"""Places: where in the original a stretch of a page's text stands.

A page's text is what a reader of the format made of the original: tags gone, entities read, marks
of emphasis dropped, white space joined. The two are laid side by side by their letters and digits
alone, block by block, so that a finding can be shown, underlined and mended where it was written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from piamater.checks.markup import Kind, hidden
from piamater.checks.page import Page

MAX_RAW = 8 * 1024 * 1024
"""Originals longer than this (in code points) are not laid beside their text."""
_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".nxml")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLOCK = re.compile(r"[^\n]+")
_KEY = 24
_NEAR = 6_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the original: offsets in code points, lines and columns from 1.

    ``end_column`` is behind the last character. ``exact`` says that the original has, at these
    offsets, the very characters of the page's text.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    exact: bool


class Places:
    """The map from a page's text to its original."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.raw = page.raw if len(page.raw) <= MAX_RAW else ""
        self._starts = [0, *(one.end() for one in _LINE_END.finditer(self.raw))]
        self._ours, self._theirs = _aligned(page, self.raw, self._starts)
        self._order: list[tuple[int, int]] | None = None

    def find(self, start: int, end: int) -> Place | None:
        """Where the original has ``text[start:end]``; none where that cannot be told."""
        if start >= end or not self._ours:
            return None
        wanted = self.page.text[start:end]
        first, behind = bisect_left(self._ours, start), bisect_left(self._ours, end)
        inside = [one for one in self._theirs[first:behind] if one >= 0]
        span = (inside[0], self._with_marks(inside[-1] + 1)) if inside else (0, 0)
        if inside and self.raw[span[0] : span[1]] == wanted:
            return self._place(*span, exact=True)
        exact = self._between(wanted, first, behind)
        if exact is not None:
            return self._place(exact, exact + len(wanted), exact=True)
        return self._place(*span, exact=False) if inside and span[0] < span[1] else None

    def behind(self, offset: int) -> tuple[int, int] | None:
        """The letter of the text that the original has first at or behind an offset of it: where
        it stands in the text, and where in the original; none where nothing more is read.
        """
        if self._order is None:
            pairs = zip(self._theirs, self._ours, strict=True)
            self._order = sorted(one for one in pairs if one[0] >= 0)
        at = bisect_left(self._order, (offset, -1))
        if at == len(self._order):
            return None
        there, here = self._order[at]
        return here, there

    def letters(self, start: int, end: int) -> int:
        """How many letters and digits a stretch of the original has beside its markup."""
        return len(_letters(self.raw[start:end], _kind(self.page.name))[0])

    def edit(self, start: int, end: int) -> Place | None:
        """Where a change of ``text[start:end]`` is made for sure; none where that cannot be told.

        An insertion (``start == end``) stands behind the character before it.
        """
        if start < end:
            place = self.find(start, end)
            return place if place is not None and place.exact else None
        before = self.find(start - 1, start) if start else None
        if before is None or not before.exact:
            return None
        return self._place(before.end, before.end, exact=True)

    def line(self, offset: int) -> int:
        """The line of the original, from 1, at an offset of the page's text."""
        end = min(len(self.page.text), offset + 40)
        found = self.find(offset, max(offset + 1, end)) if offset < end else None
        return found.line if found else self.page.line(offset)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column, both from 1, of an offset of the original."""
        row = bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    def row(self, line: int) -> str:
        """A line of the original without its end; empty where there is no such line."""
        if not 1 <= line <= len(self._starts):
            return ""
        end = self._starts[line] if line < len(self._starts) else len(self.raw)
        return self.raw[self._starts[line - 1] : end].rstrip("\r\n")

    def _place(self, start: int, end: int, *, exact: bool) -> Place:
        return Place(start, end, *self.position(start), *self.position(end), exact)

    def _with_marks(self, end: int) -> int:
        while end < len(self.raw) and unicodedata.category(self.raw[end])[0] == "M":
            end += 1
        return end

    def _between(self, wanted: str, first: int, behind: int) -> int | None:
        """The one place between the neighbours of a stretch where its very words stand."""
        before = reversed(self._theirs[max(0, first - 40) : first])
        low = next((one + 1 for one in before if one >= 0), None)
        high = next((one for one in self._theirs[behind : behind + 40] if one >= 0), None)
        if low is None and high is None:
            return None
        if low is None:
            low = max(0, (high or 0) - _NEAR)
        if high is None:
            high = low + _NEAR
        found = self.raw.find(wanted, low, high)
        if found < 0 or self.raw.find(wanted, found + 1, high) >= 0:
            return None
        return found


def _letters(text: str, kind: Kind) -> tuple[str, array[int]]:
    """The letters and digits of a text in their plainest form, and where each stands."""
    out: list[str] = []
    at = array("l")
    for start, end, said in _pieces(text, kind):
        for number, char in enumerate(said):
            if char.isalnum():
                out.append(char if char < "\x80" else unicodedata.normalize("NFKD", char)[0])
                at.append(start if end - start != len(said) else start + number)
    return "".join(out), at


def _pieces(text: str, kind: Kind) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that are read, each with what it reads as."""
    at = 0
    for start, end, entity in hidden(text, kind):
        if start > at:
            yield at, start, text[at:start]
        if entity:
            yield start, end, html.unescape(text[start:end])
        at = end
    if at < len(text):
        yield at, len(text), text[at:]


def _kind(name: str) -> Kind:
    low = name.lower()
    if low.endswith(_MARKUP):
        return Kind.MARKUP
    return Kind.MARKDOWN if low.endswith((".md", ".markdown")) else Kind.PLAIN


def _aligned(page: Page, raw: str, starts: list[int]) -> tuple[array[int], array[int]]:
    """For every letter of the text its offset, and its offset in the original or -1."""
    ours, theirs = array("l"), array("l")
    if not raw:
        return ours, theirs
    view, view_at = _letters(raw, _kind(page.name))
    hints = _Hints(page, raw, starts)
    body = re.search(r"<body\b", raw, re.IGNORECASE) if _kind(page.name) is not Kind.PLAIN else None
    cursor = bisect_left(view_at, body.start()) if body else 0
    for block in _BLOCK.finditer(page.text):
        said, said_at = _letters(block[0], Kind.PLAIN)
        hint = bisect_left(view_at, hints.at(block.start())) if hints else -1
        found = _found(view, said, cursor, hint)
        matched = _matched(said, view, found) if found >= 0 else array("l", [-1]) * len(said)
        ours.extend(block.start() + one for one in said_at)
        theirs.extend(view_at[one] if one >= 0 else -1 for one in matched)
        last = max(matched, default=-1)
        cursor = last + 1 if last >= 0 else cursor
    return ours, theirs


class _Hints:
    """Where the reader says that the blocks of a page came from, as offsets of the original."""

    def __init__(self, page: Page, raw: str, starts: list[int]) -> None:
        front = re.match(r"---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", raw, re.DOTALL)
        skip = front[0].count("\n") if front and _kind(page.name) is Kind.MARKDOWN else 0
        skip = 0 if page.form == "guide" else skip
        self._from: list[int] = []
        self._at: list[int] = []
        for one in page.document.origins:
            at = -1
            if match := re.match(r"lines? (\d+)", one.locator):
                line = int(match[1]) + skip
                at = starts[line - 1] if 0 < line <= len(starts) else -1
            elif one.locator.startswith("#"):
                at = raw.find(f'id="{one.locator[1:]}"')
            if at >= 0:
                self._from.append(one.start)
                self._at.append(at)

    def __bool__(self) -> bool:
        return bool(self._from)

    def at(self, offset: int) -> int:
        """The offset in the original of the nearest block at or before a place of the text."""
        found = bisect_right(self._from, offset) - 1
        return self._at[found] if found >= 0 else 0


def _found(view: str, said: str, cursor: int, hint: int) -> int:
    """Where a block begins in the view; -1 for nowhere."""
    if not said:
        return -1
    for size in (_KEY, 8):
        key = said[:size]
        places = [hint]
        if hint < 0:
            places = [cursor]
        elif cursor < hint + _NEAR:
            places = [max(cursor, hint), hint]
        for place in places:
            found = view.find(key, place, place + _NEAR + len(key))
            if found >= 0:
                return found
        found = view.find(key)
        if found >= 0 and view.find(key, found + 1) < 0:
            return found
    return -1


def _matched(said: str, view: str, at: int) -> array[int]:
    """For each letter of a block its index in the view, or -1; both go forward together."""
    out = array("l", [-1]) * len(said)
    i, j = 0, at
    while i < len(said):
        if j < len(view) and said[i] == view[j]:
            out[i] = j
            i, j = i + 1, j + 1
            continue
        ahead = view.find(said[i : i + 6], j, j + 600)
        if ahead >= 0:
            j = ahead
            continue
        skipped = next(
            ((k, found) for k in range(1, 40) if i + k + 6 <= len(said)
             and (found := view.find(said[i + k : i + k + 6], j, j + 80)) >= 0),
            None,
        )  # fmt: skip
        if skipped is None:
            break
        i, j = i + skipped[0], skipped[1]
    return out


__all__ = ["Place", "Places"]
