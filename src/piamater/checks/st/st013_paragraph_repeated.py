"""ST013: a paragraph that stands on the page more than once."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks, folded
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark

LEAST = 60
"""Characters of a sentence that is not said twice by accident."""
SHARE = 0.6
"""The share of a paragraph that must have stood before for the paragraph to be a repeat."""


def check(page: Page) -> Iterator[Hit]:
    """Paragraphs most of whose words stand in the opening or a summary, sentence for sentence."""
    first: dict[str, Block] = {}
    plain = folded(page)
    opening = OPENING * len(plain)
    for block in blocks(page):
        if block.heading or block.form is not Form.SENTENCE:
            continue
        if block.mark in (Mark.REFERENCE, Mark.DAMAGE):
            continue
        said = [(one, plain[one.start : one.end]) for one in block.passages]
        again = [(one, first[words]) for one, words in said if words in first]
        length = sum(one.end - one.start for one, _ in again)
        if len(again) >= SENTENCES and length >= SHARE * len(block.text):
            before = again[0][1]
            yield Hit(
                again[0][0].start,
                again[-1][0].end,
                f"{len(again)} sentences of this paragraph stand word for word in one before it: "
                f'"{before.text[:50]}"',
                "say it once; let a summary sum up",
            )
        for _, words in said:
            if len(words) >= LEAST and (block.start <= opening or _sums_up(page, block)):
                first.setdefault(words, block)


def _sums_up(page: Page, block: Block) -> bool:
    return page.kinds[block.section] in ("summary", "takeaways", "conclusion")


OPENING = 0.15
"""The share of a page in which its opening words stand; notices repeat further on by right."""
SENTENCES = 2
"""Sentences that must be the same: single ones are repeated on purpose."""

RULE = Rule(
    "ST013",
    "paragraph-repeated",
    Severity.INFO,
    "A paragraph stands on the page word for word more than once.",
    "A reader takes the second for new, and gives up before what is.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example(
        "# Rash\n\nWexford fever is a mild fever that people catch from ticks in spring. It passes "
        "by itself within a week, and nobody needs medicine for it.\n\n## Definition\n\nWexford "
        "fever is a mild fever that people catch from ticks in spring. It passes by itself "
        "within a "
        "week, and nobody needs medicine for it.\n"
    ),
    Example(
        "# Rash\n\nWexford fever is a mild fever that people catch from ticks in spring. It passes "
        "by itself within a week, and nobody needs medicine for it.\n\n## Treatment\n\nRest.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="12 of 46 on MedQuAD; 3 on five real pages, 2026-11-21",
)
