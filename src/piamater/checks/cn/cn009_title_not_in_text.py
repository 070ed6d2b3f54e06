"""CN009: the text never names what the title announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.statements import AIMS
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Passage
from piamater.vocabulary.fold import fold

_TYPES = frozenset({"disease", "cancer", "drug", "symptom", "test", "danger-sign"})
_LEAST = 24
"""Passages of content below which a page is too short to judge."""


def check(page: Page) -> Iterator[Hit]:
    """The title's most specific concept, against all that the content names."""
    known = vocabulary()
    wanted = [one for one in page.topic if (found := known.get(one)) and found.type in _TYPES]
    content = [one for one in page.content() if page.said(one) != page.title]
    if not wanted or len(content) < _LEAST or page.type == "question":
        return
    named = {each.concept for one in content for each in page.mentions(one)}
    if any(_named(one, named) for one in wanted) or _worded(page, content):
        return
    start = max(0, page.text.find(page.title))
    yield Hit(
        start,
        start + len(page.title) if page.text.startswith(page.title, start) else 0,
        f"the text never speaks of “{_label(wanted[0], page.language)}”, which the title announces",
        "give the page the title of what it says, or write what the title promises",
    )


def _named(concept: str, named: set[str]) -> bool:
    """Whether a concept, a narrower one or a next of kin is named."""
    known = vocabulary()
    if concept in named or known.descendants(concept) & named:
        return True
    parents = set(known.get(concept).parents) if known.get(concept) else set()  # type: ignore[union-attr]
    return bool(parents & named)


def _worded(page: Page, content: list[Passage]) -> bool:
    """Whether a long word of the title, or its abbreviation, stands in the content."""
    said = fold("\n".join(page.said(one) for one in content))
    words = re.findall(r"[^\W\d_]{5,}", fold(page.title))
    short = "".join(one[0] for one in re.findall(r"[^\W\d_]+", fold(page.title)))
    return any(one[:6] in said for one in words) or (
        len(short) > 2 and re.search(rf"\b{short}s?\b", said) is not None
    )


def _label(concept: str, language: str) -> str:
    found = vocabulary().get(concept)
    return found.label(language) if found else concept


RULE = Rule(
    "CN009",
    "title-not-in-text",
    Severity.WARNING,
    "The text never names what the title announces.",
    "Somebody who searched for it lands on a page that does not answer.",
    AIMS,
    Example(
        "# Multiple sclerosis\n\n"
        + "\n\n".join(
            f"Doxycycline is taken with water on day {one} of the cough." for one in range(1, 27)
        )
        + "\n"
    ),
    Example(
        "# Cough\n\n"
        + "\n\n".join(
            f"Doxycycline is taken with water on day {one} of the cough." for one in range(1, 27)
        )
        + "\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; known by its planted faults only"
    ),
)
