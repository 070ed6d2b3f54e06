"""LG009: a list has fewer items in the version than in the original."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.align import Pair, aligned, is_list
from piamater.checks.lg.compare import list_length, quoted
from piamater.checks.lg.danger import danger_starts
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity

_REWRITTEN = 3
"""Headings of its own from which a version is another text, whose items stand elsewhere."""


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Lists of which the version has some items and not the others; danger signs are LG007's."""
    danger = danger_starts(original)
    lists: dict[tuple[int, int], list[Pair]] = {}
    pairs = aligned(original, version)
    if sum(one.heading and not one.original for one in pairs) > _REWRITTEN:
        return
    for one in pairs:
        if one.original and is_list(one.original[0]):
            passage = one.original[0].passage
            if passage and passage.start not in danger:
                lists.setdefault((passage.section, passage.lead), []).append(one)
    for items in lists.values():
        have = [one for one in items if one.version]
        lack = [one for one in items if not one.version]
        if (
            len(have) >= 2
            and lack
            and len(lack) <= len(have)
            and list_length(version, items) < len(items)
        ):
            yield Hit(
                have[0].start,
                have[-1].end,
                f"this list has {len(have)} of the original's {len(items)} items; missing: "
                + "; ".join(quoted(one.original, 50) for one in lack[:4]),
                "put the missing items in, or take them out of the original too",
            )


RULE = Rule(
    "LG009",
    "version-list-shorter",
    Severity.WARNING,
    "A list has fewer items in one language version than in the original.",
    "A list reads as complete; what fell out of it is thought not to exist.",
    TRANSLATION_ERRORS,
    twins(
        "The fever comes with:\n\n- headache\n- nausea\n- a stiff neck\n- a rash",
        "La fiebre viene con:\n\n- dolor de cabeza\n- náuseas\n- erupción",
        "Symptoms",
    ),
    twins(
        "The fever comes with:\n\n- headache\n- nausea\n- a stiff neck\n- a rash",
        "La fiebre viene con:\n\n- dolor de cabeza\n- náuseas\n- rigidez de nuca\n- erupción",
        "Symptoms",
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "all 9 findings on 26 unchanged pairs of PDQ summaries were read: items that a newer "
        "original added; none on the clean guides"
    ),
)
