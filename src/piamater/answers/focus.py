"""Focus: how far a text names what a question is about.

The focus is cut into units: a concept of the vocabulary with all its names in all languages, or
a word. A unit weighs what its words tell apart (inverse document frequency, Spärck Jones 1972),
so that a passage on another disease does not pass for one on this for sharing "disease".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from piamater.search import SearchIndex
from piamater.search.analysis import LANGUAGES, field_language, term_set
from piamater.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a focus: its weight, and its names as sets of index terms, by language."""

    weight: float
    names: dict[str, tuple[frozenset[str], ...]]
    concept: str = ""

    def share(self, terms: frozenset[str], language: str) -> float:
        """How much of the unit's best fitting name stands among the terms, 0 to 1."""
        best = 0.0
        for name in self.names.get(field_language(language), ()):
            best = max(best, len(name & terms) / len(name))
            if best == 1.0:
                break
        return best


class Focus:
    """What a question is about, to hold texts against."""

    def __init__(
        self, text: str, language: str, vocabulary: Vocabulary, index: SearchIndex
    ) -> None:
        self.text = text
        self.language = language
        self._index = index
        self._entries = max(index.count(), 1)
        self.units = tuple(self._units(text, language, vocabulary))
        self.weight = sum(unit.weight for unit in self.units)
        self.concepts = frozenset(unit.concept for unit in self.units if unit.concept)
        self.numbers = _numbers(text)

    def _units(self, text: str, language: str, vocabulary: Vocabulary) -> Iterable[Unit]:
        rest = text
        for mention in sorted(vocabulary.match(text, language), key=lambda one: -one.start):
            rest = rest[: mention.start] + " " + rest[mention.end :]
            words = text[mention.start : mention.end]
            names = {
                one: _names([*(t.text for t in vocabulary.expand(mention.concept, (one,)))], one)
                for one in LANGUAGES
            }
            own = term_set(words, language)
            if own:
                names[language] = (own, *names[language])
                yield Unit(self._weigh(own, language), names, mention.concept)
        for term in dict.fromkeys(sorted(term_set(rest, language))):
            yield Unit(
                self._weigh(frozenset({term}), language),
                {one: (frozenset({term}),) for one in LANGUAGES},
            )

    def _weigh(self, terms: frozenset[str], language: str) -> float:
        """The sum of the terms' inverse document frequencies."""
        return sum(self.rarity(term, language) for term in terms)

    def rarity(self, term: str, language: str) -> float:
        """The inverse document frequency of one index term; more than 0."""
        held = self._index.term_frequency(term, language)
        return math.log(1 + self._entries / (held + 0.5))

    def coverage(self, terms: frozenset[str], language: str) -> float:
        """How much of the focus the terms name, 0 to 1."""
        if not self.weight:
            return 0.0
        named = sum(
            unit.weight * (share if share == 1.0 or not unit.concept else share * share)
            for unit in self.units
            if (share := unit.share(terms, language))
        )
        return named / self.weight

    def aboutness(self, title: str, language: str) -> float:
        """How far a title or heading is about this focus and no more, 0 to 1.

        Recall of the focus's units, lessened by what else the title names; another number
        ("type 1" for "type 2") makes it another thing.
        """
        terms = term_set(title, language)
        recall = self.coverage(terms, language)
        if recall < 0.5:
            return 0.0
        if self.numbers != _numbers(title) and self.numbers:
            return 0.0
        named: set[str] = set()
        for unit in self.units:
            for name in unit.names.get(field_language(language), ()):
                if name <= terms:
                    named |= name
        total = sum(self.rarity(term, language) for term in terms)
        extra = sum(self.rarity(term, language) for term in terms - named)
        precision = 1 - extra / total if total else 0.0
        return recall * (0.55 + 0.45 * precision)


def _names(names: list[str], language: str) -> tuple[frozenset[str], ...]:
    """The term sets of the names that have any, each once, the shortest first."""
    sets = {term_set(name, language) for name in names}
    return tuple(sorted((one for one in sets if one), key=lambda one: (len(one), sorted(one))))


def _numbers(text: str) -> frozenset[str]:
    """The numbers, Roman numerals and single capital letters that tell types apart."""
    return frozenset(re.findall(r"\b(?:\d+[A-Za-z]?|[IVX]{1,4}|[A-H])\b", text))
