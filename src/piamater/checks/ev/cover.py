"""Cover: which passages a citation speaks for, beyond the one that carries it.

A marker at the end of a paragraph speaks for the sentences before it in that paragraph; the marker
of the sentence that opens a list, or of a table's head or caption, for the items and rows.
"""

from __future__ import annotations

import re
from itertools import groupby, islice

from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.text import Form

_BY_NAME = re.compile(
    r"\((?:[^()\d]{0,40}\s)?[A-Z\u00c0-\u00de][^()\d]{2,60}?,? (?:1[89]|20)\d\d[a-z]?\b"
    r"[^()]{0,200}\)"
    r"|\b[A-Z][\w'-]+ (?:et al\.?|(?:and|&|y) [A-Z][\w'-]+) \((?:1[89]|20)\d\d[a-z]?\)"
)
_FEWEST = 3


@remembered
def cites_by_name(page: Page) -> bool:
    """Whether the text cites by author and year, ``(Archer et al. 2021)``: three times or more."""
    body = page.text[: page.entries[0].start] if page.entries else page.text
    return len(list(islice(_BY_NAME.finditer(body), _FEWEST))) == _FEWEST


@remembered
def covered(page: Page) -> frozenset[int]:
    """The starts of the passages that a citation speaks for."""
    passages = page.document.passages
    own = [bool(page.cited(one)) for one in passages]
    found = {one.start for one, cites in zip(passages, own, strict=True) if cites}
    for some in _paragraphs(page):
        last = max((place for place, number in enumerate(some) if own[number]), default=-1)
        found.update(passages[number].start for number in some[: last + 1])
    for one in passages:
        if one.lead >= 0 and passages[one.lead].start in found:
            found.add(one.start)
    return frozenset(found | _tables(page, own))


def _tables(page: Page, own: list[bool]) -> set[int]:
    """The rows and captions of tables that cite anywhere."""
    found: set[int] = set()
    shaped = (Form.ROW, Form.CAPTION)
    numbers = range(len(own))
    passages = page.document.passages
    for is_table, some in groupby(numbers, lambda one: passages[one].form in shaped):
        table = list(some)
        if is_table and any(own[one] for one in table):
            found.update(passages[one].start for one in table)
    return found


def _paragraphs(page: Page) -> list[list[int]]:
    """The numbers of the passages, by paragraph."""
    passages = page.document.passages
    lines: list[int] = []
    line = at = 0
    for one in passages:
        line += page.text.count("\n", at, one.start)
        at = max(at, one.start)
        lines.append(line)
    return [list(some) for _, some in groupby(range(len(passages)), lambda one: lines[one])]
