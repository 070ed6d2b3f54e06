"""NU005: natural frequencies with different denominators side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from piamater.checks.nu.figures import Share, page_frequencies, page_percentages
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import for_patients
from piamater.text import Passage

_RARE = 1000
_NEAR = 200
"""Code points between two frequencies that a reader will compare."""


def check(page: Page) -> Iterator[Hit]:
    """Neighbouring frequencies of one section out of different numbers, not in brackets of a %."""
    if page.audience != "patient":
        return
    told = {share.end for _, share in page_percentages(page)}
    found = [
        (passage, share)
        for passage, share in page_frequencies(page)
        if for_patients(page, passage) and told.isdisjoint(range(share.start - 4, share.start))
    ]
    for (before, first), (passage, second) in pairwise(found):
        if second.start - first.end < _RANGE and _OPEN.search(
            page.text[max(0, first.start - 10) : first.start]
        ):
            continue
        if before.section == passage.section and _differ(first, second, before, passage):
            one, other = page.text[first.start : first.end], page.text[second.start : second.end]
            yield Hit(
                first.start,
                second.end,
                f"“{one}” and “{other}” are out of different numbers of people",
                f"tell both out of every {_common(first, second)} people",
                Severity.WARNING if before is passage else None,
            )


_OPEN = re.compile(r"\b(?:[Bb]etween|[Ee]ntre|[Ff]rom) $")
"""Before a range of two frequencies: between 1 in 10 and 1 in 5."""
_RANGE = 8
"""Code points between the ends of a range."""


def _differ(first: Share, second: Share, before: Passage, passage: Passage) -> bool:
    if first.whole == second.whole or (before is not passage and _are_rare(first, second)):
        return False
    return before is passage or second.start - first.end < _NEAR


def _are_rare(first: Share, second: Share) -> bool:
    """Whether both are of thousands, as two rare harms told one after the other are."""
    return min(first.whole, second.whole) >= _RARE


def _common(first: Share, second: Share) -> str:
    low = min(first.low, second.low)
    return "100" if low >= 1 else "1,000" if low >= 0.1 else "10,000"


RULE = Rule(
    "NU005",
    "mixed-denominators",
    Severity.INFO,
    "Two frequencies that a reader compares are out of different numbers of people.",
    "Many readers take 1 in 20 for more than 10 in 100, because 20 is less than 100.",
    "NICE patient experience guideline as told by NASGP: make the denominators equal, "
    "https://www.nasgp.org.uk/resource/patient-experience-in-adult-nhs-services/",
    Example(
        "---\nkind: patient-information\n---\n# Headache\n\nAfter the test 1 in 20 people have a "
        "headache, and 3 in 100 people are sick.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Headache\n\nAfter the test 5 in 100 people have a "
        "headache, and 3 in 100 people are sick.\n"
    ),
    page=check,
    precision=0.92,
    reviewed="all 12 findings in 701 MedQuAD answers; wrong: frequencies that nobody compares",
)
