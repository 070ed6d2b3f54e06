"""Tables of web pages: their rows as lists of cells, spans written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from piamater.sources.html_text import Spelled, spelled, text_of

_WIDEST = 60


def is_layout(table: Any) -> bool:
    """Whether a table only places things: it says so, or holds headings or other tables."""
    if table.get("role") in ("presentation", "none"):
        return True
    return next(table.iter("h1", "h2", "h3", "nav", "form"), None) is not None or any(
        one is not table for one in table.iter("table")
    )


def rows_of(table: Any) -> Iterator[tuple[Any, list[Spelled], bool]]:
    """The rows of a table: the element, its cells, and whether it is a header row.

    A cell that spans columns or rows is written in each place that it spans, so that every row
    can be read by itself; one that fills its row alone stays alone.
    """
    below: dict[int, tuple[int, Spelled]] = {}
    begun = False
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table or row.getparent().tag == "tfoot":
            continue
        own = [cell for cell in row if cell.tag in ("td", "th")]
        cells = [spelled(own[0])] if len(own) == 1 and not below else _spread(own, below)
        head = row.getparent().tag == "thead" or (
            not begun and bool(own) and all(cell.tag == "th" for cell in own)
        )
        begun = begun or not head
        yield row, cells, head


def notes_of(table: Any) -> Iterator[str]:
    """What stands in the foot of a table: notes to the whole of it."""
    for foot in table.iterchildren("tfoot"):
        for cell in foot.iter("td", "th"):
            if text := text_of(cell):
                yield text


def _spread(own: list[Any], below: dict[int, tuple[int, Spelled]]) -> list[Spelled]:
    """The cells of a row with those that reach into it from above; notes those that go on."""
    cells: list[Spelled] = []
    waiting = list(own)
    while len(cells) < _WIDEST and (waiting or len(cells) in below):
        at = len(cells)
        if at in below:
            left, text = below.pop(at)
            if left > 1:
                below[at] = (left - 1, text)
            cells.append(text)
            continue
        cell = waiting.pop(0)
        text, wide, high = spelled(cell), _number(cell, "colspan"), _number(cell, "rowspan")
        for place in range(at, min(at + wide, _WIDEST)):
            if high > 1:
                below[place] = (high - 1, text)
            cells.append(text)
    return cells


def _number(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdigit() else 1
