"""LG006: one version of a sentence denies what the other states."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import Pair, Unit, aligned
from piamater.checks.denials import Denial, denial, denies_alone
from piamater.checks.lg.compare import comparable, quoted
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity

_ALONE = 4


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Sentences that correspond, one of which denies something and the other nothing."""
    pairs = aligned(original, version)
    for one, fit in zip(pairs, comparable(pairs, _ALONE), strict=True):
        if not fit:
            continue
        first, second = _denial(one.original), _denial(one.version)
        if denies_alone(second, first):
            start, end = _place(one, second)
            yield _hit(start, end, "denies something here", "does not", one)
        elif denies_alone(first, second):
            yield _hit(one.start, one.end, "denies nothing here", "does", one)


def _denial(some: tuple[Unit, ...]) -> Denial:
    return denial("\n".join(one.text for one in some), some[0].language)


def _place(pair: Pair, found: Denial) -> tuple[int, int]:
    low, high = found.hard[0]
    for unit in pair.version:
        if high <= len(unit.text):
            return unit.start + low, unit.start + high
        low, high = low - len(unit.text) - 1, high - len(unit.text) - 1
    return pair.start, pair.end


def _hit(start: int, end: int, here: str, there: str, pair: Pair) -> Hit:
    return Hit(
        start,
        end,
        f"this version {here} where the original {there}: {quoted(pair.original)}",
        "compare both with the source: one of them says the contrary",
    )


RULE = Rule(
    "LG006",
    "version-negation-differs",
    Severity.WARNING,
    "One language version of a sentence denies what the other states.",
    "A lost “not” turns advice into its contrary.",
    TRANSLATION_ERRORS,
    twins("Do not take aspirin with doxycycline.", "Tome aspirina con la doxiciclina."),
    twins("Avoid aspirin with doxycycline.", "No tome aspirina con la doxiciclina."),
    versions=check,
    default=False,
    precision=0.1,
    reviewed=(
        "of 38 findings on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) 5 "
        "were true, among them two reversals; published versions seldom lose a denial; 92 to "
        "97 % of 104 planted ones were found in three samples"
    ),
)
