"""Words of the safety rules: data files, patterns on folded text, and a memory for one page."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from importlib.resources import files
from typing import Any, TypeVar

from piamater.checks.page import Page
from piamater.checks.sf.needles import needles
from piamater.text import Mark, Passage
from piamater.vocabulary.fold import fold

_Found = TypeVar("_Found")


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of the checks, ``danger_words`` for ``data/danger_words.toml``."""
    text = (files("piamater.checks") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def pattern(parts: Iterable[str]) -> re.Pattern[str]:
    """One pattern, for folded text, that fits where one of the parts does.

    The parts are in folded letters themselves: small, without accents, with Western digits.
    """
    some = [unicodedata.normalize("NFC", part) for part in parts]
    whole = re.compile("|".join(f"(?:{part})" for part in some) if some else r"(?!)", re.MULTILINE)
    _PARTS[whole] = tuple((re.compile(part, re.MULTILINE), needles(part)) for part in some)
    return whole


_PARTS: dict[re.Pattern[str], tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {}
"""The parts of each pattern with the letters without which they cannot fit."""


def per_page(function: Callable[[Page], _Found]) -> Callable[[Page], _Found]:
    """What a function finds on a page, kept until it is asked about another page."""
    last: list[tuple[Page, _Found]] = []

    @wraps(function)
    def remembered(page: Page) -> _Found:
        held = last[0] if last else None
        if held is None or held[0] is not page:
            held = (page, function(page))
            last[:] = [held]
        return held[1]

    return remembered


@per_page
def read(page: Page) -> tuple[tuple[Passage, str], ...]:
    """All that a reader is told, furniture too, each passage with its folded words."""
    return tuple(
        (one, fold(page.said(one)))
        for one in page.document.passages
        if one.mark in (Mark.CONTENT, Mark.FURNITURE)
    )


@per_page
def told(page: Page) -> tuple[tuple[Passage, str], ...]:
    """The content alone, each passage with its folded words."""
    return tuple((one, said) for one, said in read(page) if one.mark is Mark.CONTENT)


@per_page
def _whole(page: Page) -> tuple[str, list[int]]:
    """All that a reader is told as one text, a passage a line, and where each starts in it."""
    lines = [said.replace("\n", " ") for _, said in read(page)]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return "\n".join(lines), starts


def holding(page: Page, words: re.Pattern[str]) -> Iterator[tuple[Passage, str]]:
    """The passages of ``read`` in which words stand, in order; in one go over the whole page."""
    text, starts = _whole(page)
    found: set[int] = set()
    for part, letters in _PARTS.get(words, ((words, ()),)):
        if letters and not any(one in text for one in letters):
            continue
        at = 0
        while at <= len(text) and (match := part.search(text, at)) is not None:
            number = min(bisect_right(starts, match.start()), len(starts) - 1) - 1
            found.add(number)
            at = starts[number + 1]
    passages = read(page)
    return (passages[number] for number in sorted(found) if number < len(passages))


def holding_content(page: Page, words: re.Pattern[str]) -> Iterator[tuple[Passage, str]]:
    """The passages of content in which words stand, in order."""
    return ((one, said) for one, said in holding(page, words) if one.mark is Mark.CONTENT)
