"""TX001: tags and attributes that a template wrote into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import shown
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.damage import damage

KINDS = {
    "attribute-fragment": "attributes of a tag stand in the text",
    "half-tag": "a piece of a tag stands in the text",
}


_ATTRIBUTE = re.compile(
    r"""(?<![<\w-])(?:class|style|href|id|title|src|rel|target|on(?:click|load)|data-[\w-]{1,40}"""
    r"""|aria-[\w-]{1,40}|alt|width|height|lang|role)\s?=\s?["“'][^"”'\n<>]{0,200}["”']\s*/?>?"""
)


def check(page: Page) -> Iterator[Hit]:
    """Each stretch of markup that a reader sees, entities apart (TX012 has those)."""
    for start, end, kind in _stretches(page):
        said = page.text[start:end]
        if kind in KINDS and not said.startswith("&"):
            shown = said if len(said) <= 60 else f"{said[:40]} ... {said[-15:]}"
            yield Hit(
                start,
                end,
                f"{KINDS[kind]}: {shown}",
                "mend the template that wrote it, and see what words it took away",
            )


def _stretches(page: Page) -> Iterator[tuple[int, int, str]]:
    """What the reader of files found, and single attributes between the words."""
    known = damage(page)
    yield from known
    if "=" not in page.text:
        return
    for one in shown(page):
        for match in _ATTRIBUTE.finditer(page.text, one.start, one.end):
            if not any(start < match.end() and end > match.start() for start, end, _ in known):
                yield match.start(), match.end(), "attribute-fragment"


RULE = Rule(
    "TX001",
    "markup-in-text",
    Severity.ERROR,
    "Tags or attributes stand in the text as words.",
    "The sentence cannot be read, and what the markup replaced is lost.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        'Wexford fever\n\nIt gives pain in the back." data-term="back pain" data-definition="Pain '
        'in the back.">Back pain is common.\n',
        "page.txt",
    ),
    Example("Wexford fever\n\nIt gives pain in the back. Back pain is common.\n", "page.txt"),
    page=check,
    precision=1.0,
    reviewed="5 findings on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
