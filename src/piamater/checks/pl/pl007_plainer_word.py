"""PL007: a hard word or phrase on a patient page that has a plainer one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pl.phrases import Phrase, find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import for_patients
from piamater.text import Form
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """The first place of each hard word of the list, unless its plain word stands beside it."""
    if page.audience != "patient":
        return
    seen: set[str] = set()
    title = fold(page.title)
    for one in find_phrases(page, "plain_words"):
        said = page.text[one.start : one.end]
        around = page.text[one.start - 1 : one.start] + page.text[one.end : one.end + 2]
        if one.note in seen or not for_patients(page, one.passage) or "(" in around:
            continue
        if one.note == "doctor" and not _PLAIN.search(page.text[: one.start][-20:].lower()):
            continue  # a stroke physician, a consultant physician: what somebody is
        if one.passage.form is Form.ROW or fold(said) in title or _is_name(page, one):
            continue
        seen.add(one.note)
        yield Hit(
            one.start,
            one.end,
            f"“{said}” has a plainer word",
            f"write: {one.note}",
        )


_PLAIN = re.compile(
    r"(?:^|[.,;:(\n]|\b(?:an?|the|your|their|his|her|our|my|many|some|most|other|another|of|by|to|with"
    r"|and|or|from|if|treating|that|when|see|tell|ask|consult|contact|one|two))\s*$"
)
"""Before "physician" where it means any doctor."""


def _is_name(page: Page, one: Phrase) -> bool:
    """Whether a phrase stands in an item of a few words, which is a name and no sentence."""
    said = page.said(one.passage)
    return one.passage.form is Form.ITEM and len(said.split()) < _SENTENCE and said[-1:] not in ".।"


_SENTENCE = 5


RULE = Rule(
    "PL007",
    "plainer-word",
    Severity.INFO,
    "A hard word on a page for patients has a plain one that says the same.",
    "Each word that a reader must guess takes attention from what the page has to say.",
    "CDC, health literacy: plain language, https://cdc.gov/ccindex/widget.html",
    Example(
        "---\nkind: patient-information\n---\n# Headache\n\nUtilize ice to alleviate the pain "
        "prior to bed.\n"
    ),
    Example("---\nkind: patient-information\n---\n# Headache\n\nUse ice to ease the pain.\n"),
    page=check,
    precision=0.93,
    reviewed="30 of 327 findings in 701 MedQuAD answers; the wrong words have left the list since",
)
