"""What a reader is shown: passages by whom they speak to, and where a pattern stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from piamater.checks.page import Page
from piamater.text import Mark, Passage
from piamater.vocabulary.fold import fold

LANGUAGES = ("en", "es", "bn")
"""The languages that rules about words know."""
SHOWN = (Mark.CONTENT, Mark.FURNITURE)
"""What a reader is shown as the page's own words: neither references nor template damage."""
_CLINICAL = "clinical"


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """A text in small letters, without accents, with plain dashes and 0 to 9; just as long."""
    return fold(text)


def passage_at(page: Page, offset: int) -> Passage | None:
    """The passage that covers an offset, none between passages."""
    return page.passage_at(offset)


def language_of(page: Page, passage: Passage) -> str:
    """The language of a passage, that of the page where its own is not one that rules know."""
    return passage.language if passage.language in LANGUAGES else main_language(page)


def main_language(page: Page) -> str:
    """The page's language; of a text too short to tell, what its script suggests."""
    if page.language in LANGUAGES:
        return page.language
    return "bn" if _BANGLA.search(page.text) else "en"


_BANGLA = re.compile(r"[\u0985-\u09b9]")


def for_patients(page: Page, passage: Passage) -> bool:
    """Whether a passage speaks to patients: on a patient page, outside a guide's clinical parts."""
    if page.audience != "patient":
        return False
    return page.form != "guide" or page.section(passage).heading != _CLINICAL


def patient_passages(page: Page, *marks: Mark) -> Iterator[Passage]:
    """The passages that speak to patients, of these marks or all that is shown."""
    if page.audience != "patient":
        return
    wanted = marks or SHOWN
    for one in page.document.passages:
        if one.mark in wanted and for_patients(page, one):
            yield one


def matches(
    page: Page, pattern: re.Pattern[str], *marks: Mark
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where a pattern of folded text stands, with its passage (of these marks, or all shown)."""
    wanted = marks or SHOWN
    for match in pattern.finditer(folded(page.text)):
        passage = passage_at(page, match.start())
        if passage is not None and passage.mark in wanted and match.end() <= passage.end + 1:
            yield passage, match


def paragraph(text: str, passage: Passage) -> tuple[int, int]:
    """Where the line begins and ends that a passage stands in."""
    end = text.find("\n", passage.end)
    return text.rfind("\n", 0, passage.start) + 1, len(text) if end < 0 else end


REACH = 600
"""Code points on either side of a place that are looked at: no sentence that is read is longer."""


def around(start: int, end: int, place: tuple[int, int]) -> tuple[int, int]:
    """The part of a stretch of text, from start to end, that is within reach of a place."""
    return max(start, place[0] - REACH), min(end, place[1] + REACH)
