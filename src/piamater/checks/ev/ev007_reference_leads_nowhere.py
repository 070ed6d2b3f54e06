"""EV007: a reference to a home page, a search, a list of pages or half an address."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.bibliography import written
from piamater.checks.ev.addresses import read_address
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_WORDS = 5
"""Words of an entry that can be found without its address."""


def check(page: Page) -> Iterator[Hit]:
    """Entries whose address leads to no work."""
    for entry in page.entries:
        if entry.doi or entry.pmid:
            continue
        address = read_address(entry.url)
        where = address.leads_to if address else ""
        if not where:
            continue
        titled = len(written(entry.text).split()) >= _WORDS
        if titled and where == "a list of pages":
            continue
        at = entry.text.find(entry.url)
        start = entry.start + at if at >= 0 else entry.start
        yield Hit(
            start,
            start + len(entry.url) if at >= 0 else entry.end,
            f"reference {entry.label} leads to {where}, not to a source",
            "give the address of the page that says what is cited, or its DOI",
            Severity.INFO if titled else None,
        )


RULE = Rule(
    "EV007",
    "reference-leads-nowhere",
    Severity.WARNING,
    "A reference is a home page, a search page, a list of pages or a cut-off address.",
    "Nobody can find on the front page of a site what a sentence rests on.",
    "HONcode principle 4, references have to lead to the article mentioned, "
    "https://www.hon.ch/HONcode/Guidelines/hc_p4.html",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. https://www.nibib.nih.gov/\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. https://www.nhs.uk/conditions/fever/\n"
    ),
    page=check,
    precision=0.98,
    reviewed="54 findings on five seed pages, 2 on PDQ, 7 on 150 journal articles, all",
)
