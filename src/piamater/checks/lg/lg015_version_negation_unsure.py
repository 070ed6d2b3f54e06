"""LG015: one version of a sentence seems to deny what the other states."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.lg.contrary import contraries
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Denials on one side that LG006 does not tell."""
    return (one.hit() for one in contraries(original, version) if not one.sure)


RULE = Rule(
    "LG015",
    "version-negation-unsure",
    Severity.WARNING,
    "One language version of a sentence seems to deny what the other states.",
    "A lost “not” turns advice into its contrary; but languages also say a denial in other words, "
    "so a person must look.",
    TRANSLATION_ERRORS,
    twins(
        "The scar of the operation fades in 2 weeks.",
        "La cicatriz de la operación no se borra en 2 semanas.",
    ),
    twins(
        "The scar of the operation fades in 2 weeks.",
        "La cicatriz de la operación se borra en 2 semanas.",
    ),
    versions=check,
    default=False,
    precision=0.07,
    reviewed=(
        "of 5 findings on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) 2 were "
        "true, of 23 on 1,535 sentences of TICO-19 in Spanish and as many in Bangla none; with "
        "LG006 it finds 99 % of planted denials"
    ),
)
