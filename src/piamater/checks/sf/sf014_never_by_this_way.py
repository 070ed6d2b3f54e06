"""SF014: a medicine named for a way of giving it that kills."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import data, holding, pattern
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Medicines in a sentence, or under a heading or lead, of a way by which they kill."""
    passages = page.document.passages
    for one, said in holding(page, _any()):
        around = page.section(one).heading
        lead = page.said(passages[one.lead]) if one.lead >= 0 else ""
        context = fold(f"{around}\n{lead}")
        for name, names, ways, way, harm, source in _never():
            match = names.search(said)
            if match is None or _denied().search(said) or _denied().search(context):
                continue
            if _near(said, match, ways) or ways.search(context):
                yield Hit(
                    one.start + match.start(),
                    one.start + match.end(),
                    f"{name} {way} is {harm}: it is for the vein only ({source})",
                    "take it out here, or say in plain words that it is never given this way",
                )


_NEAR = 90


def _near(said: str, match: re.Match[str], ways: re.Pattern[str]) -> bool:
    """Whether the way stands in the same part of the sentence as the medicine."""
    return any(
        min(abs(one.start() - match.end()), abs(match.start() - one.end())) <= _NEAR
        and not re.search(
            r"[;.:]", said[min(one.end(), match.end()) : max(one.start(), match.start())]
        )
        for one in ways.finditer(said)
    )


_Never = tuple[str, re.Pattern[str], re.Pattern[str], str, str, str]


@cache
def _never() -> tuple[_Never, ...]:
    table = data("never_routes")
    return tuple(
        (
            one["name"],
            pattern(one["names"]),
            pattern(table["ways"][one["way"]]["words"]),
            table["ways"][one["way"]]["label"],
            one["harm"],
            one["source"],
        )
        for one in table["never"]
    )


@cache
def _any() -> re.Pattern[str]:
    return pattern(name for one in data("never_routes")["never"] for name in one["names"])


@cache
def _denied() -> re.Pattern[str]:
    return pattern(data("never_routes")["denied"])


RULE = Rule(
    "SF014",
    "never-by-this-way",
    Severity.ERROR,
    "A medicine is named for a way of giving it that kills.",
    "Vincristine in the spinal fluid kills; people have died of the two lists standing together.",
    "World Health Organization, vincristine alert, "
    "http://www.who.int/patientsafety/activities/technical/vincristine/en/",
    Example("# Leukaemia\n\n## Medicines into the spinal fluid\n\n- methotrexate\n- vincristine\n"),
    Example(
        "# Leukaemia\n\n## Medicines into the spinal fluid\n\n- methotrexate\n\nVincristine must "
        "never be given intrathecally.\n"
    ),
    page=check,
)
