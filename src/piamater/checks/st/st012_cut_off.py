"""ST012: text of the page that stops in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks, folded
from piamater.checks.headings import heading_kind
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.damage import damage
from piamater.text import Form, Mark

_DOTS = re.compile(r"(?<=[\w\u0980-\u09ff])\s?(?:\.\.\.|…)\s*[\"”’)]?\s*$")
_HANGING = re.compile(
    r"\b(?:a|an|the|of|in|on|to|for|with|from|by|and|or|that|which|who|is|are|was|were|be|can|may|"
    r"this|these|its|their|your|as|at|such|including|providing|break|because|when|if|un|una|el|la|"
    r"los|las|de|del|en|con|por|para|que|y|o|se|su|sus|es|son|al|এবং|ও|বা|যে|যা|এই|এর|থেকে|জন্য)"
    r"\s?(?:\.\.\.|…)\s*[\"”’)]?\s*$"
)
_OWN = frozenset({"summary", "definition", "takeaways", "conclusion"})
_SAME = 40
"""Characters in which a cut paragraph begins as another one of the page does."""


def check(page: Page) -> Iterator[Hit]:
    """Paragraphs that end in dots, of the page's own text; and items that stop within a word."""
    for start, end, kind in damage(page):
        if kind == "cut-short":
            last = page.text.rfind(" ", start, end) + 1
            yield Hit(
                last,
                end,
                f'the item stops within a word: "{page.text[max(start, end - 40) : end]}"',
                "put the rest of the sentence back",
            )
    for block in blocks(page):
        if block.heading or block.form in (Form.ROW, None) or block.mark is Mark.REFERENCE:
            continue
        if "..." not in block.text[-8:] and "…" not in block.text[-8:]:
            continue
        match = _DOTS.search(block.text)
        if match is None or not _is_own(page, block):
            continue
        start = max(block.text.rfind(" ", 0, match.start()) + 1, 0)
        yield Hit(
            block.start + start,
            block.start + len(block.text.rstrip()),
            f'the text stops in the middle: "{block.text[-60:].strip()}"',
            "write the sentence to its end; a summary is written, not cut",
        )


def _is_own(page: Page, block: Block) -> bool:
    """Whether a paragraph that ends in dots is the page's own, and no teaser of another page."""
    plain = folded(page)[block.start : block.end]
    if heading_kind(page.document.sections[block.section].heading) in _OWN:
        return True
    if len(plain) > _SAME and folded(page).count(plain[:_SAME]) > 1:
        return True
    section = page.document.sections[block.section]
    return section.mark is Mark.CONTENT and bool(_HANGING.search(plain))


RULE = Rule(
    "ST012",
    "cut-off",
    Severity.WARNING,
    "Text of the page stops in the middle.",
    "What was cut off may be the warning; a reader cannot know.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\n## Summary\n\nWexford fever is a mild fever that is treated with...\n"
    ),
    Example(
        "# Wexford fever\n\n## Summary\n\nWexford fever is a mild fever that is treated with "
        "rest.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="5 findings on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
