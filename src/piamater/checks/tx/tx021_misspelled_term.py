"""TX021: a word that is one letter away from a medical term, and no word that anybody uses."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.blocks import folded, shown
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.word_lists import words
from piamater.text import Form, Mark
from piamater.vocabulary.fold import fold, key

SHORTEST = 8
"""Letters of a word; shorter ones have too many neighbours that are words."""
OFTEN = 2
"""A form that the page uses more often than this is what its writer means."""
_WORD = re.compile(r"(?<![\w@/.'’-])[^\W\d_]{8,60}(?![\w@/'’-])")
_ENDINGS = re.compile(
    r"(?:s|es|al|ic|ics|ical|ally|ed|ing|er|or|ist|ists|ia|ias|ian|y|is|e|a|o|os|as|ous|ar|ly|n|d)$"
)


@cache
def _terms(language: str) -> tuple[frozenset[str], dict[str, str]]:
    """The long words of the vocabulary's terms in a language, and the same by their shapes
    with one letter left out.
    """
    told = {
        word
        for concept in vocabulary()
        for term in concept.terms
        if term.language == language
        for word in re.findall(r"[^\W\d_]{8,}", fold(term.text))
    }
    shapes = {short: word for word in sorted(told) for short in _shorter(word)}
    return frozenset(told), shapes


def _shorter(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def check(page: Page) -> Iterator[Hit]:
    """Rare words of the content that a single letter parts from a term; in English, whose words
    the exceptions were gathered from.
    """
    if page.language != "en":
        return
    known, shapes = _terms(page.language)
    plain = folded(page)
    yield from _everyday(page, plain)
    count = Counter(_WORD.findall(plain))
    for passage in shown(page, Form.SENTENCE, Form.ITEM):
        if passage.language != page.language:
            continue
        for match in _WORD.finditer(plain, passage.start, passage.end):
            word = match.group()
            if (
                word in known
                or count[word] > OFTEN
                or word in words("true_words")
                or word in slips()
                or word.endswith("ing")
            ):
                continue
            if not page.text[match.start() + 1 : match.end()].islower():
                continue
            term = _near(word, shapes)
            if term and not _is_form(word, term):
                yield Hit(
                    match.start(),
                    match.end(),
                    f'"{page.text[match.start() : match.end()]}" is one letter away from "{term}"',
                    f'write "{term}", if that is meant',
                )


@cache
def slips() -> dict[str, str]:
    """The slips of ``data/common_slips.toml`` and the words that are meant."""
    text = (files("piamater.checks") / "data" / "common_slips.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)["slips"]
    return found


_ANY = re.compile(r"(?<![\w@/.'’-])[a-z]{4,20}(?![\w@/'’-])")


def _everyday(page: Page, plain: str) -> Iterator[Hit]:
    """Everyday slips that are no word at all, however short."""
    for match in _ANY.finditer(plain):
        meant = slips().get(match.group())
        if not meant:
            continue
        passage = page.passage_at(match.start())
        if passage is None or passage.mark is Mark.REFERENCE or passage.language != page.language:
            continue
        yield Hit(
            match.start(),
            match.end(),
            f'"{page.text[match.start() : match.end()]}" is written "{meant}"',
            f'write "{meant}"',
        )


def _near(word: str, shapes: dict[str, str]) -> str:
    for short in _shorter(word):
        term = shapes.get(short)
        if term and abs(len(term) - len(word)) <= 1 and _one_edit(word, term):
            return term
    return ""


def _one_edit(one: str, other: str) -> bool:
    """Whether a letter left out or put in, or two swapped, make one word the other.

    A letter changed makes too many words of words: dysphasia and dysplasia.
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return len(left) + len(right) == 1 or (len(left) == 2 and left == right[::-1])


def _is_form(word: str, term: str) -> bool:
    """Whether a word is the term in another number, part of speech or spelling."""
    if key(word) == key(term) or word[0] != term[0]:
        return True
    shared = 0
    while shared < min(len(word), len(term)) and word[shared] == term[shared]:
        shared += 1
    return shared >= len(term) - 4 or bool(_ENDINGS.fullmatch(word[shared:]))


RULE = Rule(
    "TX021",
    "misspelled-term",
    Severity.INFO,
    "A word is one letter away from a medical term.",
    "A misspelled medicine or disease is not found, or is found to be another.",
    "PIF TICK guide, Finding trusted health information: check for spelling errors, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Meningitis\n\nA patient with menigitis needs treatment without delay, in a hospital.\n"
    ),
    Example(
        "# Meningitis\n\nA patient with meningitis needs treatment without delay, in a hospital.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="16 of 16 on MedQuAD pages kept for this; 10 of 18 before its list of true words, "
    "2026-11-21",
)
