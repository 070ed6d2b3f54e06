"""PL011: people called by their disease, or made its victims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pl.phrases import find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN

_QUOTED = re.compile(r"[“\"‘«]\s?(?:los |las |the )?$")
_SOCIETY = re.compile(
    r" (?:UK|USA|US|EU|International|Australia|Canada|Ireland|Scotland|Wales|Association|Society"
    r"|Trust|Foundation|Network|Anonymous|Alliance|Federation|Institute)\b"
)
"""Behind the words, what makes them a society's name."""


def check(page: Page) -> Iterator[Hit]:
    """Words of the list, on pages for patients and for clinicians alike."""
    for one in find_phrases(page, "person_words", *SHOWN):
        if page.text[one.start].isupper() and _SOCIETY.match(page.text, one.end):
            continue
        if _QUOTED.search(page.text[max(0, one.start - 3) : one.start]):
            continue  # a word that is spoken about, not used
        yield Hit(
            one.start,
            one.end,
            f"“{page.text[one.start : one.end]}” puts the disease before the person",
            f"write: {one.note}",
            None if page.audience == "patient" else Severity.INFO,
        )


RULE = Rule(
    "PL011",
    "person-named-by-disease",
    Severity.WARNING,
    "People are called by their disease, or its victims or sufferers.",
    "A person has a disease and is not the disease; such words keep people from seeking care.",
    "NIH Style Guide, Person-first and Destigmatizing Language, "
    "https://www.nih.gov/nih-style-guide/person-first-destigmatizing-language",
    Example(
        "---\nkind: patient-information\n---\n# Diabetes\n\nDiabetics should have their eyes "
        "tested. If you or someone are suffering from this disease, see a doctor.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Diabetes\n\nPeople with diabetes should have "
        "their eyes tested. A diabetic foot ulcer needs care.\n"
    ),
    page=check,
    precision=0.96,
    reviewed="all 23 findings on MedQuAD, PDQ, 75 JATS articles and five library pages",
)
