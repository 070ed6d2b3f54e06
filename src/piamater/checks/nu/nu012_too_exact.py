"""NU012: decimals that a patient has no use for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import page_percentages
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, for_patients
from piamater.text import Form

_NEEDED = re.compile(
    r"confidence|\bci\b|\bic\b|interval|a1c|hba1c|level|glucose|glucosa|solution|saline|cream"
    r"|ointment|gel\b|alcohol|hemoglobin|haemoglobin|fluoride|solucion|crema"
)
_LARGE = 2.0


def check(page: Page) -> Iterator[Hit]:
    """Percentages of patient pages from 2 % on that are told with decimals."""
    if page.audience != "patient":
        return
    for passage, share in page_percentages(page):
        if not share.decimals or share.low < _LARGE or passage.form is Form.ROW:
            continue
        said = folded(page.text)[passage.start : passage.end]
        if for_patients(page, passage) and not _NEEDED.search(said):
            yield Hit(
                share.start,
                share.end,
                f"“{page.text[share.start : share.end]}” is more exact than a patient can use",
                f"round it: about {share.high:.0f} out of every 100",
            )


RULE = Rule(
    "NU012",
    "too-exact",
    Severity.INFO,
    "A page for patients tells a percentage with decimals.",
    "Decimals make a number hard to read and more certain than it is.",
    "CDC Clear Communication Index, numbers familiar to the audience, "
    "https://cdc.gov/ccindex/widget.html",
    Example("---\nkind: patient-information\n---\n# Lung cancer\n\n26.48% of people have it.\n"),
    Example("---\nkind: patient-information\n---\n# Lung cancer\n\nAbout 26% of people have it.\n"),
    page=check,
    precision=1.0,
    reviewed="all 4 findings on MedQuAD, 12 of 16 on the starter guides: a small sample",
)
