"""Review people: who a page says wrote it and who reviewed it, and whether that is a person."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from piamater.checks.blocks import blocks, folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.text import Mark

_FURTHEST = 160
"""How far behind "reviewed by" a name is sought, in characters."""
_NEAR = 70
"""How far before it the word for what was reviewed may stand, in characters."""
_HINTS = (
    "review", "revis", "checked", "approved", "would like to thank", "written by", "authored by",
    "prepared by", "compiled by", "edited by", "escrit", "elaborad", "redactad", "content owner",
    "produced by", "developed by", "created by", "producid", "cread", "desarrollad", "aprobad",
    "author", "autor", "পর্যালোচ", "লিখেছেন", "লেখক", "রচনা", "সম্পাদক",
)  # fmt: skip
_TITLE = r"(?:Dr|Dra|Prof|Professor|Mr|Mrs|Ms|Sr|Sra|ডা|ডাঃ|ড|অধ্যাপক|প্রফেসর)\.?"
_CREDENTIALS = re.compile(
    r"\b(?:M\.?D|Ph\.?D|MBBS|MBChB|RN|FRCP|FRCS|FCPS|MRCP|PharmD|DNP|MPH|MSc|DO)\b"
)
_PERSON = re.compile(
    rf"{_TITLE}\s+\S{{2,}}"
    r"|\b[A-ZÀ-Þ]\.\s?(?:[A-ZÀ-Þ]\.\s?)*[A-ZÀ-Þ][\w'’-]+"
    r"|\b[A-ZÀ-Þ]{1,2}\s[A-ZÀ-Þ][a-zß-ÿ'’-]{2,}"
    r"|\b[A-ZÀ-Þ][\w'’-]+(?:\s(?:(?:de|del|la|van|von|al|bin)\s)*[A-ZÀ-Þ][\w'’.-]*)+"
)
_BANGLA_NAME = re.compile(r"[\u0985-\u09b9][\u0980-\u09ff]+(?:\s[\u0985-\u09b9][\u0980-\u09ff]+)+")


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where a page says who wrote or reviewed it: the span of what it says.

    ``role`` is ``author`` or ``reviewer``; ``person`` whether somebody is named, rather than a
    body such as a board, or nobody.
    """

    role: str
    start: int
    end: int
    person: bool


_Pattern = tuple[str, re.Pattern[str] | None, re.Pattern[str], re.Pattern[str] | None]


@remembered
def credits_of(page: Page) -> tuple[Credit, ...]:
    """Who a page says wrote and reviewed it, in order; outside its reference lists."""
    lists = [(one.start, one.end) for one in page.document.passages if one.mark is Mark.REFERENCE]
    plain, found = folded(page), []
    for role, match in _matches(page, plain):
        if any(start <= match.start() < end for start, end in lists):
            continue
        named = page.text[match.end() : match.end() + _FURTHEST].lstrip()
        person = names_person(named.split("\n", 1)[0])
        found.append(Credit(role, match.start(), match.end(), person))
    return tuple(sorted(found, key=lambda one: one.start))


def _matches(page: Page, plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    near = list(windows(plain, _HINTS, _NEAR, 2 * _NEAR))
    for role, starts, labels, behind in _patterns():
        for block in blocks(page):
            if starts and (match := starts.match(plain, block.start)):
                yield role, match
        for match in (one for span in near for one in labels.finditer(plain, *span)):
            before = plain[max(0, match.start() - _NEAR) : match.start()]
            if behind is None or behind.search(before):
                yield role, match


def names_person(words: str) -> bool:
    """Whether a stretch of text begins by naming a person, or holds a credential."""
    head = words[:80]
    if _CREDENTIALS.search(head):
        return True
    for match in (*_PERSON.finditer(head), *_BANGLA_NAME.finditer(head)):
        if not _bodies().search(match.group().lower()):
            return True
    return False


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    text = (files("piamater.checks") / "data" / "review_people.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        (
            one["role"],
            re.compile("|".join(one["starts"])) if one["starts"] else None,
            re.compile("|".join(one["labels"])),
            re.compile(one["behind"]) if "behind" in one else None,
        )
        for one in _table()["credit"]
    )


@cache
def _bodies() -> re.Pattern[str]:
    words = [word for one in _table()["body"] for word in one["words"]]
    return re.compile("|".join(words))
