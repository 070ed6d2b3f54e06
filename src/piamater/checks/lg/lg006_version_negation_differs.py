"""LG006: one version of a sentence denies a word that the other holds and does not deny.

The sure form: English and Spanish, where a word behind the denial stands on both sides. What is
less sure is left to LG015.
"""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.lg.contrary import contraries
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Denials of which the word that is denied stands undenied on the other side."""
    return (one.hit() for one in contraries(original, version) if one.sure)


RULE = Rule(
    "LG006",
    "version-negation-differs",
    Severity.WARNING,
    "One language version of a sentence denies what the other states.",
    "A lost “not” turns advice into its contrary.",
    TRANSLATION_ERRORS,
    twins(
        "Do not take aspirin while you are treated with doxycycline.",
        "Tome aspirina mientras usted recibe el tratamiento con doxiciclina.",
    ),
    twins(
        "Avoid aspirin while you are treated with doxycycline.",
        "No tome aspirina mientras usted recibe el tratamiento con doxiciclina.",
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "2 findings, both true reversals, on 26 unchanged pairs of PDQ summaries (8,926 pairs of "
        "sentences); none on 1,535 sentences of TICO-19 in Spanish, as many in Bangla, and the "
        "clean guides. The sample is small and the words were tuned on it. It tells half of the "
        "planted denials; LG015 tells nearly all others"
    ),
)
