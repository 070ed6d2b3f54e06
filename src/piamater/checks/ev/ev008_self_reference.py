"""EV008: a page that cites its own site as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.ev.addresses import read_address
from piamater.checks.ev.words import folded, passage_at
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark

_SHARED = frozenset(
    {"nih.gov", "nhs.uk", "who.int", "cdc.gov", "doi.org", "github.io", "europa.eu", "gov.uk",
     "canada.ca", "usa.gov", "hhs.gov", "cochrane.org", "nice.org.uk", "cancer.gov"}
)  # fmt: skip
"""Sites of many houses, or whose pages are themselves reviewed sources."""


def check(page: Page) -> Iterator[Hit]:
    """Entries whose site is the page's own: by its address, or by the name that it goes by."""
    own = read_address(page.record.url)
    for entry in page.entries:
        address = read_address(entry.url)
        if address is None or address.site in _SHARED or entry.doi or entry.pmid:
            continue
        if (own and own.site == address.site) or _names_itself(page, address.site):
            yield _hit(entry, address.site)


def _names_itself(page: Page, site: str) -> bool:
    """Whether the page's furniture, not its references, goes by the name of a site."""
    text = folded(page.text)
    at = text.find(site)
    while at >= 0:
        found = passage_at(page, at)
        if found is not None and found.mark is Mark.FURNITURE:
            return True
        at = text.find(site, at + 1)
    return False


def _hit(entry: Entry, site: str) -> Hit:
    return Hit(
        entry.start,
        entry.end,
        f"reference {entry.label} is a page of {site}, the site that this page belongs to",
        "cite the work that the other page rests on; link the page itself under further reading",
    )


RULE = Rule(
    "EV008",
    "self-reference",
    Severity.WARNING,
    "A page cites its own site as evidence.",
    "Who made the page is no source for it: the reader goes in a circle.",
    "DISCERN question 4, sources other than the author or producer, "
    "http://www.discern.org.uk/question_4.php",
    Example(
        '<html><head><title>Wexford fever</title><link rel="canonical" '
        'href="https://www.feverpages.example/wexford"></head><body><main><h1>Wexford fever</h1>'
        "<p>Doxycycline cures the fever.[1]</p><h2>References</h2><ol>"
        "<li>https://feverpages.example/drugs/doxycycline</li></ol></main></body></html>",
        "page.html",
    ),
    Example(
        '<html><head><title>Wexford fever</title><link rel="canonical" '
        'href="https://www.feverpages.example/wexford"></head><body><main><h1>Wexford fever</h1>'
        "<p>Doxycycline cures the fever.[1]</p><h2>References</h2><ol>"
        "<li>https://www.nhs.uk/medicines/doxycycline/</li></ol></main></body></html>",
        "page.html",
    ),
    page=check,
)
