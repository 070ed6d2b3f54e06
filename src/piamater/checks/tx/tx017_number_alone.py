"""TX017: a number that stands alone where its heading or item should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark

_ALONE = re.compile(r"^\s*(?:\d{1,2}|[০-৯]{1,2})[.)]?\s*$")


def check(page: Page) -> Iterator[Hit]:
    """Blocks of text that are a number and nothing else, of which the page has 1 and 2."""
    found = [
        one
        for one in blocks(page)
        if not one.heading
        and one.form in (Form.SENTENCE, Form.ITEM)
        and one.mark is not Mark.REFERENCE
        and _ALONE.match(one.text)
    ]
    if len(found) < LEAST:
        return
    for one in found:
        yield Hit(
            one.start,
            one.end,
            f'"{one.text}" stands alone on its line, apart from what it numbers',
            "set the number before its heading, or number the list by its markup",
        )


LEAST = 2
"""So many numbers alone on their lines are a list that fell apart; one may be a page's number."""

RULE = Rule(
    "TX017",
    "number-alone",
    Severity.INFO,
    "Numbers stand alone, apart from what they number.",
    "A list that fell apart is read aloud as bare numbers between paragraphs.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "Wexford fever\n\nThe fever is mild, and short.\n\n1\n\nWash the rash, and dry it.\n"
        "\n2\n\nRest for a week, at home.\n",
        "page.txt",
    ),
    Example(
        "Wexford fever\n\nThe fever is mild, and short.\n\n1. Wash the rash, and dry it.\n\n"
        "2. Rest for a week, at home.\n",
        "page.txt",
    ),
    page=check,
    precision=1.0,
    reviewed="6 findings on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
