"""Advice by family of conditions: what a page tells its reader that belongs to another illness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from piamater.checks.page import Page
from piamater.checks.sf.topic import known_topic
from piamater.checks.sf.words import data, holding, pattern
from piamater.text import Passage
from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice for a family: its name, the concepts and title words of its pages, its clues."""

    name: str
    concepts: frozenset[str]
    title: re.Pattern[str]
    clues: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]


@cache
def families() -> tuple[Advice, ...]:
    """The families of ``data/foreign_advice.toml``."""
    return tuple(
        Advice(
            one["name"],
            frozenset(one["for"]),
            pattern(one["words"]),
            tuple(pattern(some) for some in one["clues"]),
            pattern(part for some in one["clues"] for part in some),
        )
        for one in data("foreign_advice")["advice"]
    )


def foreign(page: Page) -> Iterator[tuple[Advice, list[tuple[Passage, int, int, int]]]]:
    """Families that the page is not about, with the clues to their advice: (passage, start, end,
    which clue), in the order of the text.
    """
    topic = known_topic(page)
    if not topic:
        return
    title = fold(page.title)
    for one in families():
        if one.concepts & topic or one.title.search(title):
            continue
        found = [
            (passage, passage.start + match.start(), passage.start + match.end(), number)
            for passage, said in holding(page, one.any)
            for number, clue in enumerate(one.clues)
            if (match := clue.search(said))
        ]
        if found:
            yield one, found
