"""TX019: a heading of the page that ran into a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark

WORDS = 3
"""A heading of fewer words also stands in sentences by right."""


def check(page: Page) -> Iterator[Hit]:
    """Words of a heading between a full stop and a capital letter, with no stop of their own."""
    some = blocks(page)
    headings = {
        one.text.strip().rstrip(":").strip()
        for one in some
        if one.heading and len(one.text.split()) >= WORDS and one.text.strip()[-1] not in "?.!।"
    }
    if not headings:
        return
    pattern = re.compile(
        r"(?<=[.!?।]\s)(" + "|".join(sorted(map(re.escape, headings), key=len, reverse=True)) + r")"
        r"\s*:?\s+(?=[A-ZÀ-Þ\u0985-\u09b9])"
    )
    for block in some:
        if block.heading or block.mark is Mark.REFERENCE or block.form is Form.ROW:
            continue
        for match in pattern.finditer(block.text):
            start = block.start + match.start(1)
            yield Hit(
                start,
                start + len(match[1]),
                f'the heading "{match[1]}" stands inside a paragraph',
                "end the paragraph before it; a summary made by cutting the page is no summary",
            )


RULE = Rule(
    "TX019",
    "heading-in-text",
    Severity.WARNING,
    "A heading of the page ran into a paragraph.",
    "A summary cut from the page by a machine mixes headings and sentences, and says nothing.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nIt is a mild fever. Types of Wexford fever Early fever: in spring.\n\n"
        "## Types of Wexford fever\n\nThere are two types of it.\n"
    ),
    Example(
        "# Wexford fever\n\nIt is a mild fever.\n\n## Types of Wexford fever\n\nThere are two.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 findings on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
