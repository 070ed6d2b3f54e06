"""ST009: headings whose levels leave one out."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.st.st008_empty_section import STRUCTURED
from piamater.text import Mark


def check(page: Page) -> Iterator[Hit]:
    """A heading more than one level below the one before it, in the order of the text."""
    if page.form != "page" or not page.name.lower().endswith(STRUCTURED):
        return
    before = 0
    for section in sorted(page.document.sections, key=lambda one: one.start):
        if not section.path or section.mark is Mark.REFERENCE:
            continue
        if before and section.level > before + 1:
            end = page.text.find("\n", section.start)
            yield Hit(
                section.start,
                end if end >= 0 else section.end,
                f'"{section.heading}" is a heading of level {section.level} under one of level '
                f"{before}",
                f"make it level {before + 1}",
            )
        before = section.level


RULE = Rule(
    "ST009",
    "heading-level-skipped",
    Severity.INFO,
    "The levels of the headings leave one out.",
    "A screen reader's outline of the page has a hole, as if a section were missing.",
    "ACT rules, heading has a non-empty name, and WCAG technique H42, "
    "https://www.w3.org/WAI/standards-guidelines/act/rules/ffd0e9/",
    Example("# Wexford fever\n\n## Treatment\n\nRest.\n\n#### Doses\n\nNone.\n"),
    Example("# Wexford fever\n\n## Treatment\n\nRest.\n\n### Doses\n\nNone.\n"),
    page=check,
    precision=1.0,
    reviewed="the one finding on PDQ, 2026-11-21",
)
