"""NU003: a word for a frequency, with no number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, for_patients, matches

_VAGUE = re.compile(
    r"\b(?<!more )(?<!most )(?<!less )(?<!least )(?<!mas )(?<!menos )(?:(?:very |extremely "
    r"|quite |fairly |un)?common|(?:very |extremely )?rare(?:ly)?|uncommon|infrequent"
    r"|frequent(?:ly)?"
    r"|(?:muy |poco )?(?:frecuentes?|comun(?:es)?)|(?:muy )?rar[oa]s?|rara vez)\b(?! (?:cold"
    r"|sense|name|disease|type|form|cause|bile))"
    r"|(?:খুব )?(?:বিরল|সাধারণ|কদাচিৎ)"
)


def check(page: Page) -> Iterator[Hit]:
    """Vague words in sentences without any number."""
    if page.audience != "patient":
        return
    text = folded(page.text)
    for passage, match in matches(page, _VAGUE):
        said = text[passage.start : passage.end]
        numbered = re.search(
            r"\d|\b(?:one|two|three|half|quarter|third) (?:in|of)",
            re.sub(r"\[[\d, -]+\]", "", said),
        )
        if not numbered and for_patients(page, passage):
            yield Hit(
                match.start(),
                match.end(),
                f"“{page.text[match.start() : match.end()]}” has no number beside it",
                "add how many people of how many, where that is known",
            )


RULE = Rule(
    "NU003",
    "vague-frequency",
    Severity.INFO,
    "A word such as rare or common stands without a number.",
    "Readers take rare and common for anything between 1 and 60 of 100 people.",
    "Patient Information Forum, communicating benefits, risks and uncertainties: numbers not "
    "words, "
    "https://pifonline.org.uk/resources/how-to-guides/communicating-benefits-risks-and-uncertainties/",
    Example("---\nkind: patient-information\n---\n# Rash\n\nA rash is a common side effect.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Rash\n\nA rash is a common side effect: 5 out of "
        "every 100 people get it.\n"
    ),
    page=check,
    default=False,
    precision=0.45,
    reviewed="20 of 1014 findings in 701 MedQuAD answers: a stock sentence, or nothing known to "
    "add",
)
