"""TX003: two pieces of text joined without a space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.checks.tx.damage import is_damaged
from piamater.checks.tx.word_lists import words
from piamater.text import Mark

_CASE = re.compile(r"(?<![\w@/.-])([A-Za-zÀ-ÿ]?[a-zà-ÿ]+)((?:[A-ZÀ-Þ][a-zà-ÿ]+)+)(?![\w@]|\.\w)")
_YEAR = re.compile(r"(?<!\w)((?:19|20)\d\d)([A-Z][a-z]{2,})\b")
_STOP = re.compile(r"(?<![\w@/.-])([a-zà-ÿ]{3,})[.!?]([A-ZÀ-Þ][a-zà-ÿ]+)(?=[\s,])(?!\.\w)")
_DANDA = re.compile(r"([\u0980-\u09ff]{2,})।([\u0985-\u09b9][\u0980-\u09ff]*)")
LEAST = 3
"""Letters of a first part that can be a word: iPhone and eMedicine have fewer."""
_PART = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+")
_SEAMS = (
    (re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]"), _CASE),
    (re.compile(r"\d[A-Z][a-z]"), _YEAR),
    (re.compile(r"[a-zà-ÿ][.!?][A-ZÀ-Þ]"), _STOP),
    (re.compile(r"।[\u0985-\u09b9]"), _DANDA),
)
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")


def check(page: Page) -> Iterator[Hit]:
    """Places where one word ends and the next begins with nothing between."""
    lists = [(one.start, one.end) for one in page.document.passages if one.mark is Mark.REFERENCE]
    known: Counter[str] | None = None
    openers = words("openers", page.language) | words("openers", "en")
    for seam, pattern in _SEAMS:
        for match in _joins(page.text, seam, pattern):
            if any(start <= match.start() < end for start, end in lists):
                continue
            if pattern is _CASE:
                known = known or Counter(one.lower() for one in _WORD.findall(page.text))
                if not _are_words(match[1], match[2], known, openers):
                    continue
            if is_damaged(page, *match.span()):
                continue
            yield Hit(
                match.start(),
                match.end(),
                f'"{match[0]}" is two pieces of text with no space between',
                f'write "{page.text[match.start() : match.start(2)]} {match[2]}", or a line each',
                fix=Fix(match.start(2), match.start(2), " ")
                if pattern in (_STOP, _DANDA)
                else None,
            )


def _joins(text: str, seam: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches in the runs of characters without a space that hold a seam; addresses apart."""
    done = 0
    for place in seam.finditer(text):
        if place.start() < done:
            continue
        start = max(text.rfind(" ", 0, place.start()), text.rfind("\n", 0, place.start())) + 1
        space = _SPACE.search(text, place.end())
        done = space.start() if space else len(text)
        if "://" not in text[start:done] and "@" not in text[start:done]:
            yield from pattern.finditer(text, start, min(len(text), done + 1))


def _are_words(left: str, right: str, known: Counter[str], openers: frozenset[str]) -> bool:
    """Whether the parts are words of the page or of the common list, and no name together.

    A name in two capitals (``MedlinePlus``, ``HealthUnlocked``) begins with one; there the
    second part must be a word that begins sentences.
    """
    if len(left) < LEAST or left + right in words("camel_names"):
        return False
    parts = [one.lower() for one in _PART.findall(right)]
    if len(parts) > 1:
        return all(_is_word(one, known, openers) for one in parts)
    if left[0].isupper():
        return parts[0] in openers and _is_word(left.lower(), known, openers)
    return parts[0] in openers or (
        _is_word(left.lower(), known, openers) and _is_word(parts[0], known, openers)
    )


def _is_word(word: str, known: Counter[str], openers: frozenset[str]) -> bool:
    return len(word) > 1 and (known[word] > 0 or word in openers)


RULE = Rule(
    "TX003",
    "joined-words",
    Severity.WARNING,
    "Two pieces of text are joined without a space.",
    "A page whose parts run into each other is read wrongly, aloud above all.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nEducational health guideWritten for patients.\n"),
    Example("# Wexford fever\n\nEducational health guide\n\nWritten for patients.\n"),
    page=check,
    precision=1.0,
    reviewed="17 of 17 on MedQuAD pages kept for this; 10 on five real pages, 2026-11-21",
)
