"""SF010: a reader sent to a specialist who does not see this condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from piamater.checks.denied import is_denied
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.topic import known_topic
from piamater.checks.sf.words import data, holding, pattern
from piamater.text import Passage

_NEAR = 80


def check(page: Page) -> Iterator[Hit]:
    """Words that send the reader to a specialist, on pages whose topic that one does not see; or,
    where the topic may need one now and then, that send a reader with a symptom of the topic.
    """
    topic = known_topic(page)
    for each in _specialists():
        never = bool(each.never & topic)
        if not never and not each.symptom & topic:
            continue
        for one, said in holding(page, each.words):
            match = each.words.search(said)
            if match is None or not _is_sent(page, one, said, match):
                continue
            rest = f"{said[: match.start()]} {said[match.end() :]}"
            if _when().search(rest) and each.own.search(rest):
                continue
            if never or (_when().search(rest) and _names_a_symptom(page, one)):
                yield Hit(
                    one.start + match.start(),
                    one.start + match.end(),
                    f"the page is about {page.title.strip()}, which {each.name} does not treat",
                    "name the doctor who does, such as the neurologist or the cancer team",
                )


def _is_sent(page: Page, one: Passage, said: str, match: re.Match[str]) -> bool:
    """Whether the reader is sent there, and not told that this is the wrong place."""
    before = said[max(0, match.start() - _NEAR) : match.start()]
    sent = page.kind(one) == "visit" or _sends().search(before) is not None
    denied = is_denied(said, match.start(), match.end(), more=_refuses())
    return sent and not denied


def _names_a_symptom(page: Page, one: Passage) -> bool:
    known = vocabulary()
    return any(
        not mention.negated
        and (concept := known.get(mention.concept)) is not None
        and concept.type in ("symptom", "sign", "danger-sign")
        for mention in page.mentions(one)
    )


@dataclass(frozen=True, slots=True)
class _Specialist:
    name: str
    words: re.Pattern[str]
    never: frozenset[str]
    symptom: frozenset[str]
    own: re.Pattern[str]


@cache
def _specialists() -> tuple[_Specialist, ...]:
    return tuple(
        _Specialist(
            one["name"],
            pattern(one["words"]),
            frozenset(one["not_for"]),
            frozenset(one["not_for_symptoms_of"]),
            pattern(one["own"]),
        )
        for one in data("specialists")["specialist"]
    )


@cache
def _when() -> re.Pattern[str]:
    return pattern(data("specialists")["when"])


@cache
def _refuses() -> re.Pattern[str]:
    return pattern(data("specialists")["refuses"])


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
