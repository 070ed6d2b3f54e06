"""RV006: a page that calls itself reviewed and names no reviewer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.people import credits_of

_STATUS = re.compile(
    r"\b(?:medically|clinically) (?:reviewed|verified|approved)\b|\bexpert.reviewed\b"
    r"|^(?:reviewed|verified|approved) (?:content|article|page|information)(?: workflow)?"
    r"|^(?:article )?review status\b|\bdoctor.approved\b"
    r"|\brevisad[oa] (?:medicamente|por (?:medicos|expertos|especialistas))\b"
    r"|^contenido (?:revisado|verificado)\b|চিকিৎসক দ্বারা পর্যালোচিত|পর্যালোচিত (?:নিবন্ধ|তথ্য)",
    re.MULTILINE,
)


_HINTS = ("review", "verified", "approved", "revisad", "verificad", "পর্যালোচিত")


def check(page: Page) -> Iterator[Hit]:
    """Words that say reviewed, on a page on which no reviewer is a person."""
    if page.form == "answer" or "reviewedBy" in page.raw:
        return
    credits = [one for one in credits_of(page) if one.role == "reviewer"]
    if any(one.person for one in credits):
        return
    places = [(one.start, one.end) for one in credits]
    plain = folded(page)
    near = windows(plain, _HINTS, 60, 60)
    places += [match.span() for span in near for match in _STATUS.finditer(plain, *span)]
    if not places:
        return
    start, end = min(places)
    end = _line_end(page.text, start, end)
    yield Hit(
        start,
        end,
        f'"{page.text[start:end]}" claims a review, and no reviewer is named on the page',
        "name the reviewer with a qualification, and the day",
    )


def _line_end(text: str, start: int, end: int) -> int:
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    return min(stop, max(end, start + 100))


RULE = Rule(
    "RV006",
    "status-without-reviewer",
    Severity.WARNING,
    "A review is claimed, and no reviewer is named.",
    "A board or a workflow answers for nothing; a reader must be able to see who read the page.",
    "HONcode principles, authority: indicate the qualifications of the authors, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example(
        "# Wexford fever\n\nAll articles are reviewed for accuracy by our Medical Advisory Board.\n"
    ),
    Example("# Wexford fever\n\nReviewed by Mary Archer, MD, consultant physician.\n"),
    page=check,
    precision=1.0,
    reviewed="all 8: 5 on PDQ, 3 on five real pages, 2026-11-21",
)
