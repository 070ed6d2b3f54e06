"""CN002: the abstract or summary gives a figure that the text does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.cn001_abstract_side_differs import ABSTRACTS
from piamater.checks.cn.parts import abstract, said
from piamater.checks.cn.statements import short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.values import plain, values
from piamater.guides.numbers import numbers
from piamater.text import Passage

_FIGURE = re.compile(
    r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)(?=\s?(?:%|per ?cent|por ciento|শতাংশ|mg\b|years?\b|months?\b"
    r"|weeks?\b|days?\b|-year|-month|-week|-day|patients\b|años\b|meses\b|semanas\b|días\b"
    r"|pacientes\b))"
)
_MOST = 3
"""Figures of an abstract that the text may lack before the two are taken for different works."""


def check(page: Page) -> Iterator[Hit]:
    """Figures with a unit in the abstract that stand nowhere behind it, not even rounded."""
    head, body = abstract(page)
    if not head or _long(body) < 2 * _long(head):
        return
    told: set[float] = set()
    for one in (said(page, body), *(page.said(each) for each in page.document.passages
                                    if each.form == "table-row")):  # fmt: skip
        told |= values(one, page.language).all
    hits = [hit for one in head for hit in _missing(page, one, told)]
    if len(hits) <= _MOST:
        yield from hits


def _long(passages: list[Passage]) -> int:
    return sum(one.end - one.start for one in passages)


def _missing(page: Page, passage: Passage, told: set[float]) -> Iterator[Hit]:
    text = plain(page.said(passage))
    for found in _FIGURE.finditer(text):
        value = numbers(found[1])
        if not value or value[0] < 2 or any(abs(value[0] - one) < 0.6 for one in told):
            continue
        yield Hit(
            passage.start + found.start(1),
            passage.start + found.end(1),
            f"the text never says {found[1]}: {short(page.said(passage))}",
            "give the figure in the text with its source, or correct the abstract",
        )


RULE = Rule(
    "CN002",
    "abstract-number-not-in-text",
    Severity.WARNING,
    "The abstract or summary gives a figure that the text does not.",
    "A figure that stands only in the abstract cannot be checked and is often a slip.",
    ABSTRACTS,
    Example(
        "# Wexford fever\n\n## Summary\n\nDoxycycline cures 95% of patients.\n\n## Treatment\n\n"
        "Doxycycline cures 85% of patients who take it for 14 days, and most of them feel well "
        "within a week of the first tablet. The others need a second medicine.\n"
    ),
    Example(
        "# Wexford fever\n\n## Summary\n\nDoxycycline cures 85% of patients.\n\n## Treatment\n\n"
        "Doxycycline cures 85% of patients who take it for 14 days, and most of them feel well "
        "within a week of the first tablet. The others need a second medicine.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "both findings on 80 journal articles were read (12/15 given as 81 %); none on 60 "
        "PDQ summaries, 401 MedQuAD answers, the seed pages and the clean pages"
    ),
)
