"""Matcher: all terms of a vocabulary in a text at once, by the Aho-Corasick automaton (1975).

A match is a whole word or words; of matches that overlap the longest counts. English and Spanish
plurals and Bangla case endings may follow. Abbreviations in capitals match in capitals only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import ahocorasick

from piamater.vocabulary.concept import Concept, Mention
from piamater.vocabulary.fold import fold, spellings

_LATIN_ENDING = re.compile(r"(?:es|s)?(?![^\W_])")
_BANGLA_ENDING = re.compile(
    r"(?:গুলো|গুলি|সমূহ|দের|টি|টা)?(?:ের|র|ে|তে|কে|য়|য়|ও|ই)?(?![\u0980-\u09ff])"
)
_WORD = re.compile(r"[\w\u0980-\u09ff]")
_SHORTEST = 3


class Matcher:
    """Finds the terms of concepts; built once, used for every passage."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._exact: dict[str, set[str]] = {}
        held: dict[str, set[str]] = {}
        for concept in concepts:
            for term in concept.terms:
                for form in _forms(term.text, term.language):
                    held.setdefault(form, set()).add(concept.id)
                if _is_abbreviation(term.text):
                    self._exact.setdefault(fold(term.text), set()).add(term.text)
        for form, ids in held.items():
            self._automaton.add_word(form, (len(form), tuple(sorted(ids))))
        self._empty = not held
        if held:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping another term's."""
        if self._empty:
            return []
        folded = fold(text)
        spans: list[tuple[int, int, tuple[str, ...]]] = []
        for last, (length, ids) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if (start and _is_word(folded[start - 1])) or not self._ends(text, folded, start, end):
                continue
            spans.append((start, end, ids))
        return [
            Mention(one, start, end) for start, end, ids in _longest(spans) for one in ids
        ]

    def _ends(self, text: str, folded: str, start: int, end: int) -> bool:
        """Whether a match ends where a word does, and is in capitals where its term is."""
        if end < len(folded) and _is_word(folded[end]):
            ending = _BANGLA_ENDING if folded[end] >= "\u0980" else _LATIN_ENDING
            match = ending.match(folded, end)
            if match is None or (ending is _LATIN_ENDING and end - start < 4):
                return False
        exact = self._exact.get(folded[start:end])
        return exact is None or text[start:end] in exact


def _is_word(char: str) -> bool:
    return char.isalnum() or "\u0980" <= char <= "\u09ff" or char == "_"


def _is_abbreviation(term: str) -> bool:
    return len(term) <= 4 and term.isascii() and term.isupper()


def _forms(term: str, language: str) -> set[str]:
    """The folded forms under which a term is sought; none for one too short to be safe."""
    folded = " ".join(fold(term).split())
    if len(folded) < _SHORTEST and not _is_abbreviation(term) and folded < "\u0980":
        return set()
    return spellings(folded) if language == "en" else {folded}


def _longest(
    spans: list[tuple[int, int, tuple[str, ...]]],
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Of spans that overlap the longest, the first of equals; in the order of the text."""
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        if all(span[1] <= one[0] or span[0] >= one[1] for one in kept):
            kept.append(span)
    return sorted(kept)
