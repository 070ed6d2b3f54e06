"""SF013: a dose that cites no source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import for_patients, tells_research
from piamater.checks.sf.words import data, holding, pattern
from piamater.text import Passage

_DOSE = re.compile(
    r"\b(?<!\d[.,])\d[\d.,]{0,15}\s?(?:mg|mcg|micrograms?|µg|g/m2|mg/m2|mg/kg|iu|units?)\b(?!/?(?:dl|l\b|ml))"
    r"|(?<![\d.,])\d[\d.,]{0,15}\s?(?:মিগ্রা|মিলিগ্রাম|মাইক্রোগ্রাম)"
)
_NOT_ADVICE = ("references", "case", "evidence")
_REACH = 1500
"""Characters behind a dose within which a citation of the same paragraph still counts for it."""


def check(page: Page) -> Iterator[Hit]:
    """Doses of a medicine without a citation in or straight behind the passage."""
    known = vocabulary()
    if tells_research(page):
        return
    for one, said in holding(page, _DOSE):
        dose = _DOSE.search(said)
        if (
            dose is None
            or page.cited(one)
            or page.kind(one) in _NOT_ADVICE
            or _trial().search(said)
        ):
            continue
        if not any(
            (concept := known.get(mention.concept)) is not None and concept.type == "drug"
            for mention in page.mentions(one)
        ):
            continue
        if _cited_soon(page, one):
            continue
        start, end = one.start + dose.start(), one.start + dose.end()
        yield Hit(
            start,
            end,
            f"the dose {page.text[start:end]} cites no source",
            "cite the label or guideline that gives this dose, or leave it to the prescriber",
            Severity.ERROR if page.entries and for_patients(page) else Severity.WARNING,
        )


def _cited_soon(page: Page, one: Passage) -> bool:
    section = page.document.sections[one.section]
    starts = [each.start for each in page.citations]
    at = bisect_left(starts, one.end)
    return (
        at < len(starts)
        and starts[at] <= min(one.end + _REACH, section.end)
        and not page.text[one.end : starts[at]].count("\n\n")
    )


@cache
def _trial() -> re.Pattern[str]:
    return pattern(data("medicine_warnings")["trial"])


RULE = Rule(
    "SF013",
    "dose-without-source",
    Severity.ERROR,
    "A dose of a medicine cites no source.",
    "A dose is acted on: one wrong digit harms, and without a source nobody can see it.",
    "PIF TICK criteria: information is based on reliable, up-to-date evidence, https://piftick.org.uk/",
    Example(
        "# Methotrexate\n\n## Dose\n\nAdults take methotrexate 15 mg once a week.\n\nYou can ask "
        "your nurse.[1]\n\n## References\n\n1. Archer B. Doses. https://doi.org/10.1000/182\n"
    ),
    Example(
        "# Methotrexate\n\n## Dose\n\nAdults take methotrexate 15 mg once a week.[1]\n\n"
        "## References\n\n1. Archer B. Doses. https://doi.org/10.1000/182\n"
    ),
    page=check,
    precision=1.0,
    reviewed="7 read of 7: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
