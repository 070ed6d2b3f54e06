"""TX008: an item of a list that does not go on from what stands before the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.lists import Run, runs
from piamater.text import Passage

_CLAUSE = re.compile(
    r"\b(?:when|if|because|where|while|unless|once|whether|that)\s*:\s*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:(?:the|a|an|your|their|these|those|some|many|cancer|blood|tumou?r|immune|nerve|white|red|"
    r"abnormal|bacteria|cells?|you|they|we|it|he|she|doctors?|people"
    r"|patients?)\b\s?)+(?:\w+\s){0,3}",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^(?:spreads?|grows?|causes?|affects?|leads?|results?|begins?|starts?|becomes?|makes?|breaks?|"
    r"moves?|reaches|reach|presses|damages?|blocks?|stops?|gets?|has|have|is|are|was|were"
    r"|does|goes|"
    r"develops?|forms?|occurs?|happens?|invades?|travels?|produces?)\s"
)


def check(page: Page) -> Iterator[Hit]:
    """Behind "when:" or "if:", items that begin with a verb, where others have a subject."""
    for run in runs(page):
        lead = page.said(run.lead) if run.lead else ""
        if run.language != "en" or not _CLAUSE.search(lead) or len(run.items) < 2:
            continue
        bare = [one for one in run.items if _VERB.match(page.said(one))]
        own = [one for one in run.items if _SUBJECT.match(page.said(one))]
        if bare and own and len(bare) + len(own) == len(run.items):
            yield from _hits(page, run, bare)


def _hits(page: Page, run: Run, bare: list[Passage]) -> Iterator[Hit]:
    for one in run.items:
        if one in bare:
            said = page.said(one)
            yield Hit(
                one.start,
                one.start + len(said.split(" ", 1)[0]),
                f'the item "{said[:60]}" has no subject; the others of its list have their own',
                "write each item so that it goes on from the words before the list",
            )


RULE = Rule(
    "TX008",
    "item-without-subject",
    Severity.INFO,
    "An item of a list does not go on from the words before the list.",
    "Read aloud, or alone, the item says nothing of whom or what it speaks.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nA second fever happens when:\n\n- the bacteria break away from the "
        "first place\n- spreads to another part\n"
    ),
    Example(
        "# Wexford fever\n\nA second fever happens when:\n\n- the bacteria break away from the "
        "first place\n- they spread to another part\n"
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
