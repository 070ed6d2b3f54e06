"""RV008: the last review is years ago, and no next one is planned."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import is_reviewed_kind, told_dates, years_after

YEARS = 3.0


def check(page: Page) -> Iterator[Hit]:
    """The latest date of the page is older than the years that a page may stand unread."""
    dates = told_dates(page)
    done = [dates[one] for one in ("reviewed", "updated", "published") if one in dates]
    if not done or "review_due" in dates or not is_reviewed_kind(page):
        return
    last = max(done, key=lambda one: one.latest)
    years = page.settings.option("RV008", "years", YEARS)
    if years_after(last.latest, years) < page.settings.today:
        ago = (page.settings.today - last.latest).days / 365.25
        yield Hit(
            last.start,
            last.end,
            f"the latest date of the page, {last.iso}, is {ago:.1f} years ago",
            "review the page, and write when it was reviewed and when it will be next",
        )


RULE = Rule(
    "RV008",
    "reviewed-long-ago",
    Severity.WARNING,
    "The page was last reviewed too long ago.",
    "Information about health is to be looked at again at least every three years.",
    "PIF TICK guide, Finding trusted health information: at least every three years, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nIt is mild.\n\nLast updated: 4 May 2019\n"),
    Example("# Wexford fever\n\nIt is mild.\n\nLast updated: 4 May 2025\n"),
    page=check,
    precision=1.0,
    reviewed="30 of 60 on PDQ, which is old on purpose, 2026-11-21",
    options=(("years", YEARS, "the most years that a page may stand without a review"),),
)
