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
from piamater.vocabulary.fold import fold

_DOSE = re.compile(
    r"\b(?<!\d[.,])\d[\d.,]{0,15}\s?(?:mg|mcg|micrograms?|µg|g/m2|mg/m2|mg/kg|iu|units?)\b(?!/?(?:dl|l\b|ml))"
    r"|(?<![\d.,])\d[\d.,]{0,15}\s?(?:মিগ্রা|মিলিগ্রাম|মাইক্রোগ্রাম)"
)
_NOT_ADVICE = ("references", "case", "evidence")
_REACH = 1500
"""Characters behind a dose within which a citation of the same paragraph still counts for it."""


def check(page: Page) -> Iterator[Hit]:
    """Doses of a medicine without a citation in or straight behind the passage."""
    if tells_research(page):
        return
    for one, said in holding(page, _any()):
        dose = _dose(page, one, said)
        if (
            dose is None
            or page.cited(one)
            or page.kind(one) in _NOT_ADVICE
            or _trial().search(said)
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


def _dose(page: Page, one: Passage, said: str) -> re.Match[str] | None:
    """The dose that a passage tells its reader to take, if it does."""
    if counted := _words("count").search(said):
        return counted
    if not _names_a_medicine(page, one, said):
        return None
    strength = _words("strength")
    taken = _words("taken").search(said) is not None
    return next(
        (each for each in _DOSE.finditer(said) if taken or not strength.match(said, each.end())),
        None,
    )


def _names_a_medicine(page: Page, one: Passage, said: str) -> bool:
    """By the vocabulary, or by the ending that its international name has."""
    known = vocabulary()
    return _stems().search(said) is not None or any(
        (concept := known.get(mention.concept)) is not None and concept.type == "drug"
        for mention in page.mentions(one)
    )


@cache
def _any() -> re.Pattern[str]:
    return pattern([_DOSE.pattern, *data("doses")["count"]])


@cache
def _words(name: str) -> re.Pattern[str]:
    return pattern(data("doses")[name])


@cache
def _stems() -> re.Pattern[str]:
    stems = {fold(one) for name in ("en", "es") for one in data("drug_stems")[name]}
    return re.compile(rf"\b[a-z]{{3,}}(?:{'|'.join(sorted(stems))})\b")


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
