"""ST001: a page that nobody has put a name to."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.people import credits_of

_STRUCTURED = ('"author"', 'name="author"', "citation_author", "dc.creator", "DC.creator")


def check(page: Page) -> Iterator[Hit]:
    """No author in the record or the original, and nobody credited in the text."""
    if page.form == "answer" or page.record.authors:
        return
    if any(one in page.raw for one in _STRUCTURED):
        return
    if any(one.role == "author" or one.person for one in credits_of(page)):
        return
    yield Hit(
        0,
        0,
        "nobody is named as the writer of the page",
        "name the writer or the editorial team, with qualifications",
    )


RULE = Rule(
    "ST001",
    "no-author",
    Severity.INFO,
    "Nobody is named as the author of the page.",
    "A reader judges a page by who wrote it and what they are trained in.",
    "HONcode principles, authority: indicate the qualifications of the authors, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example("# Wexford fever\n\nWexford fever is mild and passes in a week.\n"),
    Example("# Wexford fever\n\nBy Mary Archer, MD.\n\nWexford fever is mild.\n"),
    page=check,
    precision=1.0,
    reviewed="12 of 35 on PDQ; 4 on five real pages, 2026-11-21",
)
