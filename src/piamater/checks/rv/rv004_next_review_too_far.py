"""RV004: the next review is planned later than a page about health can wait."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import is_reviewed_kind, told_dates, years_after

YEARS = 3.0


def check(page: Page) -> Iterator[Hit]:
    """From the last review (or update, or today) to the next there are more years than that."""
    dates = told_dates(page)
    due = dates.get("review_due")
    if due is None or not is_reviewed_kind(page):
        return
    last = dates.get("reviewed") or dates.get("updated") or dates.get("published")
    since = last.latest if last else page.settings.today
    years = page.settings.option("RV004", "years", YEARS)
    if due.earliest > years_after(since, years):
        away = (due.earliest - since).days / 365.25
        yield Hit(
            due.start,
            due.end,
            f"the next review, {due.iso}, is {away:.1f} years after {since.isoformat()}",
            f"plan it within {years:g} years, sooner where treatment changes fast",
        )


RULE = Rule(
    "RV004",
    "next-review-too-far",
    Severity.WARNING,
    "The next review is planned too late.",
    "Information about health is to be looked at again at least every three years.",
    "PIF TICK guide, Finding trusted health information: at least every three years, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 Aug 2026\n\nNext review due: 30 "
        "Aug 2036\n"
    ),
    Example(
        "# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 Aug 2026\n\nNext review due: 30 "
        "Aug 2029\n"
    ),
    page=check,
    options=(("years", YEARS, "the most years between two reviews"),),
)
