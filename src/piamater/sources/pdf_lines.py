"""The lines of a PDF's pages, with the size and weight of their letters, and what they form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end; the lines around it come as one."""

_BULLET = re.compile(r"^\s*(?:[•·▪■‣◦●○➢✓]|[-–](?=\s))\s*|^\s*(?:\(?\d{1,2}[.)]|\[\d{1,3}\])\s+")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s+|página\s+|পৃষ্ঠা\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|of|de)\s*\d+)?$", re.I
)
_LEADERS = re.compile(r"(?:\. ?){5,}\s*\d*$")
_VALUE = re.compile(r":\s*\S")
_STOP = (".", "!", "?", "।", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, page from 1, size in points, whether bold, upper edge in points, font."""

    text: str
    page: int
    size: float
    bold: bool
    top: float
    font: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the file: ``heading``, ``text``, ``item`` or ``running``, and its lines."""

    form: str
    lines: tuple[Line, ...]
    level: int = 0


def page_lines(textpage: Any, number: int) -> list[Line]:
    """The lines of one page, looked at in their first and middle letters."""
    import ctypes

    from pypdfium2 import raw

    text = textpage.get_text_range()
    aligned = len(text) == textpage.count_chars()
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    lines = []
    at = 0
    for part in text.split("\r\n"):
        bare = part.strip()
        if bare:
            start = at + len(part) - len(part.lstrip())
            size, bold, top = 0.0, False, 0.0
            if aligned:
                middle = start + len(bare) // 2
                size = max(raw.FPDFText_GetFontSize(textpage, one) for one in (start, middle))
                top = textpage.get_charbox(start)[3]
                length = raw.FPDFText_GetFontInfo(textpage, start, name, 80, flags)
                said = name.value.decode("latin-1") if 0 < length <= 80 else ""
                weight = raw.FPDFText_GetFontWeight(textpage, start)
                bold = weight >= 600 or "bold" in said.lower()
                lines.append(Line(bare, number, round(size, 1), bold, top, said))
            else:
                lines.append(Line(bare, number, size, bold, top))
        at += len(part) + 2
    return lines


def running_lines(pages: Sequence[list[Line]]) -> frozenset[str]:
    """The lines, digits left out, that head or foot most of the pages."""
    if len(pages) < 2:
        return frozenset()
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({undated(one.text) for n, one in enumerate(page) if _is_edge(n, page)})
    return frozenset(line for line, count in edges.items() if count * 2 > len(pages))


def _is_edge(place: int, page: list[Line]) -> bool:
    """Whether a line is one of the first or last two of a page, or the outermost of a short one."""
    deep = 2 if len(page) >= 8 else 1
    return place < deep or place >= len(page) - deep


def undated(line: str) -> str:
    """A line with its numbers left out."""
    return re.sub(r"\d+", "#", line.strip())


def blocks(pages: Sequence[list[Line]]) -> Iterator[Block]:
    """What the lines form, in reading order; a paragraph may go on over a page's end.

    What runs along on every page, and the lines of a table of contents, come last and once.
    """
    running = running_lines(pages)
    body = _body_size(pages)
    larger = sorted({one.size for page in pages for one in page if one.size > body * 1.1})[::-1]
    waiting: list[Line] = []
    apart: dict[str, Line] = {}
    form = "text"
    for page in pages:
        gap = _usual_gap(page)
        for place, line in enumerate(page):
            edge = _is_edge(place, page)
            ends = edge and (undated(line.text) in running or _PAGE_NUMBER.match(line.text))
            if ends or _LEADERS.search(line.text):
                apart.setdefault(undated(line.text), line)
                continue
            before = waiting[-1] if waiting else None
            bullet = _BULLET.match(line.text)
            level = _level(line, page, place, body, larger, gap)
            if level or bullet or (before and _parts(before, line, gap)):
                if waiting:
                    yield Block(form, tuple(waiting))
                waiting, form = [], "item" if bullet else "text"
            if level:
                yield Block("heading", (line,), level)
            else:
                waiting.append(line)
    if waiting:
        yield Block(form, tuple(waiting))
    for line in apart.values():
        yield Block("running", (line,))


def joined(lines: Sequence[Line], words: frozenset[str]) -> str:
    """Lines as running text; a word cut at a line's end is made whole.

    A hyphen that the word has elsewhere in the file (``words``) is kept.
    """
    text = ""
    for line in lines:
        if text.endswith(("-", "\u00ad")) and line.text[:1].islower():
            text = text[:-1] + HYPHEN + line.text
        else:
            text += f" {line.text}" if text else line.text
    return _CUT.sub(lambda match: _mended(match, words), text).replace(HYPHEN, "-")


def without_bullet(line: Line) -> Line:
    """A line without the mark or number that opens an item."""
    rest = _BULLET.sub("", line.text, count=1)
    return Line(rest, line.page, line.size, line.bold, line.top, line.font)


_CUT = re.compile(rf"(\w+){HYPHEN}\s*(\w+)")


def _mended(match: re.Match[str], words: frozenset[str]) -> str:
    whole, hyphened = match[1] + match[2], f"{match[1]}-{match[2]}"
    keep = hyphened.lower() in words and whole.lower() not in words
    return hyphened if keep or match[1][-1:].isdigit() or match[2][:1].isupper() else whole


def _body_size(pages: Sequence[list[Line]]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _usual_gap(page: list[Line]) -> float:
    """The distance between lines of one paragraph, in points; 0 where there is none to tell.

    Most lines of a page stand within paragraphs; the lower quarter does on any page.
    """
    gaps = sorted(one.top - other.top for one, other in pairwise(page) if one.top > other.top)
    return gaps[len(gaps) // 4] if len(gaps) >= 3 else 0.0


def _level(
    line: Line, page: list[Line], place: int, body: float, larger: list[float], gap: float
) -> int:
    """The level at which a line is a heading; 0 where it is none."""
    text = line.text
    asks = text.endswith("?")
    if len(text) > 120 or not re.search(r"[^\W\d_]{3}", text):
        return 0
    if text.endswith(_STOP) and not (asks and (line.size in larger or line.bold)):
        return 0
    if line.size in larger:
        return min(larger.index(line.size) + 1, 4)
    if _VALUE.search(text) and not line.bold:
        return 0
    first = text.lstrip("0123456789. ")[:1]
    opens = first.isupper() or not (first.islower() or first.isupper())
    after = page[place + 1] if place + 1 < len(page) else None
    prose = after is not None and (len(after.text) > len(text) or after.text.endswith(_STOP))
    if not opens or not prose or after is None or len(text) > 80:
        return 0
    deeper = min(len(larger), 2) + 1
    numbered = _NUMBERED.match(text)
    if numbered:
        deeper += text.split(" ")[0].rstrip(".").count(".")
    if line.bold and not after.bold:
        return min(deeper, 6)
    above = not place or _wide(page[place - 1], line, gap)
    apart = above and (_wide(line, after, gap) or bool(numbered))
    ended = not place or page[place - 1].text.endswith(_STOP) or page[place - 1].size != line.size
    alone = not gap and ended and not after.text[:1].islower() and len(text.split()) <= 8
    return min(deeper, 6) if apart or alone else 0


def _wide(upper: Line, lower: Line, gap: float) -> bool:
    """Whether two lines stand further apart than lines of one paragraph do."""
    return bool(gap) and (upper.top - lower.top > gap * 1.3 or lower.top > upper.top)


def _parts(before: Line, line: Line, gap: float) -> bool:
    """Whether a new paragraph begins at a line."""
    if before.page != line.page:
        return before.text.endswith(_STOP[:5]) or not line.text[:1].islower()
    if gap and before.top - line.top > gap * 1.3:
        return True
    return before.text.endswith((".", "।", "!", "?")) and len(before.text) < 60
