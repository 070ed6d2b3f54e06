"""RV003: a page that says when it was reviewed, and not when it will be again."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import is_reviewed_kind, told_dates


def check(page: Page) -> Iterator[Hit]:
    """There is a date of review or update, and none of the next review."""
    dates = told_dates(page)
    last = dates.get("reviewed") or dates.get("updated")
    if not is_reviewed_kind(page) or last is None or "review_due" in dates:
        return
    done = "reviewed" if "reviewed" in dates else "updated"
    yield Hit(
        last.start,
        last.end,
        f"the page was last {done} on {last.iso} and names no day for its next review",
        'write "Next review due: DAY MONTH YEAR", at most three years after the last',
    )


RULE = Rule(
    "RV003",
    "next-review-missing",
    Severity.INFO,
    "The page does not say when it will be reviewed next.",
    "A review that is not planned is forgotten; a reader should see how long a page is "
    "meant to hold.",
    "PIF TICK guide, Finding trusted health information: publication and review dates, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 August 2026\n"),
    Example(
        "# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 August 2026\n\nNext review due: "
        "30 August 2028\n"
    ),
    page=check,
    precision=1.0,
    reviewed="30 of 60 on PDQ; 1 on five real pages, 2026-11-21",
)
