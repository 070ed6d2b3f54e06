"""RV011: a date of the page that can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_DATED = re.compile(
    r"\b(?:reviewed|updated|modified|published|review(?: due| date)?|publication date|date of "
    r"publication)(?: on| date)?\s*:?\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b"
)


def check(page: Page) -> Iterator[Hit]:
    """Numbers alone, in English, of which either may be the month, and which differ."""
    if page.language != "en":
        return
    for match in _DATED.finditer(folded(page)):
        first, second = int(match[1]), int(match[3])
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            start = match.start(1)
            yield Hit(
                start,
                match.end(),
                f"{page.text[start : match.end()]} is one day in London and another in New York",
                "write the month as a word",
            )


RULE = Rule(
    "RV011",
    "ambiguous-date",
    Severity.INFO,
    "A date of the page can be read in two ways.",
    "Day first or month first depends on the reader's country; the two are months apart.",
    "W3C quality assurance tips, use an international format for dates, "
    "https://lists.w3.org/Archives/Public/www-qa/2003Aug/0012.html",
    Example("# Wexford fever\n\nIt is mild.\n\nLast reviewed: 05/06/2026\n"),
    Example("# Wexford fever\n\nIt is mild.\n\nLast reviewed: 5 June 2026\n"),
    page=check,
)
