"""SF001: a page for patients that never says when to get help."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import (
    boxes,
    for_patients,
    listed_signs,
    most,
    signs,
    tells_research,
    words,
)
from piamater.checks.sf.words import holding, pattern
from piamater.vocabulary.fold import fold

_TYPES = ("condition", "symptom", "medicine", "test")
_SHORTEST = 4000
"""Characters of a page; an excerpt that is shorter may have its danger signs elsewhere."""
_HEALTHY = pattern(
    [
        r"\bscreening\b",
        r"\bprevent",
        r"\bgenetics\b",
        r"\bdeteccion\b",
        r"\bprevencion\b",
        "প্রতিরোধ",
    ]
)
"""Titles of pages for people who have no symptom."""
_EXCERPT = 3000
_SECTIONS = 3
"""What is shorter than either is an excerpt, not a page."""


def check(page: Page) -> Iterator[Hit]:
    """Pages on a condition, symptom, medicine or test without any danger sign."""
    about = page.type in _TYPES or ("symptoms" in page.kinds and page.type != "question")
    if not about or tells_research(page) or not for_patients(page) or boxes(page):
        return
    if any(True for kind in ("prompt", "emergency") for _ in holding(page, words(kind))):
        return
    found = {one: at for one, at in listed_signs(page).items() if one in _pressing()}
    if found and (len(page.text) >= _EXCERPT or len(page.document.sections) >= _SECTIONS):
        first = next(iter(found.values()))
        yield Hit(
            first.start,
            first.end,
            f"the page lists {most(page, found)} but never says when to get help at once",
            "put a box first that names this topic's danger signs and the number to call",
        )
    elif _tells_enough(page) and (
        len(page.text) >= page.settings.option("SF001", "shortest", _SHORTEST)
        or len(page.document.sections) >= _SECTIONS + 2
    ):
        yield Hit(
            0,
            0,
            f"this page on {page.title.strip()} names no danger sign and no time to get help",
            "put a box first that names this topic's danger signs and the number to call",
            Severity.INFO,
        )


def _pressing() -> frozenset[str]:
    return frozenset(one.id for one in signs() if one.box)


def _tells_enough(page: Page) -> bool:
    """Whether the page tells of symptoms or harms at all; one on prevention need not warn."""
    kinds = {"symptoms", "side-effects"} & set(page.kinds)
    return bool(kinds) and not _HEALTHY.search(fold(page.title))


RULE = Rule(
    "SF001",
    "no-danger-signs",
    Severity.WARNING,
    "A page for patients on a condition, symptom, medicine or test has no danger signs.",
    "Readers of such a page may have the signs now, and must learn from it what cannot wait.",
    "NHS service manual: care cards, "
    "https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care",
    Example(
        "# Brain tumour\n\n## Symptoms\n\nSymptoms of your tumour can be:\n\n- headaches\n"
        "- seizures\n- confusion\n\n## Tests\n\nYou may need a scan of your head. Your doctor "
        "can show it to you.\n\n## Living with it\n\nYou may feel tired. You can rest when you "
        "like. Your nurse can help you.\n"
    ),
    Example(
        "# Brain tumour\n\n## When to call an ambulance\n\nCall 112 if you have a seizure or new "
        "confusion.\n\n## Symptoms\n\nYour symptoms can be:\n\n- headaches\n- seizures\n"
        "- confusion\n\nYou may feel tired. Your doctor can help you.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="19 read of 19: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
    options=(("shortest", _SHORTEST, "characters of a page that must name danger signs"),),
)
