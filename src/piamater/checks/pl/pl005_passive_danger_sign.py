"""PL005: a danger sign or urgent instruction that nobody is told to act on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pl.phrases import Phrase, find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, around, folded, for_patients

_URGENT = re.compile(
    r"emergenc|urgen|immediate|inmediat|at once|prompt|danger|warning sign|জরুরি|এখনই|তাৎক্ষণিক"
    r"|বিপদ"
)
_SIGNS = re.compile(r"(?:warning|danger) signs?|emergency first|signos de alarma|বিপদচিহ্ন|বিপদ")
_NEED = re.compile(r"needs?|requires?|warrants?|merits?|necesita|requiere|precisa")
_ACTS = re.compile(r"\b(?:call|go to|llame|acuda|vaya)\b|ফোন করুন|যান\b")
_DENIED = re.compile(
    r"\b(?:not|no|never|rarely|seldom|nunca|rara vez|if|who|that|si|que)\b[^,;:]{0,24}$"
)
_SECTIONS = frozenset({"danger", "see-doctor"})


def check(page: Page) -> Iterator[Hit]:
    """Impersonal instructions in danger sections, and anywhere where the sentence is urgent."""
    if page.audience != "patient":
        return
    for one in find_phrases(page, "passive_danger", *SHOWN):
        if for_patients(page, one.passage) and _is_left_open(page, one):
            yield Hit(
                one.start,
                one.end,
                f"“{page.text[one.start : one.end]}”: {one.note}",
                "begin with what the reader does: “Call 112 if …”, “Go to hospital if …”",
                None if page.kind(one.passage) in _SECTIONS else Severity.INFO,
            )


def _is_left_open(page: Page, one: Phrase) -> bool:
    """Whether a phrase is about danger and neither denied nor followed by what to do."""
    text = folded(page.text)
    start, end = around(one.passage.start, one.passage.end, (one.start, one.end))
    said = text[start:end]
    danger = page.kind(one.passage) in _SECTIONS
    if said.endswith("?") or _ACTS.search(said) or _DENIED.search(text[start : one.start]):
        return False
    if _NEED.match(text[one.start : one.end]):
        return danger or _SIGNS.search(said) is not None
    return danger or _URGENT.search(said) is not None


RULE = Rule(
    "PL005",
    "passive-danger-sign",
    Severity.WARNING,
    "A danger sign or an urgent instruction tells nobody to act.",
    "A frightened reader must see at once what to do; a passive sentence names neither the doer "
    "nor the deed.",
    "NHS service manual, care cards and how we write, "
    "https://service-manual.nhs.uk/content/how-we-write",
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\n## Danger signs\n\n"
        "Medical attention should be sought if there is a stiff neck.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\n## Danger signs\n\n"
        "Call 112 at once if you have a stiff neck.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="all 8 findings on MedQuAD, guides and five library pages: a small sample",
)
