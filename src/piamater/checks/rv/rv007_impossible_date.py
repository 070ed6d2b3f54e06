"""RV007: dates that cannot be: in the future, or in an order that makes no sense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.calendar_days import impossible
from piamater.checks.rv.dates import told_dates

GRACE = 180
"""Days for which a review may come before the publication of what was reviewed."""
PAST = {"published": "published", "updated": "updated", "reviewed": "reviewed"}


def check(page: Page) -> Iterator[Hit]:
    """What has been done has a date that is not to come; the order is publish, review, due."""
    dates = told_dates(page)
    tomorrow = page.settings.today + timedelta(days=1)
    for wrong in impossible(page):
        said = page.text[wrong.start : wrong.end]
        yield Hit(
            wrong.start,
            wrong.end,
            f"“{said}” names a day that no calendar has",
            "write the day on which that was done, or is due",
        )
    for what, done in PAST.items():
        told = dates.get(what)
        if told and told.earliest > tomorrow:
            yield Hit(
                told.start,
                told.end,
                f"the page says it was {done} on {told.iso}, which is still to come",
                "write the day on which that was done",
            )
    for first, then, grace in (("published", "reviewed", GRACE), ("reviewed", "review_due", 0)):
        one, other = dates.get(first), dates.get(then)
        if one is None or other is None or one.earliest > tomorrow:
            continue
        if other.latest + timedelta(days=grace) < one.earliest:
            word = "is due for review" if then == "review_due" else f"was {then}"
            yield Hit(
                other.start,
                other.end,
                f"the page {word} on {other.iso}, before it was {first} on {one.iso}",
                "set the two dates right",
                Severity.WARNING,
            )


RULE = Rule(
    "RV007",
    "impossible-date",
    Severity.ERROR,
    "A date of the page cannot be right.",
    "A date in the future, or a review before the publication, says that the dates are not kept.",
    "HONcode principles, attribution: date medical and health pages, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example("# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 August 2031\n"),
    Example("# Wexford fever\n\nIt is mild.\n\nLast reviewed: 30 August 2026\n"),
    page=check,
)
