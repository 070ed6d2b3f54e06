"""Danger: which units of a page tell when to seek help, and the signs that they name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from piamater.checks.align import Unit
from piamater.checks.page import Page, vocabulary
from piamater.text import Passage
from piamater.vocabulary.fold import fold

DANGER = ("danger", "see-doctor")
_SIGNS = frozenset({"danger-sign", "symptom", "sign", "finding", "disease"})


def danger_starts(page: Page) -> frozenset[int]:
    """Where the passages begin that tell when to seek help: by heading or introduction."""
    found = {one.start for one in page.of_kind(*DANGER)}
    passages = page.document.passages
    for one in page.content():
        if one.lead >= 0 and seeks_help(page, passages[one.lead]):
            found.add(one.start)
    return frozenset(found)


def seeks_help(page: Page, passage: Passage) -> bool:
    """Whether a sentence tells the reader to get help."""
    pattern = _leads().get(page.language)
    return bool(pattern and pattern.search(fold(page.said(passage))))


def signs(page: Page, units: Sequence[Unit]) -> frozenset[str]:
    """The concepts of signs and symptoms that units name."""
    known = vocabulary()
    return frozenset(
        one.concept
        for unit in units
        if unit.passage
        for one in page.mentions(unit.passage)
        if (concept := known.get(one.concept)) and concept.type in _SIGNS
    )


def related(one: str, others: frozenset[str]) -> bool:
    """Whether a concept, a broader or a narrower one is among others."""
    if one in others:
        return True
    known = vocabulary()
    wider = known.ancestors(one)
    return any(each in wider or one in known.ancestors(each) for each in others)


def worded(concept: str, units: Sequence[Unit]) -> bool:
    """Whether the words of one of a concept's names begin as words of the units do.

    All of them: "yellow skin" is not told by a sentence on dry skin.
    """
    found = vocabulary().get(concept)
    if found is None:
        return False
    text = fold(" ".join(unit.text for unit in units))
    words = {word[:_BEGINNING] for word in _WORD.findall(text)}
    names = (
        {word[:_BEGINNING] for word in _WORD.findall(fold(term.text))}
        for term in found.terms
        if term.language == units[0].language
    )
    return any(name and name <= words for name in names)


_WORD = re.compile(r"[a-z\u0980-\u09ff]{4,}")
_BEGINNING = 5


@cache
def _leads() -> dict[str, re.Pattern[str]]:
    text = (files("piamater.checks") / "data" / "danger_leads.toml").read_text("utf-8")
    return {key: re.compile("|".join(one)) for key, one in tomllib.loads(text)["leads"].items()}
