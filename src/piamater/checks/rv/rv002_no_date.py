"""RV002: a page without any date."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import told_dates

DATES = ("published", "updated", "reviewed")


def check(page: Page) -> Iterator[Hit]:
    """Neither the record nor the text says when the page was written, updated or reviewed."""
    if page.form == "answer" or not page.text:
        return
    if not any(one in told_dates(page) for one in DATES):
        yield Hit(
            0,
            0,
            "the page does not say when it was published, updated or reviewed",
            'write "Last reviewed: DAY MONTH YEAR" and when the next review is due',
        )


RULE = Rule(
    "RV002",
    "no-date",
    Severity.WARNING,
    "The page carries no date of publication, update or review.",
    "Medical advice changes; without a date nobody can tell whether a page still holds.",
    "PIF TICK guide, Finding trusted health information: is there a date, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nWexford fever is mild and passes in a week.\n"),
    Example("# Wexford fever\n\nWexford fever is mild.\n\nLast reviewed: 30 August 2026\n"),
    page=check,
    precision=1.0,
    reviewed="30 of 1,467 on MedQuAD, whose extracts carry no dates; 2 on five real pages, "
    "2026-11-21",
)
