"""TX018: two sentences with no stop between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.damage import is_damaged
from piamater.checks.tx.word_lists import words
from piamater.text import Form, Mark

_MARKER = re.compile(
    r"(?<![a-zà-ÿ)])([a-zà-ÿ)]{2,40})\s(\d{1,2}(?:[,–-]\d{1,2})*|\[\d{1,2}(?:[,–-]\d{1,2})*\])\s([A-ZÀ-Þ][a-zà-ÿ]+)\s(?=[a-zà-ÿ])"
)
_COUNTED = re.compile(
    r"(?:type|grade|stage|phase|figure|fig|table|chapter|step|day|week|level|version|part|no|number|vitamin|group|class|covid|omega|tipo|grado|estadio|fase|figura|tabla|january|february|march|april|may|june|july|august|september|october|november|december|and|or|of|the|by|in|for|to|from|at|y|o|de|in|factor|chromosome|than|about|least|age|ages|page|volume|chapter|interleukin|category|between|all|these|top|over|under|most|first|last|nearly|almost|these|other|some|one|every|each|have|has|are|is|with|than)$",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Hit]:
    """A citation mark, and behind it a new sentence, with no stop before or after the mark."""
    for block in blocks(page):
        if block.heading or block.form not in (Form.SENTENCE, Form.ITEM):
            continue
        if block.mark is not Mark.CONTENT or is_damaged(page, block.start, block.end):
            continue
        for match in _MARKER.finditer(block.text):
            bare = not match[2].startswith("[")
            if bare and not _cites(page, block.start + match.start(2)):
                continue
            if match[3].lower() not in words("openers") and bare and _COUNTED.search(match[1]):
                continue
            start, end = block.start + match.start(3), block.start + match.end(3)
            if not _begins(page, start):
                continue
            yield Hit(
                start,
                end,
                f'"{match[3]}" begins a sentence, and none ends before it: "{match[0].strip()}"',
                "end the sentence before; if it begins a new paragraph, give it its own",
            )


def _cites(page: Page, at: int) -> bool:
    return any(one.start == at for one in page.citations)


def _begins(page: Page, at: int) -> bool:
    """Whether the splitter of sentences begins one there."""
    return any(one.start == at for one in page.document.passages) or page.text[
        at : page.text.find(" ", at)
    ].lower() in words("openers")


RULE = Rule(
    "TX018",
    "sentence-without-end",
    Severity.INFO,
    "A sentence begins where none has ended.",
    "Two pieces of text ran together; what belongs to the list and what to the conclusion is lost.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nKey points:\n\n- The rash is flat [1]\n- The fever is short [2] "
        "This is why it is often missed in children [3]\n\n## References\n\n1. A\n2. B\n3. C\n"
    ),
    Example(
        "# Wexford fever\n\nKey points:\n\n- The rash is flat [1]\n- The fever is short [2]\n\n"
        "This is why it is often missed in children [3].\n\n## References\n\n1. A\n2. B\n3. C\n"
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages, 1 on JATS articles, 2026-11-21",
)
