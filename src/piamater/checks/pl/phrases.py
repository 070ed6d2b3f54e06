"""Phrases: lists of words that a rule objects to, by language, from data files.

A file holds tables ``[[list]]``: ``language``, ``source``, ``date``, and ``phrases``, each a
pattern of folded text with what to say of it (a plainer word, or the reason).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.checks.page import Page
from piamater.checks.shown import language_of, main_language, matches
from piamater.text import Mark, Passage
from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found: its place in the page's text and what the list says of it."""

    passage: Passage
    start: int
    end: int
    note: str


@cache
def _lists(name: str) -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """By language: one pattern for all phrases, a group each, and the note of each group."""
    text = (files("piamater.checks") / "data" / f"{name}.toml").read_text("utf-8")
    held: dict[str, dict[str, str]] = {}
    for one in tomllib.loads(text)["list"]:
        held.setdefault(one["language"], {}).update(one["phrases"])
    return {
        language: (re.compile(_alternation(language, phrases)), tuple(phrases.values()))
        for language, phrases in held.items()
    }


def _alternation(language: str, phrases: dict[str, str]) -> str:
    """One pattern; words of Latin script end where a word ends."""
    inner = "|".join(f"({fold(one)})" for one in phrases)
    return f"(?:{inner})" if language == "bn" else rf"(?<![\w-])(?:{inner})(?![\w])"


def find_phrases(page: Page, name: str, *marks: Mark) -> Iterator[Phrase]:
    """The phrases of a list (``data/NAME.toml``) that stand in a page, in its languages."""
    spoken = {main_language(page), *page.document.languages}
    for language, (pattern, notes) in _lists(name).items():
        if language not in spoken:
            continue
        for passage, match in matches(page, pattern, *marks):
            if language_of(page, passage) == language and match.lastindex:
                note = notes[match.lastindex - 1]
                yield Phrase(passage, match.start(), match.end(), note)
