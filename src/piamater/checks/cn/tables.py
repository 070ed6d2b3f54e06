"""Tables: the rows and columns of a page's tables, by the words of their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from piamater.checks.page import Page
from piamater.checks.values import plain
from piamater.text import Form, Mark, Passage
from piamater.vocabulary.fold import fold, key

_WORD = re.compile(r"[^\W\d_]{3,}|\b[A-Z]{2,}\b")
_SMALL = frozenset(
    """the and for with from not was were are has had who all any per its than that this los las
    del una uno con por para que mean total number percentage percent median rate value""".split()  # noqa: SIM905
)
_NOTE = re.compile(r"\[[\d,–-]*\]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, those of its row's and column's heads, and its row.

    ``rows`` and ``columns`` are stems of words; ``column`` is the head as it is written.
    """

    text: str
    rows: frozenset[str]
    columns: frozenset[str]
    column: str
    row: str
    passage: Passage
    place: int


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table that stand under a head and behind a name."""

    section: int
    cells: tuple[Cell, ...]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that tell, numbers and small words aside."""
    return frozenset(
        key(one.lower()) for one in _WORD.findall(plain(text)) if fold(one) not in _SMALL
    )


def tables(page: Page) -> Iterator[Table]:
    """The tables of a page with one row of heads whose rows are as wide as it."""
    passages = page.document.passages
    by_head: dict[int, list[Passage]] = {}
    for one in passages:
        if one.form is Form.ROW and one.lead >= 0 and one.mark is Mark.CONTENT:
            by_head.setdefault(one.lead, []).append(one)
    for lead, rows in by_head.items():
        heads = _parts(page.said(passages[lead]))
        split = [(one, _parts(page.said(one))) for one in rows]
        if len(heads) < 2 or any(len(parts) != len(heads) for _, parts in split):
            continue
        if len(set(heads)) < len(heads) or passages[lead].form is not Form.ROW:
            continue
        yield Table(passages[lead].section, tuple(_cells(heads, split)))


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.split("|")]


def _cells(heads: list[str], split: list[tuple[Passage, list[str]]]) -> Iterator[Cell]:
    for passage, parts in split:
        name = _NOTE.sub(" ", parts[0])
        for place in range(1, len(heads)):
            head = _NOTE.sub(" ", heads[place])
            yield Cell(
                parts[place], stems(name), stems(head), heads[place], parts[0], passage, place
            )
