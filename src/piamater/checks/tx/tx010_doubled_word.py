"""TX010: a word written twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import shown
from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.checks.tx.word_lists import words
from piamater.text import Form
from piamater.vocabulary.fold import fold

_TWICE = re.compile(
    r"(?<![\w\u0980-\u09ff'’.-])([^\W\d_][\w\u0980-\u09ff]*) (\1)(?![\w\u0980-\u09ff'’-])",
    re.IGNORECASE,
)
_LONG = 5
"""Letters from which any small word counts; shorter ones only where they are function words."""
_MEANT = frozenset(
    [
        "walla",
        "pago",
        "borderline",
        "rosen",
        "baden",
        "extra",
        "super",
        "muy",
        "casi",
        "poco",
        "luego",
        "wagga",
        "beri",
        "chikun",
    ]
)


_CLAUSE = re.compile(
    r"\b(?:what|who|where|how|which|all|whatever|wherever)(?: \w+){1,4} $", re.IGNORECASE
)
"""Before a verb that ends one clause and begins the next: what it is is clear."""


def check(page: Page) -> Iterator[Hit]:
    """Function words twice in a row, and longer small words; Bangla doublets are grammar."""
    for passage in shown(page, Form.SENTENCE, Form.ITEM, Form.CAPTION):
        for match in _TWICE.finditer(page.text, passage.start, passage.end):
            word = match[1]
            if not _is_slip(word, match[2], passage.language):
                continue
            if word.lower() in _VERBS and _CLAUSE.search(
                page.text[max(passage.start, match.start() - 60) : match.start()]
            ):
                continue
            yield Hit(
                match.start(),
                match.end(),
                f'"{word}" is written twice',
                f'write "{word}" once',
                fix=Fix(match.end(1), match.end(), ""),
            )


_VERBS = frozenset({"is", "are", "was", "were", "do", "does", "has", "have", "can"})


def _is_slip(word: str, again: str, language: str) -> bool:
    plain = word.lower()
    if plain in words("function_words"):
        shouted = len(again) > 1 and again.isupper() and not word.isupper()
        return not shouted and not (again[0].isupper() and word[0].isupper())
    if language not in ("en", "es") or len(plain) < _LONG or fold(plain) in _MEANT:
        return False
    return word.islower() and again.islower()


RULE = Rule(
    "TX010",
    "doubled-word",
    Severity.WARNING,
    "A word is written twice in a row.",
    "It is a slip of editing, and often a sign that a sentence was changed and not read again.",
    "PIF TICK guide, Finding trusted health information: check for spelling errors, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nThe rash fades in the the second week.\n"),
    Example("# Wexford fever\n\nThe rash fades in the second week.\n"),
    page=check,
    precision=1.0,
    reviewed="12 of 12 on MedQuAD pages kept for this, 27 before, 2026-11-21",
)
