"""LG003: a number of the original is another one in the version."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import Unit, aligned
from piamater.checks.lg.compare import Difference, differences, listed, quoted, where
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity

_ALIKE = 0.32
"""Likeness under which another count of figures is another sentence."""


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Sentences that correspond, each with a number that the other has not."""
    pairs = aligned(original, version)
    seen = set()
    for one in differences(pairs, _digits, _all):
        if one.missing and one.added and _sure(one):
            seen.add(one.pair.start)
            yield _hit(one)
    for one in differences(pairs, _words, _all):
        if one.missing and one.added and one.pair.start not in seen:
            yield _hit(one)


def _sure(one: Difference) -> bool:
    """Whether the sentences are alike, or differ figure for figure."""
    return one.pair.likeness >= _ALIKE or len(one.missing) == len(one.added)


def _digits(unit: Unit) -> frozenset[float]:
    return unit.values.digits - {1.0}


def _words(unit: Unit) -> frozenset[float]:
    found = unit.values
    return frozenset(one for one in found.words | found.digits if 2 <= one <= 12)


def _all(unit: Unit) -> frozenset[float]:
    return unit.values.all


def _hit(one: Difference) -> Hit:
    start, end = where(one.pair, float(str(one.added[0])))
    return Hit(
        start,
        end,
        f"this version says {listed(one.added)} where the original says {listed(one.missing)}: "
        f"{quoted(one.pair.original)}",
        "compare both with the source and put the same figures in all versions",
    )


RULE = Rule(
    "LG003",
    "version-number-differs",
    Severity.ERROR,
    "A number differs between a page and its version in another language.",
    "Two readers of one page would be told different facts; one of them is wrong.",
    TRANSLATION_ERRORS,
    twins(
        "Doxycycline cured 85 of 100 patients in 14 days.",
        "La doxiciclina curó a 58 de 100 pacientes en 14 días.",
    ),
    twins(
        "Doxycycline cured 85 of 100 patients in 14 days.",
        "La doxiciclina curó a 85 de 100 pacientes en catorce días.",
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "all 10 findings on 26 unchanged pairs of PDQ summaries, and the clean guides in "
        'three languages, were read: figures of an older version, and "7 to 5" lymph nodes in '
        "an English table"
    ),
)
