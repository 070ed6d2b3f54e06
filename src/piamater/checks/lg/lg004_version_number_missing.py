"""LG004: a number stands in one version of a sentence and not in the other."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import Unit, aligned
from piamater.checks.lg.compare import differences, listed, quoted, where
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity

_ALIKE = 0.6
"""Likeness from which a figure more is told of; translators explain and write numbers out."""


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Sentences that correspond, one of which has a number more."""
    for one in differences(aligned(original, version), _digits, _all):
        if one.missing and not one.added:
            yield Hit(
                one.pair.start,
                one.pair.end,
                f"this version leaves out {listed(one.missing)}, which the original says: "
                f"{quoted(one.pair.original)}",
                "put the figure in, or take it out of the original too",
            )
        elif len(one.added) == 1 and not one.missing and one.pair.likeness >= _ALIKE:
            start, end = where(one.pair, float(str(one.added[0])))
            yield Hit(
                start,
                end,
                f"{listed(one.added)} is not in the original: {quoted(one.pair.original)}",
                "put the figure in the original too, or take it out here",
                Severity.INFO,
            )


def _digits(unit: Unit) -> frozenset[float]:
    return unit.values.digits - {1.0}


def _all(unit: Unit) -> frozenset[float]:
    return unit.values.all


RULE = Rule(
    "LG004",
    "version-number-missing",
    Severity.WARNING,
    "A number stands in one language version of a sentence and not in the other.",
    "A reader of one language is told less than a reader of another.",
    TRANSLATION_ERRORS,
    twins(
        "Doxycycline cured 85 of 100 patients in 14 days.",
        "La doxiciclina curó a 85 de 100 pacientes en pocos días.",
    ),
    twins(
        "Doxycycline cured 85 of 100 patients in 14 days.",
        "En 14 días, la doxiciclina curó a 85 de 100 pacientes.",
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "all 9 findings on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) "
        "were read: what a newer original added or a translator left out; none on the clean "
        "guides"
    ),
)
