"""ST008: a heading with nothing under it."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark

DEEPEST = 6
"""The deepest heading of HTML; what stands below one of these has the same level."""
STRUCTURED = (".html", ".htm", ".xhtml", ".md", ".markdown", ".docx")
"""Formats that say themselves what is a heading."""


def check(page: Page) -> Iterator[Hit]:
    """A section without text and without sections of its own; not in plain text."""
    if page.form != "page" or not page.name.lower().endswith(STRUCTURED):
        return
    sections = {one.start: one for one in page.document.sections if one.path}
    some = blocks(page)
    for block, after in zip(some, [*some[1:], None], strict=False):
        section = sections.get(block.start)
        if not block.heading or section is None or section.level in (1, DEEPEST):
            continue
        if section.mark is not Mark.CONTENT:
            continue
        below = sections.get(after.start) if after and after.heading else None
        if after is None or (below and below.level <= section.level):
            yield Hit(
                block.start,
                block.end,
                f'nothing stands under the heading "{block.text}"',
                "write the section, or take the heading out",
            )


RULE = Rule(
    "ST008",
    "empty-section",
    Severity.WARNING,
    "A heading has nothing under it.",
    "A reader takes an empty section for an answer: no symptoms, no treatment.",
    "ACT rules, heading has a non-empty name, and WCAG technique H42, "
    "https://www.w3.org/WAI/standards-guidelines/act/rules/ffd0e9/",
    Example("# Wexford fever\n\n## Symptoms\n\n## Treatment\n\nRest for a week.\n"),
    Example("# Wexford fever\n\n## Symptoms\n\nA rash.\n\n## Treatment\n\nRest for a week.\n"),
    page=check,
    precision=1.0,
    reviewed="both findings on PDQ, 2026-11-21",
)
