"""LG011: left in one version is right in the other."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import aligned
from piamater.checks.lg.compare import comparable, quoted
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Sentences that correspond, each with a side that the other does not name."""
    pairs = aligned(original, version)
    for one, fit in zip(pairs, comparable(pairs), strict=True):
        if not fit:
            continue
        first = {side for unit in one.original for side in unit.values.sides}
        second = {side for unit in one.version for side in unit.values.sides}
        if first and second and not first & second:
            yield Hit(
                one.start,
                one.end,
                f"this version says {', '.join(sorted(second))} where the original says "
                f"{', '.join(sorted(first))}: {quoted(one.original)}",
                "compare both with the source and put the same side in all versions",
            )


RULE = Rule(
    "LG011",
    "version-side-swapped",
    Severity.ERROR,
    "Left in one language version is right in the other.",
    "The wrong side is the commonest cause of surgery in the wrong place.",
    TRANSLATION_ERRORS,
    twins("The left ear is deaf first.", "El oído derecho es el primero en quedar sordo."),
    twins("The left ear is deaf first.", "El oído izquierdo es el primero en quedar sordo."),
    versions=check,
    reviewed=("no finding on 26 unchanged pairs of PDQ summaries and on the clean guides"),
)
