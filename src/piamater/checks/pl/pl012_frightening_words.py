"""PL012: words of war and fear."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.denied import is_denied
from piamater.checks.page import Page
from piamater.checks.pl.phrases import find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, folded, for_patients


def check(page: Page) -> Iterator[Hit]:
    """Words of the list in what speaks to patients, where the sentence does not deny them."""
    if page.audience != "patient":
        return
    text = folded(page.text)
    for one in find_phrases(page, "frightening", *SHOWN):
        if for_patients(page, one.passage) and not is_denied(text, one.start, one.end):
            yield Hit(
                one.start,
                one.end,
                f"“{page.text[one.start : one.end]}” is a picture of {one.note}, not information",
                "say what happens and how often, in plain words",
            )


RULE = Rule(
    "PL012",
    "frightening-words",
    Severity.INFO,
    "A page for patients uses words of war or fear.",
    "Who does not get better has not lost a fight; fear keeps people from reading on.",
    "NHS service manual, how we write: we do not use metaphors, "
    "https://service-manual.nhs.uk/content/how-we-write",
    Example(
        "---\nkind: patient-information\n---\n# Leukaemia\n\nMany children win their battle with "
        "this deadly disease.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Leukaemia\n\nMost children are well five years "
        "after treatment.\n"
    ),
    page=check,
    default=False,
    precision=0.5,
    reviewed="all 6 findings on MedQuAD and PDQ: half are plain ways of speech (the body fights "
    "cancer)",
)
