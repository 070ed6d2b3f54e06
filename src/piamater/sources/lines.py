"""Lines: the shape of plain text; what a line is, seen by itself and by what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from piamater.sources.furniture import heading_mark
from piamater.text import Mark

_BULLET = re.compile(r"^(\s*)(?:[•·▪▫‣◦●○■*–—-])\s+(?=\S)")
_NUMBERED = re.compile(r"^(\s*)(?:\(?\d{1,3}[.)]|[০-৯]{1,3}[.।)])\s+(?=\S)")
_LETTERED = re.compile(r"^[a-z][.)]\s+(?=[A-Z])")
_SENTENCE_END = re.compile(r"[.!?।…:;,]['\"”’)\]]*(?:\s*\d{1,3})?$")
_LEADS = re.compile(
    r"\b(?:include|including|are|is|following|consider|incluyen|son|siguientes)\b[^:]*:$",
    re.IGNORECASE,
)
_RULER = re.compile(r"^\s*([-=_*~#+.])(?:\s*\1){2,}\s*$")
_CAPTION = re.compile(
    r"^(?:Figure|Fig\.|Table|Figura|Tabla|চিত্র|সারণি)\s*[\d০-৯]+\s*[.:।]", re.IGNORECASE
)
_LABEL_AT_END = re.compile(r"(?:^|(?<=[.!?])\s+)([A-Z]{4,})$")
MEDICAL = re.compile(
    r"^(?:abstract|summary|introduction|background|methods|results|discussion|overview|resumen|"
    r"introducci[oó]n|resultados|discusi[oó]n)\b|"
    r"\b(?:definition|types?|causes?|symptoms?|signs|diagnos\w*|tests? for|treatments? (?:for|of)|"
    r"non-pharmacological|medications? (?:for|of)|drugs used|surger\w*|preventions?\b.*|"
    r"conclusions?|outlook|prognosis|from the (?:guidelines|research)|case report|complications|"
    r"s[ií]ntomas|causas|tratamiento|diagn[oó]stico|pron[oó]stico|prevenci[oó]n|"
    r"conclusi[oó]n(?:es)?)\b|"
    r"(?:সংজ্ঞা|লক্ষণ|উপসর্গ|কারণ|রোগ নির্ণয়|রোগ নির্ণয়|চিকিৎসা|প্রতিরোধ|উপসংহার)",
    re.IGNORECASE,
)
"""What headings of medical pages say."""

_STOPS = (".", "!", "?", ":", "।")
_LONGEST_HEADING = 90
_LONGEST_ITEM = 140
_WIDEST_WRAP = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text, number from 1, and whether blank lines are around it."""

    text: str
    number: int
    after_blank: bool
    before_blank: bool


def lines_of(text: str) -> list[Line]:
    """The lines of a text, those that were wrapped at a width joined, rulers taken as blank."""
    rows = ["" if _RULER.match(row) else row.rstrip() for row in text.split("\n")]
    joined = _join_wrapped(rows) if _is_wrapped(rows) else list(enumerate(rows, 1))
    found: list[Line] = []
    for at, (number, row) in enumerate(joined):
        if row.strip():
            before = at == 0 or not joined[at - 1][1].strip()
            after = at + 1 == len(joined) or not joined[at + 1][1].strip()
            found.append(Line(row, number, before, after))
    return _mend_labels(found)


def _is_wrapped(rows: list[str]) -> bool:
    """Whether the text was broken at a width: no line is longer, most breaks are mid-sentence."""
    filled = [row for row in rows if row.strip()]
    widest = max((len(row) for row in filled), default=0)
    if not 40 <= widest <= _WIDEST_WRAP:
        return False
    breaks = [
        not row.endswith(_STOPS) and len(row) > 0.6 * widest
        for row, after in pairwise(rows)
        if row.strip() and after.strip() and item_text(after) is None
    ]
    return len(breaks) >= 2 and sum(breaks) >= 0.5 * len(breaks)


def _join_wrapped(rows: list[str]) -> list[tuple[int, str]]:
    widest = max(len(row) for row in rows)
    joined: list[tuple[int, str]] = []
    broken = False
    for number, row in enumerate(rows, 1):
        starts = item_text(row) is not None or _CAPTION.match(row.strip())
        if broken and row.strip() and not starts:
            first, before = joined[-1]
            joined[-1] = (first, f"{before} {row.strip()}")
        else:
            joined.append((number, row))
        continued = joined[-1][1] != row and not row.endswith(_STOPS)
        broken = bool(row.strip()) and (len(row) > 0.6 * widest or continued)
    return joined


def _mend_labels(lines: list[Line]) -> list[Line]:
    """Give a label such as CASE REPORT back its first word where that ends the line before."""
    for at in range(len(lines) - 1):
        one, after = lines[at], lines[at + 1]
        match = _LABEL_AT_END.search(one.text)
        if match and re.match(r"[A-Z]{4,}\b", after.text) and match.start():
            lines[at] = Line(one.text[: match.start()], one.number, one.after_blank, True)
            lines[at + 1] = Line(f"{match[1]} {after.text}", after.number, True, after.before_blank)
    return lines


def item_text(line: str) -> str | None:
    """The text of a marked or numbered list line; None for another line."""
    for pattern in (_BULLET, _NUMBERED):
        if match := pattern.match(line):
            return _LETTERED.sub("", line[match.end() :].strip())
    return None


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a figure or table."""
    return bool(_CAPTION.match(line.strip()))


def is_short_item(line: str) -> bool:
    """Whether an unmarked line can be an item of a list: short, and no sentence."""
    text = line.strip()
    return len(text) <= _LONGEST_ITEM and not text.endswith((".", ":", "?", "!", "।"))


def ends_as_sentence(line: str) -> bool:
    """Whether a line ends with a mark that ends a sentence or goes on with one."""
    return bool(_SENTENCE_END.search(line.strip()))


def is_heading(lines: list[Line], at: int) -> bool:
    """Whether a line is a heading: short, no sentence, apart from what stands around it."""
    line = lines[at]
    text = line.text.strip()
    if (
        len(text) > _LONGEST_HEADING
        or _LEADS.search(text)
        or line.text[:1].isspace()
        or is_caption(text)
    ):
        return False
    if item_text(line.text) is not None:
        return _is_numbered_heading(lines, at)
    if not text[:1].isupper() and not "\u0980" <= text[:1] <= "\u09ff" and text[:1] not in "¿¡":
        return False
    known = heading_mark(text) is not Mark.CONTENT or bool(MEDICAL.match(text))
    alone = line.after_blank or text.endswith(":") or (line.before_blank and " " not in text)
    if known and len(text) <= 60 and alone and not text.endswith((".", "।")):
        return True
    if line.after_blank and text.isupper() and text.isascii() and 4 <= len(text) <= 60:
        return not text.endswith(".") and any(len(word) > 3 for word in text.split())
    return _stands_alone(line, text)


def _stands_alone(line: Line, text: str) -> bool:
    if not (line.after_blank and line.before_blank):
        return False
    return text.endswith(":") or (not _SENTENCE_END.search(text) and len(text.split()) <= 12)


def _is_numbered_heading(lines: list[Line], at: int) -> bool:
    """Whether a numbered line is the heading of a section: alone, with prose after it."""
    line = lines[at]
    text = item_text(line.text) or ""
    return (
        bool(re.match(r"\d", line.text))
        and line.after_blank
        and line.before_blank
        and text[:1].isupper()
        and not _SENTENCE_END.search(text)
        and len(text.split()) <= 8
        and "://" not in text
        and at + 1 < len(lines)
        and item_text(lines[at + 1].text) is None
    )
