"""PL008: Latin abbreviations on a patient page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pl.phrases import find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import for_patients

_CITATION = re.compile(r"\b(?:19|20)\d\d\s?[;:]|\d+\(\d+\)|\d+:\d+")


def check(page: Page) -> Iterator[Hit]:
    """Every Latin abbreviation in what speaks to patients."""
    if page.audience != "patient":
        return
    for one in find_phrases(page, "latin_abbreviations"):
        said = page.text[one.start : one.end]
        cited = _CITATION.search(page.said(one.passage))
        if for_patients(page, one.passage) and not said.isupper() and not cited:
            yield Hit(
                one.start,
                one.end,
                f"“{said}” is a Latin abbreviation",
                f"write: {one.note}",
            )


RULE = Rule(
    "PL008",
    "latin-abbreviation",
    Severity.INFO,
    "A page for patients uses a Latin abbreviation.",
    "Many readers mix up e.g. and i.e., and screen readers spell them out letter by letter.",
    "Federal Plain Language Guidelines: avoid foreign and technical jargon, minimize "
    "abbreviations, "
    "https://docslib.org/doc/13911711/I-Thinking-About-Your-Audience",
    Example("---\nkind: patient-information\n---\n# Pain\n\nTake a painkiller, e.g. ibuprofen.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Pain\n\nTake a painkiller, for example ibuprofen.\n"
    ),
    page=check,
    precision=0.93,
    reviewed="30 of 44 findings in 701 MedQuAD answers; wrong: authors of papers",
)
