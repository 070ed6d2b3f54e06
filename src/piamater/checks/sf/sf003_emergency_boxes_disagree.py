"""SF003: several emergency boxes on one page, each with other signs."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import Box, boxes, covered, most
from piamater.checks.sf.topic import known_topic
from piamater.checks.sf.words import pattern

_FEWEST = 3
"""Boxes of emergency signs on a page before their differences are told."""


def check(page: Page) -> Iterator[Hit]:
    """Pages with three boxes or more of which the later name signs that the first does not."""
    found = [
        one
        for one in boxes(page)
        if one.emergency and (one.heading or covered(one)) and not _of_another(page, one)
    ]
    if len(found) < page.settings.option("SF003", "fewest", _FEWEST):
        return
    first, *others = found
    differing = [one for one in others if covered(one) - covered(first)]
    new = [sign for one in differing for sign in sorted(covered(one) - covered(first))]
    if len(differing) < 2 or len(set(new)) < 2:
        return
    one = differing[0]
    yield Hit(
        one.start,
        _end(one),
        f"{len(found)} emergency boxes of this page name different signs: "
        f"the first says nothing of {most(page, new)}",
        "keep one emergency box, first on the page, with all the signs of this topic",
    )


def _of_another(page: Page, box: Box) -> bool:
    """Whether a box is for another emergency than the page's ("signs of a heart attack")."""
    first = box.passages[0]
    if not _SIGNS_OF.search(box.words):
        return False
    known, topic = vocabulary(), known_topic(page)
    named = {one.concept for one in page.mentions(first)}
    named |= {one.concept for one in known.mentions(box.heading, page.language)}
    return any(
        (concept := known.get(one)) is not None and concept.type == "disease" and one not in topic
        for one in named
    )


_SIGNS_OF = pattern([r"\b(?:signs|symptoms) of\b", r"\b(?:signos|senales|sintomas) de\b", "লক্ষণ"])


def _end(box: Box) -> int:
    return box.passages[0].end


RULE = Rule(
    "SF003",
    "emergency-boxes-disagree",
    Severity.WARNING,
    "The emergency boxes of a page name different danger signs.",
    "Who reads only one of them misses the others' signs, and nobody can keep all of them true.",
    "NHS service manual, care cards: only more than one of each type for a clear need, "
    "https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care",
    Example(
        "# Brain tumour\n\n## Emergency\n\n- fever\n- confusion\n\n## Help\n\nGo to hospital now "
        "if there is chest pain or trouble breathing.\n\n## First aid\n\nSeek emergency care for "
        "a seizure, chest pain or slurred speech.\n"
    ),
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 112 for:\n\n- a seizure\n- confusion\n- slurred "
        "speech\n\n## Help\n\nGo to hospital at once for a seizure or confusion.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 read of 2: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
    options=(("fewest", _FEWEST, "boxes before their differences are told"),),
)
