"""Finding guides and words: titles, other names and synonyms in any language, misspelt or not.

Guides are matched by the terms of their text and by their names; a name also by how it sounds,
which is how romanised Bangla finds what is written in Bangla.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from piamater.guides import LANGUAGES, Guide, GuideType, statements
from piamater.search.analysis import terms
from piamater.site.shelf import Shelf
from piamater.text import bangla
from piamater.vocabulary import Vocabulary

NAME_WEIGHT = 6.0
"""A term in a guide's names against one in its text."""

NEAR = 84.0
"""Least similarity, 0 to 100, at which a misspelt name is taken for another (RapidFuzz ratio)."""

LIKELY_MEANT = 0.74
"""Least similarity, 0 to 1, to a known word that one was meant to be (Damerau-Levenshtein)."""

_WORD = re.compile(r"[^\W\d_][\w\u0980-\u09ff'-]+")

ORDER = list(GuideType)
"""Of names that fit equally well, conditions come first, then tests, as the types are listed."""

SHORTEST_FUZZY = 4
"""Letters that a word must have to be compared as misspelt."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name by which a guide is found, and where it leads."""

    text: str
    language: str
    guide: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A guide that a search found; ``by`` is the name that matched, where not its title."""

    guide: Guide
    score: float
    by: str = ""


class Finder:
    """Finds the guides of a shelf."""

    def __init__(self, shelf: Shelf, vocabulary: Vocabulary) -> None:
        self.shelf = shelf
        self._vocabulary = vocabulary
        self.names = [
            one for edition in shelf.editions for one in _names(edition.guide, shelf, vocabulary)
        ]
        self._keys = [_key(one.text) for one in self.names]
        self._sounds = [_sounds(one.text) for one in self.names]
        self._index: dict[str, dict[str, Counter[str]]] = {
            language: defaultdict(Counter) for language in LANGUAGES
        }
        for edition in shelf.editions:
            for guide in edition.versions.values():
                self._add(guide)
        for name in self.names:
            for term in terms(name.text, name.language):
                self._index[name.language][term][name.guide] += int(NAME_WEIGHT)

    def _add(self, guide: Guide) -> None:
        index = self._index[guide.language]
        for block in guide.blocks:
            for text in [block.heading, *(one.source for one in block.parts)]:
                for term in terms(text, guide.language):
                    index[term][guide.id] += 1

    def search(self, query: str, language: str, limit: int = 20) -> list[Match]:
        """The guides that a query finds, best first, in the reader's language."""
        scores: Counter[str] = Counter()
        by: dict[str, str] = {}
        for wording in LANGUAGES:
            share = 1.0 if wording == language else 0.5
            for id_, score in self._by_terms(query, wording).items():
                scores[id_] = max(scores[id_], int(1000 * share * score))
        for id_, weight in self._by_concept(query, language).items():
            scores[id_] = max(scores[id_], int(1000 * weight))
        for name, similarity in self._by_name(query):
            gained = int(1000 * similarity / 100 * (3 if name.preferred else 2))
            if gained > scores[name.guide]:
                by[name.guide] = name.text
            scores[name.guide] += gained
        found = []
        for id_, score in scores.most_common(limit):
            guide = self.shelf.guide(id_, language)
            if guide and score > 0:
                other = by.get(id_, "")
                same = _key(other) in (_key(guide.title), _key(guide.plain_title))
                found.append(Match(guide, score / 1000, "" if same else other))
        return found

    def _by_concept(self, query: str, language: str) -> dict[str, float]:
        """Guides on a concept that the query names among other words, or on what it is a kind of.

        A guide's main concept weighs more.
        """
        told = {one.concept for one in self._vocabulary.mentions(query, language)}
        known = (concept for one in told if (concept := self._vocabulary.get(one)))
        named = told.union(*(one.parents for one in known))
        found: dict[str, float] = {}
        for edition in self.shelf.editions:
            concepts = next(iter(edition.versions.values())).concepts
            if named.intersection(concepts):
                found[edition.guide] = 0.6 if concepts[0] in named else 0.3
        return found

    def _by_terms(self, query: str, language: str) -> dict[str, float]:
        """The share of the query's weight that each guide's text holds, if at least a third."""
        index, total = self._index[language], max(1, len(self.shelf.editions))
        wanted = set(terms(query, language))
        weights = {
            term: math.log(1 + total / len(index[term])) if term in index else math.log(1 + total)
            for term in wanted
        }
        whole = sum(weights.values())
        scores: dict[str, float] = defaultdict(float)
        for term in wanted & index.keys():
            for id_, times in index[term].items():
                scores[id_] += weights[term] * times / (times + 2.0)
        return {id_: score / whole for id_, score in scores.items() if score >= whole / 3}

    def _by_name(self, query: str) -> list[tuple[Name, float]]:
        """The names that a query is the beginning of, or near to, or sounds like."""
        from rapidfuzz import fuzz

        key, sound = _key(query), _sounds(query)
        if not key:
            return []
        found = []
        for name, own, heard in zip(self.names, self._keys, self._sounds, strict=True):
            if own == key:
                found.append((name, 100.0))
            elif len(key) > 2 and own.startswith(key):
                found.append((name, 95.0))
            elif len(key) > 2 and f" {key}" in own:
                found.append((name, 90.0))
            elif len(key) >= SHORTEST_FUZZY and (near := fuzz.ratio(key, own)) >= NEAR:
                found.append((name, near))
            elif name.language == "bn" and len(sound) > 2 and sound == heard:
                found.append((name, 90.0))
        return sorted(found, key=lambda row: -row[1])

    def suggest(self, typed: str, language: str, limit: int = 8) -> list[Name]:
        """Names that what was typed may become, the reader's language first, a guide once."""
        order = sorted(
            self._by_name(typed),
            key=lambda row: (
                row[0].language != language,
                -row[1],
                ORDER.index(self.shelf.by_id[row[0].guide].original.type),
                not row[0].preferred,
                row[0].text,
            ),
        )
        seen: dict[str, Name] = {}
        for name, _ in order:
            seen.setdefault(name.guide, name)
        return list(seen.values())[:limit]

    def did_you_mean(self, query: str, language: str) -> str:
        """The query with its unknown words replaced by the nearest known ones; empty where none."""
        words = re.findall(r"\S+", query)
        meant = [self._nearest(word, language) for word in words]
        return " ".join(meant) if meant != words else ""

    def _nearest(self, word: str, language: str) -> str:
        """A word, or the known one that it was meant to be; Bangla also by its sound."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        known, key = self._known[language], _key(word)
        if len(key) < SHORTEST_FUZZY or key in known or not key.isalpha():
            return word
        if language == "bn" and key.isascii() and len(sound := bangla.sound_key(key)) > 1:
            return self._heard.get(sound, word)
        found = process.extractOne(
            key, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LIKELY_MEANT
        )
        return known[found[0]] if found else word

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        """The words of guides and of the vocabulary by language: key to spelling."""
        texts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        for concept in self._vocabulary:
            for term in concept.terms:
                if term.language in texts:
                    texts[term.language].append(term.text)
        for edition in self.shelf.editions:
            for language, guide in edition.versions.items():
                texts[language] += [one.heading for one in guide.blocks]
                texts[language] += [part.source for b in guide.blocks for part in b.parts]
        return {
            language: {_key(word): word.lower() for text in held for word in _WORD.findall(text)}
            for language, held in texts.items()
        }

    @cached_property
    def _heard(self) -> dict[str, str]:
        """Bangla words by how they sound."""
        return {
            bangla.sound_key(word): word
            for word in self._known["bn"].values()
            if not word.isascii()
        }


def _names(id_: str, shelf: Shelf, vocabulary: Vocabulary) -> Iterable[Name]:
    """The names of a guide: its titles, other names, and its main concept's terms."""
    edition = shelf.by_id[id_]
    seen = set()
    for language, guide in edition.versions.items():
        block = guide.block("also-called")
        others = [
            s.text for part in (block.parts if block else ()) for s in statements(part, language)
        ]
        for place, text in enumerate([guide.title, guide.plain_title, *others]):
            if (language, _key(text)) not in seen:
                seen.add((language, _key(text)))
                yield Name(text, language, id_, place < 2)
    concept = vocabulary.get(edition.original.concepts[0]) if edition.original.concepts else None
    for term in concept.terms if concept else ():
        if term.language in LANGUAGES and (term.language, _key(term.text)) not in seen:
            seen.add((term.language, _key(term.text)))
            yield Name(term.text, term.language, id_, False)


def _key(text: str) -> str:
    """A text as it is compared: no case, no accents, one form of each Bangla letter."""
    import unicodedata

    plain = bangla.search_form(text).casefold()
    if not any("\u0980" <= letter <= "\u09ff" for letter in plain):
        plain = "".join(
            one for one in unicodedata.normalize("NFD", plain) if not unicodedata.combining(one)
        )
    return " ".join(plain.replace("-", " ").split())


def _sounds(text: str) -> str:
    """How the words of a text sound, joined by spaces."""
    return " ".join(key for word in _key(text).split() if (key := bangla.sound_key(word)))
