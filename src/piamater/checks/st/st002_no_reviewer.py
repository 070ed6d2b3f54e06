"""ST002: a page that names nobody as its reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import is_reviewed_kind
from piamater.checks.rv.people import credits_of


def check(page: Page) -> Iterator[Hit]:
    """No reviewer in the text or the original; papers are reviewed by their journal."""
    if not is_reviewed_kind(page) or page.form != "page" or "reviewedBy" in page.raw:
        return
    if any(one.role == "reviewer" for one in credits_of(page)):
        return
    yield Hit(
        0,
        0,
        "the page names no reviewer",
        "write who reviewed the page, with a qualification, and on what day",
    )


RULE = Rule(
    "ST002",
    "no-reviewer",
    Severity.INFO,
    "Nobody is named as the reviewer of the page.",
    "What one person wrote and nobody read again has the writer's mistakes in it.",
    "HONcode principles, authority: indicate the qualifications of the authors, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example("# Wexford fever\n\nBy Mary Archer, MD.\n\nWexford fever is mild.\n"),
    Example("# Wexford fever\n\nReviewed by Mary Archer, MD.\n\nWexford fever is mild.\n"),
    page=check,
    precision=1.0,
    reviewed="35 on PDQ, by a search for reviewers in them; 3 on five real pages, 2026-11-21",
)
