"""Headings: what a section is about, and what type of page it is, from the words of headings."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from piamater.vocabulary.fold import fold

if TYPE_CHECKING:
    from piamater.checks.page import Page


def section_kinds(page: Page) -> tuple[str, ...]:
    """The kind of each section of a page: its own heading's, else that of the one around it."""
    return tuple(
        next((kind for one in reversed(section.path) if (kind := heading_kind(one))), "")
        for section in page.document.sections
    )


@cache
def heading_kind(heading: str) -> str:
    """What a heading announces: ``symptoms``, ``treatment``, ``danger`` and so on; or empty."""
    plain = fold(heading)
    for kind, pattern in _patterns():
        if pattern.search(plain):
            return kind
    return ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (files("piamater.checks") / "data" / "headings.toml").read_text("utf-8")
    return tuple(
        (one["kind"], re.compile("|".join(fold(each) for each in one["patterns"])))
        for one in tomllib.loads(text)["heading"]
    )


def page_type(page: Page) -> str:
    """The type of a page, by its record, its title's concept and its sections."""
    kind = str(page.record.kind)
    if kind == "case-report":
        return "case-report"
    if kind == "answer-page" or page.title.rstrip().endswith("?"):
        return "question"
    if kind in ("trial", "cohort", "systematic-review", "narrative-review"):
        return "research"
    from piamater.checks.page import vocabulary

    types = Counter(
        concept.type for one in page.topic if (concept := vocabulary().get(one)) is not None
    )
    for wanted, found in (
        ("medicine", ("drug",)),
        ("test", ("test",)),
        ("condition", ("disease", "cancer")),
        ("symptom", ("symptom", "sign", "danger-sign")),
    ):
        if any(types[one] for one in found):
            return wanted
    kinds = set(page.kinds)
    if len(kinds & {"symptoms", "causes", "treatment", "outlook", "danger"}) >= 2:
        return "condition"
    return "other"
