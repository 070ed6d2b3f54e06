"""TX013: a mark of punctuation too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import shown
from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.checks.tx.damage import is_damaged
from piamater.text import Form

_DOUBLE = re.compile(
    r"(?<=[\w\u0980-\u09ff)\]])(?:,\s?,+|;;+|(?<!:):\s?:(?!:)(?=\s)|(?<!\.)\.\.(?!\.)(?=\s|$)"
    r"|,\s?\.(?![\d.])(?=\s|$)|,\s?;|;\s?,|;\s?\.(?=\s|$)|।।+|।\s?\.|:\s?\.(?=\s|$))"
)


def check(page: Page) -> Iterator[Hit]:
    """Two marks in a row of which one is meant."""
    for passage in shown(page, Form.SENTENCE, Form.ITEM, Form.CAPTION):
        for match in _DOUBLE.finditer(page.text, passage.start, passage.end):
            said = match.group()
            if is_damaged(page, *match.span()):
                continue
            kept = _kept(said)
            yield Hit(
                match.start(),
                match.end(),
                f'"{said}" is one mark too many',
                f'write "{kept}"',
                fix=Fix(match.start(), match.end(), kept),
            )


def _kept(said: str) -> str:
    """The mark that stays: the one that ends a sentence, else the first."""
    for mark in "?।.":
        if mark in said:
            return mark
    return said[0]


RULE = Rule(
    "TX013",
    "double-punctuation",
    Severity.INFO,
    "Two marks of punctuation stand where one is meant.",
    "Often a word between them was cut out and nobody read the sentence again.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nThe rash is flat,, red and short-lived.\n"),
    Example("# Wexford fever\n\nThe rash is flat, red and short-lived.\n"),
    page=check,
    precision=1.0,
    reviewed="2 on PDQ, 13 on MedQuAD, 2026-11-21",
)
