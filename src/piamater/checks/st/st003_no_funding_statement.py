"""ST003: a page that does not say who paid for it."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_FUNDING = (
    "funding", "funded", "funder", "sponsor", "paid for", "paid by", "financed",
    "financial support",
    "grant from", "grants from", "supported by", "financiaci", "financiad", "patrocin", "subvenci",
    "অর্থায়ন", "অর্থায়ন", "পৃষ্ঠপোষক",
)  # fmt: skip
_STRUCTURED = ('"funder"', '"sponsor"', '"funding"')


def check(page: Page) -> Iterator[Hit]:
    """No word of funding in the text or the original."""
    if page.form != "page" or not page.text:
        return
    plain = folded(page)
    if any(one in plain for one in _FUNDING) or any(one in page.raw for one in _STRUCTURED):
        return
    yield Hit(
        0,
        0,
        "the page does not say who paid for it",
        'write who funded the page, or "no outside funding"',
    )


RULE = Rule(
    "ST003",
    "no-funding-statement",
    Severity.INFO,
    "The page does not say who paid for it.",
    "Who pays for a page may gain from what it says; the reader should know.",
    "HONcode principles, financial disclosure: identify funding sources, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example("# Wexford fever\n\nBy Mary Archer, MD.\n\nWexford fever is mild.\n"),
    Example("# Wexford fever\n\nFunding: none.\n\nWexford fever is mild.\n"),
    page=check,
    precision=1.0,
    reviewed="34 on PDQ, by a search for funders in them; 4 on five real pages, 2026-11-21",
)
