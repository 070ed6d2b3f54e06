"""LG005: a dose of the original is another one in the version, or missing there."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import Pair, Unit, aligned
from piamater.checks.lg.compare import differences, listed, quoted
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity
from piamater.checks.values import Dose


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Amounts with a unit that only one of two corresponding sentences has."""
    for one in differences(aligned(original, version), _doses):
        missing = [each for each in one.missing if not _bare(each, one.pair.version)]
        added = [each for each in one.added if not _bare(each, one.pair.original)]
        if added and missing:
            told = f"this version says {listed(added)} where the original says {listed(missing)}"
        elif missing:
            told = f"this version leaves out {listed(missing)}, which the original says"
        elif added:
            told = f"this version says {listed(added)}, which the original does not"
        else:
            continue
        start, end = _place(one.pair, added)
        yield Hit(
            start,
            end,
            f"{told}: {quoted(one.pair.original)}",
            "compare both with the source and put the same dose in all versions",
            None if added and missing else Severity.WARNING,
        )


def _doses(unit: Unit) -> frozenset[Dose]:
    return unit.values.doses


def _bare(dose: object, units: tuple[Unit, ...]) -> bool:
    """Whether the amount stands there without a unit that is known, or in words."""
    return isinstance(dose, Dose) and any(
        dose.value in one.values.digits | one.values.words | one.values.loose for one in units
    )


def _place(pair: Pair, added: list[object]) -> tuple[int, int]:
    for unit in pair.version:
        for dose in added:
            if isinstance(dose, Dose) and (span := dose.span(unit.text)):
                return unit.start + span[0], unit.start + span[1]
    return pair.start, pair.end


RULE = Rule(
    "LG005",
    "version-dose-differs",
    Severity.ERROR,
    "A dose differs between a page and its version in another language.",
    "Somebody will take what the page says; a wrong unit is a thousandfold overdose.",
    TRANSLATION_ERRORS,
    twins(
        "Take 10 mg of prednisolone each morning.",
        "Tome 10 g de prednisolona cada mañana.",
    ),
    twins(
        "Take 10 mg of prednisolone each morning.",
        "Tome 10 miligramos de prednisolona cada mañana.",
    ),
    versions=check,
    reviewed=(
        "no finding on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) and "
        "on the clean guides; all 125 planted faults were found"
    ),
)
