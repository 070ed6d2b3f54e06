"""NU017: a range that begins with "between" and does not go on with "and"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER
from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.checks.shown import matches

_MIXED = re.compile(
    rf"\b(?:between (?:about )?{NUMBER}\s?%?(?P<en>\s?-\s?| to )"
    rf"|entre (?:el )?{NUMBER}\s?%?(?P<es>\s?-\s?| a (?:el )?)){NUMBER}"
    r"(?!\s?[%\w]*(?:\s\w+)?\s(?:and|y)\s\d)(?!\d|[.,]\d)"
)
_WORD = {"en": " and ", "es": " y "}


def check(page: Page) -> Iterator[Hit]:
    """Two ways of telling a range in one, as in "between 5 to 10"."""
    for _, match in matches(page, _MIXED):
        language = "en" if match["en"] else "es"
        said = page.text[match.start() : match.end()]
        yield Hit(
            match.start(),
            match.end(),
            f"“{said}” begins a range one way and ends it another",
            f"write it with “{_WORD[language].strip()}”",
            fix=Fix(*match.span(language), _WORD[language]),
        )


RULE = Rule(
    "NU017",
    "range-words-mixed",
    Severity.INFO,
    "A range is told in two ways at once.",
    "A reader who stumbles over a range may take one of its ends for the figure.",
    "Daily Writing Tips, 3 types of errors in treatment of numbers, "
    "http://www.dailywritingtips.com/3-types-of-errors-in-treatment-of-numbers/",
    Example("# Wexford fever\n\nBetween 5 to 10 out of every 100 people have a rash.\n"),
    Example(
        "# Wexford fever\n\nBetween 5 and 10 out of every 100 people have a rash. It lasts 5 to 10 "
        "days, and comes back between 5 to 10 and 20 to 30 days later.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="all 9 findings of 60 PDQ pages, 426 MedQuAD answers and the five pages",
)
