"""EV013: studies, guidelines or experts that have no name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.ev.cover import covered
from piamater.checks.ev.papers import is_paper
from piamater.checks.ev.words import folded
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Passage
from piamater.vocabulary.fold import fold

_DATED = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LANGUAGES = ("en", "es", "bn")
_NAMED = re.compile(
    r"\b(?:[A-Z]{3,}|[A-Z][a-z]+(?: and [A-Z][a-z]+| et al| y [A-Z][a-z]+))\W*$"
    r"|\b(?:University|Institute|Society|Association|College|Organi[sz]ation|Cochrane|Universidad)\b"
)
_KNOWN = re.compile(
    r"\b(?:the|these|those|this|that|both|two|three|four|our|their|its|such|all|no|not|of|if|when|until|whether"
    r"|unless|once|los|las|estos|esos|ambos|dos|tres|si|cuando|hasta que)\s+(?:\w+\s+){0,1}$"
)
"""Words before a phrase that point at studies named before, or put a case."""


_TESTS = re.compile(
    r"\b(?:sleep|(?:neuro)?imaging|blood|lab(?:oratory)?|nerve|conduction|x-?ray|radiograph\w*|swallow\w*"
    r"|urodynamic|ultrasound|doppler|csf|stool|motility|flow|contrast|barium|genetic|mri|ct|pet"
    r"|electro\w+|histolog\w+|perfusion|coagulation|iron|thyroid|hormon\w+|echo\w*|voiding|emptying)"
    r"[ -]$|\bestudios (?:de (?:imagen|sangre|sueno)|geneticos|radiologicos) $"
)
"""What makes of "studies" the tests of a patient."""
_SAID_BY = re.compile(
    r"\b(?:doctors?|gp|nurses?|specialists?|consultants?|team|pharmacists?|medic[oa]s?|enfermer[oa])\b"
    r"[^.;]{0,30}\b(?:say|says|tell|tells|explain|explains|mention|mentions|diga|dice|explique)\b"
    r"[^.;]{0,40}$"
)
"""What a reader may hear from their own doctor is no statement of the page."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """By language, the phrases of ``data/vague.toml``."""
    text = (files("piamater.checks") / "data" / "vague.toml").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for one in tomllib.loads(text)["vague"]:
        found.setdefault(one["language"], []).extend(map(fold, one["phrases"]))
    return {
        language: re.compile(rf"(?<![\w-])(?:{'|'.join(some)})(?!\w)")
        for language, some in found.items()
    }


def check(page: Page) -> Iterator[Hit]:
    """Phrases of content in whose sentence no year, name or listed source stands."""
    if is_paper(page):
        return
    text = folded(page.text)
    done = covered(page)
    for one in page.content():
        language = one.language if one.language in _LANGUAGES else page.language
        pattern = _patterns().get(language) or _patterns()["en"]
        for match in pattern.finditer(text, one.start, one.end):
            if _KNOWN.search(text, max(one.start, match.start() - 30), match.start()):
                continue
            if _TESTS.search(text, max(one.start, match.start() - 40), match.start()):
                continue
            if _SAID_BY.search(text, one.start, match.start()):
                continue
            if not _is_named(page, one, match.start()) and not _is_listed(page, one, done):
                yield _hit(page, match.start(), match.end())
                break


def _is_named(page: Page, passage: Passage, start: int) -> bool:
    """Whether the sentence gives a year, an organisation or the name of the study."""
    said = page.said(passage)
    return bool(
        _DATED.search(said)
        or _NAMED.search(said)
        or _NAMED.search(page.text[passage.start : start])
    )


def _is_listed(page: Page, passage: Passage, done: frozenset[int]) -> bool:
    """Whether a citation speaks for the sentence and leads to an entry of a list, or a link."""
    if any(passage.start <= one.start < passage.end for one in page.links):
        return True
    if passage.start not in done:
        return _leads_to_cited(page, passage, done)
    cites = page.cited(passage)
    labels = [label for one in cites for label in one.labels]
    return bool(page.entries) and (
        not labels or any(page.entry(label, passage.start) for label in labels)
    )


def _leads_to_cited(page: Page, passage: Passage, done: frozenset[int]) -> bool:
    """Whether a sentence opens a list, or a paragraph whose next sentence is cited."""
    passages = page.document.passages
    at = passages.index(passage)
    for one in passages[at + 1 : at + 2]:
        joined = one.lead == at or "\n" not in page.text[passage.end : one.start]
        return bool(page.entries) and joined and one.start in done
    return False


def _hit(page: Page, start: int, end: int) -> Hit:
    said = " ".join(page.text[start:end].split())
    return Hit(
        start,
        end,
        f"“{said}” names no study, guideline or year that could be looked up",
        "name the source and its year, or cite it",
    )


RULE = Rule(
    "EV013",
    "vague-attribution",
    Severity.WARNING,
    "A statement leans on studies, guidelines or experts that are not named.",
    "Unnamed authority cannot be checked, and “recent” means nothing without a year.",
    "HONcode principle 4, clearly indicate the sources quoted, "
    "https://www.hon.ch/HONcode/Guidelines/hc_p4.html",
    Example(
        "# Wexford fever\n\nStudies have shown that doxycycline cures the fever in most patients.\n"
    ),
    Example(
        "# Wexford fever\n\nA Cochrane review of 2021 found that doxycycline cures the fever in "
        "most patients.\n"
    ),
    page=check,
    precision=0.93,
    reviewed="3 findings on five seed pages, 25 of 28 on PDQ, 30 of 72 on MedQuAD answers",
)
