"""ST010: two sections with one heading."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import fold

SHORTEST = 8
"""Characters of what stands under a heading; a button or a number is no section."""
LEAST = 2
"""Words that a heading has, for which it is no accident that it comes twice."""


def check(page: Page) -> Iterator[Hit]:
    """The second heading in the same words, under the same heading above.

    An archive of answers in XML has the same question several times, each its own page.
    """
    if page.name.lower().endswith(".xml"):
        return
    seen: dict[tuple[str, ...], str] = {}
    sections = {one.start: one for one in page.document.sections}
    some = blocks(page)
    for block, after in zip(some, [*some[1:], None], strict=False):
        if after is None or after.heading or len(after.text) < SHORTEST:
            continue
        section = sections.get(block.start) if block.heading else None
        if section is None or section.mark is Mark.REFERENCE or len(block.text.split()) < LEAST:
            continue
        key = (str(section.level), *section.path[:-1], fold(block.text).strip(" :?"))
        if key in seen:
            yield Hit(
                block.start,
                block.end,
                f'the page has two sections named "{block.text.strip()}"',
                "put them together, or name each by what is in it",
            )
        seen.setdefault(key, block.text)


RULE = Rule(
    "ST010",
    "section-twice",
    Severity.INFO,
    "Two sections have the same heading.",
    "A reader who has read the first passes over the second, and what only it says is lost.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example("# Rash\n\n## Questions to ask\n\nIs it mild?\n\n## Questions to ask\n\nIs it rare?\n"),
    Example("# Rash\n\n## Questions to ask\n\nIs it mild? Is it rare?\n"),
    page=check,
    precision=1.0,
    reviewed="2 findings on five real pages; none on PDQ, 2026-11-21",
)
