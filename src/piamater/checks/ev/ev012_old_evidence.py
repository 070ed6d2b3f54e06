"""EV012: a reference list in which nothing is recent, or nothing dated."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.bibliography import years
from piamater.checks.ev.papers import is_paper
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

YEARS = 10
"""Years after which evidence is old."""
_FEWEST = 3
_DATED = 0.5
"""The share of entries that must carry a year before their ages say anything of the list."""


def check(page: Page) -> Iterator[Hit]:
    """One hit a page, at its newest reference or at its undated list."""
    if page.form != "page" or len(page.entries) < _FEWEST or is_paper(page):
        return
    today = page.settings.today.year
    dated = [
        (max(told), one)
        for one in page.entries
        if (told := [year for year in years(one.text) if year <= today])
    ]
    if not dated:
        yield _undated(page)
        return
    limit = int(page.settings.option("EV012", "years", YEARS))
    newest, entry = max(dated, key=lambda one: one[0])
    if today - newest > limit and len(dated) >= _DATED * len(page.entries):
        yield Hit(
            entry.start,
            entry.end,
            f"the newest of the {len(page.entries)} references is of {newest}, "
            f"{today - newest} years ago",
            "look for a newer guideline or review, and say so where there is none",
        )


def _undated(page: Page) -> Hit:
    first = page.entries[0]
    return Hit(
        first.start,
        first.end,
        f"none of the {len(page.entries)} references carries a year: a reader cannot tell how old "
        "the evidence is",
        "write the year of each source",
        Severity.INFO,
    )


RULE = Rule(
    "EV012",
    "old-evidence",
    Severity.WARNING,
    "All references of a page are old, or none is dated.",
    "Treatments change; a page on old sources may tell what nobody would do today.",
    "DISCERN question 5, is it clear when the information used was produced, as listed at "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC10367510/table/T1",
    Example(
        "# Wexford fever\n\nIt is rare.[1] Doxycycline cures it.[2] A rash is common.[3]\n\n"
        "## References\n\n1. Archer B. Wexford fever. Lancet 1994.\n"
        "2. Moss K. Tick-borne rashes. BMJ 1989.\n3. Lee P. Fever after bites. JAMA 2001.\n"
    ),
    Example(
        "# Wexford fever\n\nIt is rare.[1] Doxycycline cures it.[2] A rash is common.[3]\n\n"
        "## References\n\n1. Archer B. Wexford fever. Lancet 1994.\n"
        "2. Moss K. Tick-borne rashes. BMJ 1989.\n3. Lee P. Fever after bites. JAMA 2024.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 findings on five seed pages and 3 on PDQ, all",
    options=(("years", YEARS, "years after which the newest reference is old"),),
)
