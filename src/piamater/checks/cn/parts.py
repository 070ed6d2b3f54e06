"""Parts: the abstract or summary of a page, and the body that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from piamater.checks.page import Page
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_HEADING = re.compile(r"^(?:abstract|summary|resumen|সারসংক্ষেপ|সারাংশ)\b")
_FIGURE = re.compile(r"^(?:fig(?:ure|ura)?\.?|চিত্র)\s*(\d+)", re.IGNORECASE)


def abstract(page: Page) -> tuple[list[Passage], list[Passage]]:
    """The passages of the abstract and those of the body, in the page's language.

    An abstract in parts (introduction, case, conclusion) is one whose headings come again later.
    Both are empty where the page has no abstract.
    """
    sections = page.document.sections
    first = next(
        (i for i, one in enumerate(sections) if one.path and _HEADING.search(fold(one.heading))), -1
    )
    if first < 0:
        return [], []
    inside = {first}
    for place in range(first + 1, len(sections)):
        if not _belongs(page, first, place, len(inside)):
            break
        inside.add(place)
    content = [one for one in page.content() if one.language in (page.language, "und")]
    head = [one for one in content if one.section in inside and one.form is not Form.CAPTION]
    body = [one for one in content if one.section not in inside]
    return (head, body) if head and body else ([], [])


def _belongs(page: Page, first: int, place: int, length: int) -> bool:
    """Whether a section is part of the abstract that begins with the section ``first``."""
    sections = page.document.sections
    one, head = sections[place], sections[first]
    if one.level > head.level or head.heading in one.path[:-1]:
        return True
    if one.level != head.level:
        return False
    ends = page.kinds[place] == "conclusion" and length > 1
    return ends or _recurs(page, place) or _recurs(page, place + 1)


def _recurs(page: Page, place: int) -> bool:
    """Whether a section's heading comes again: it is then an abstract's part."""
    sections = page.document.sections
    if place >= len(sections):
        return False
    heading = fold(sections[place].heading)
    return any(fold(each.heading) == heading for each in sections[place + 1 :])


def captions(page: Page) -> dict[int, str]:
    """What the captions of a page's figures say, by their numbers: the whole paragraph."""
    found: dict[int, str] = {}
    for one in page.content():
        if match := _FIGURE.match(page.said(one)):
            end = page.text.find("\n", one.end)
            found.setdefault(int(match[1]), page.text[one.start : end if end > 0 else None])
    return found


def said(page: Page, passages: Sequence[Passage]) -> str:
    """The words of passages, a line each."""
    return "\n".join(page.said(one) for one in passages)
