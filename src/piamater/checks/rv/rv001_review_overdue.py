"""RV001: the day on which a page was to be reviewed has passed."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import told_dates


def check(page: Page) -> Iterator[Hit]:
    """The next review was due before the day of the check, and none has been told since."""
    dates = told_dates(page)
    due = dates.get("review_due")
    if due is None or due.latest >= page.settings.today:
        return
    reviewed = dates.get("reviewed")
    if reviewed and reviewed.earliest > due.latest:
        return
    days = (page.settings.today - due.latest).days
    yield Hit(
        due.start,
        due.end,
        f"the review was due on {due.iso}, {days} days before the day of this check",
        "review the page now and write the new date of review and the next, or take it down",
    )


RULE = Rule(
    "RV001",
    "review-overdue",
    Severity.WARNING,
    "The review of the page is overdue.",
    "A page that is past its own review date may give advice that is no longer right.",
    "PIF TICK guide, Finding trusted health information: publication and review dates, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 Aug 2023\n\nNext review due: 30 "
        "Aug 2026\n"
    ),
    Example(
        "# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 Aug 2025\n\nNext review due: 30 "
        "Aug 2027\n"
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages; 60 PDQ summaries and 4,300 MedQuAD pages name no due "
    "day, 2026-11-21",
)
