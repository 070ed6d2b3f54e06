"""PL009: whole sentences in capitals."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, patient_passages

_WORDS, _LONG, _SHARE = 4, 3, 0.85
"""Words in capitals, of how many letters, and what share of a passage's letters they make."""


_ORDINARY = 3
"""How many of those are longer, so that a list of abbreviations is no shouting."""
_MARKS = ".,;:!?()[]"


def check(page: Page) -> Iterator[Hit]:
    """Sentences and items whose letters are nearly all capitals."""
    for one in patient_passages(page, *SHOWN):
        said = page.said(one)
        if said.islower() or sum(map(str.isupper, said)) < _WORDS * _LONG:
            continue
        letters = [char for char in said if char.isalpha()]
        words = [word for word in said.split() if word.isupper() and len(word) >= _LONG]
        ordinary = [one for one in words if len(one.strip(_MARKS)) > _LONG]
        if len(ordinary) < _ORDINARY:
            continue
        if len(words) >= _WORDS and sum(map(str.isupper, letters)) >= _SHARE * len(letters):
            yield Hit(
                one.start,
                one.end,
                "this is written in block capitals",
                "write it in ordinary letters; put what matters first, or under a heading",
            )


RULE = Rule(
    "PL009",
    "block-capitals",
    Severity.WARNING,
    "A sentence for patients is written in block capitals.",
    "Words in capitals have no shape, so they are read slowly, and they seem to shout.",
    "NHS service manual, formatting and punctuation, "
    "https://service-manual.nhs.uk/content/formatting-and-punctuation",
    Example(
        "---\nkind: patient-information\n---\n# Rash\n\nCALL AN AMBULANCE IF THE RASH DOES NOT "
        "FADE.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Rash\n\nCall an ambulance if the rash does not "
        "fade. An MRI or CT scan may follow.\n"
    ),
    page=check,
)
