"""SF010: a reader sent to a specialist who does not see this condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.topic import known_topic
from piamater.checks.sf.words import data, holding, pattern

_NEAR = 80


def check(page: Page) -> Iterator[Hit]:
    """Words that send the reader to a specialist, on pages whose topic that one does not see."""
    topic = known_topic(page)
    chosen = [(name, found) for name, found, never in _specialists() if never & topic]
    if not chosen:
        return
    for name, words in chosen:
        for one, said in holding(page, words):
            match = words.search(said)
            if match and (
                page.kind(one) == "visit"
                or _sends().search(said[max(0, match.start() - _NEAR) : match.start()])
            ):
                yield Hit(
                    one.start + match.start(),
                    one.start + match.end(),
                    f"the page is about {page.title.strip()}, which {name} does not treat",
                    "name the doctor who does, such as the neurologist or the cancer team",
                )


@cache
def _specialists() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    return tuple(
        (one["name"], pattern(one["words"]), frozenset(one["not_for"]))
        for one in data("specialists")["specialist"]
    )


@cache
def _sends() -> re.Pattern[str]:
    return pattern(data("specialists")["sends"])


RULE = Rule(
    "SF010",
    "wrong-specialist",
    Severity.ERROR,
    "A page sends its reader to a specialist who does not treat its condition.",
    "The wrong waiting room costs weeks, and some conditions leave only days.",
    "Cancer Research UK, leptomeningeal metastases: talk to your cancer specialist, "
    "https://www.cancerresearchuk.org/about-cancer/secondary-cancer/leptomeningeal-metastases/what-are",
    Example(
        "# Leptomeningeal cancer\n\n## Which doctor\n\nDoctor to discuss: Orthopedic / spine "
        "specialist or qualified clinician.\n"
    ),
    Example("# Leptomeningeal cancer\n\n## Which doctor\n\nGo to your cancer specialist.\n"),
    page=check,
    precision=1.0,
    reviewed="2 read of 2: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
