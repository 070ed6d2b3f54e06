"""ST004: a page whose writers do not say what interests they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_INTERESTS = re.compile(
    r"\b(?:conflicts?|competing|declarations?|declared?|no|financial|other) (?:of )?interests?\b"
    r"|\binterests?\s*(?:declar|statement|[:|])|\bdisclosures?\b|\bdeclares? (?:that )?(?:no"
    r"|they have)\b"
    r"|\bnothing to (?:disclose|declare)\b|\bconflictos? de intere|\btienen intereses\b"
    r"|\bsin intereses\b|\bdeclaracion de intereses\b|\bintereses\s*[:|]|স্বার্থের (?:সংঘাত|দ্বন্দ্ব)"
)
_HINTS = ("interes", "disclos", "declar", "স্বার্থের")
_NEEDED = frozenset(
    {"condition", "medicine", "test", "symptom", "question", "research", "case-report"}
)


def check(page: Page) -> Iterator[Hit]:
    """No word of the writers' interests, on a page that tells readers about health."""
    if page.form != "page" or page.type not in _NEEDED:
        return
    plain = folded(page)
    near = windows(plain, _HINTS, 40, 40)
    if any(_INTERESTS.search(plain, *span) for span in near):
        return
    yield Hit(
        0,
        0,
        "the writers do not say whether they have interests in what the page is about",
        'write the interests of writers and reviewers, or "none"',
    )


RULE = Rule(
    "ST004",
    "no-interests-statement",
    Severity.INFO,
    "The page has no statement of interests.",
    "Whoever is paid by the maker of a treatment sees it with kinder eyes; readers should be told.",
    "HONcode principles, financial disclosure: identify funding sources, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example("# Meningitis\n\nBy Mary Archer, MD.\n\nMeningitis is serious.\n"),
    Example("# Meningitis\n\nMary Archer declares no interests.\n\nMeningitis is serious.\n"),
    page=check,
    precision=1.0,
    reviewed="46 on PDQ, by a search for interests in them; 5 on five real pages, 2026-11-21",
)
