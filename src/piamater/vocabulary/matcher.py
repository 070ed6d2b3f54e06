"""Matcher: all terms of a vocabulary in a text at once, by the keys of its words.

Each word, and each pair of words that begins a longer term, is looked up in a table; so a text
costs about two look-ups a word, however many terms there are. (An Aho-Corasick automaton over
135,000 terms, measured beside it, found them two to three times as fast, but took half a second
to build or 68 MB to keep; the tables are plain data and are there in a tenth of a second.)
Of matches that overlap the longest counts. Abbreviations of up to four capital letters match in
capitals only. A term of several words does not match across a comma or a full stop.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from piamater.vocabulary.concept import Concept, Mention
from piamater.vocabulary.fold import WORD, bangla_stems, key

_BREAK = re.compile(r"[.,;:?!()\[\]।]")
_ABBREVIATION = 4
_SHORTEST = 3

Span = tuple[int, int, tuple[str, ...]]
"""First word, word after the last, ids of concepts."""


@dataclass(slots=True)
class Forms:
    """The terms of a vocabulary as the matcher seeks them: plain data, so it can be kept.

    ``ids``: a form to concept ids; ``longest``: a form's first two words to the most words it has;
    ``capitals``: a form to those of its ids that need the text in certain capitals; ``across``:
    forms whose term has a comma or a full stop inside.
    """

    ids: dict[str, list[str]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    capitals: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    across: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, concepts: Iterable[Concept], same: Mapping[str, str]) -> Forms:
        """The forms of all terms; ``same`` names the id that stands for a linked one."""
        forms = cls()
        for concept in concepts:
            identifier = same.get(concept.id, concept.id)
            for term in dict.fromkeys(one.text for one in concept.terms):
                forms._add(term, identifier)
        return forms

    def _add(self, term: str, identifier: str) -> None:
        words = WORD.findall(term)
        parts = list(map(key, words))
        self._put(parts, words, term, identifier)
        if "-" in term and len(parts) > 1 and (joined := WORD.findall(term.replace("-", ""))):
            self._put(list(map(key, joined)), joined, term, identifier)

    def _put(self, parts: list[str], words: list[str], term: str, identifier: str) -> None:
        form = " ".join(parts)
        capitals = _needs_capitals(words)
        if not capitals and _unsafe(form, words):
            return
        ids = self.ids.setdefault(form, [])
        free = identifier in ids and identifier not in self.capitals.get(form, ())
        if identifier not in ids:
            ids.append(identifier)
        if capitals and not free:
            self.capitals.setdefault(form, {}).setdefault(identifier, []).append(" ".join(words))
        elif form in self.capitals:
            self.capitals[form].pop(identifier, None)
        if len(parts) > 1:
            pair = f"{parts[0]} {parts[1]}"
            self.longest[pair] = max(len(parts), self.longest.get(pair, 0))
            if _BREAK.search(term):
                self.across[form] = 1


def _needs_capitals(words: list[str]) -> bool:
    letters = [char for word in words for char in word if char.isalpha()]
    many = sum(map(len, words)) >= 2 and 1 <= len(letters) <= _ABBREVIATION
    return many and all(char.isupper() for char in letters)


def _unsafe(form: str, words: list[str]) -> bool:
    """Whether a term is too short, a number or an everyday word, and so is not sought."""
    if not words or form.replace(" ", "").isdecimal():
        return True
    if form.isascii() and len(form) < _SHORTEST:
        return True
    return len(words) == 1 and form in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    text = (files("piamater.vocabulary") / "data" / "stop.toml").read_text("utf-8")
    return frozenset(map(key, tomllib.loads(text)["words"]))


class Matcher:
    """Finds the terms of concepts; built once, used for every passage."""

    def __init__(self, forms: Forms) -> None:
        self._ids = forms.ids
        self._longest = forms.longest
        self._capitals = forms.capitals
        self._across = forms.across

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping another term's.

        A mention's span takes in the whole of its last word, ending and all.
        """
        spans = self._spans(text)
        if not spans:
            return []
        places = [match.span() for match in WORD.finditer(text)]
        return [
            Mention(one, places[first][0], places[last - 1][1])
            for first, last, ids in spans
            for one in ids
        ]

    def ids(self, text: str) -> set[str]:
        """The ids of the concepts a text names."""
        return {one for _, _, ids in self._spans(text) for one in ids}

    def _spans(self, text: str) -> list[Span]:
        """All the terms in a text, those that a longer one overlaps left out."""
        raw = WORD.findall(text)
        words = list(map(key, raw))
        found: list[Span] = []
        gaps: list[str] = []
        for at, word in enumerate(words):
            for many in range(self._reach(words, at), 1, -1):
                if hit := self._look_up(words, raw, at, at + many):
                    gaps = gaps or WORD.split(text)
                    between = "".join(gaps[at + 1 : at + many])
                    if hit[0] in self._across or not _BREAK.search(between):
                        found.append((at, at + many, hit[1]))
            if (word in self._ids or not word.isascii()) and (
                hit := self._look_up(words, raw, at, at + 1)
            ):
                found.append((at, at + 1, hit[1]))
        return _longest_of(found) if len(found) > 1 else found

    def _reach(self, words: list[str], at: int) -> int:
        """How many words the longest term may have that begins at a word; 0 or 1 for none."""
        if at + 1 >= len(words):
            return 0
        pair = f"{words[at]} {words[at + 1]}"
        most = self._longest.get(pair, 0)
        if not most and not pair.isascii():
            stems = bangla_stems(words[at + 1])
            most = 2 if any(f"{words[at]} {stem}" in self._longest for stem in stems) else 0
        return min(most, len(words) - at)

    def _look_up(
        self, words: list[str], raw: list[str], first: int, last: int
    ) -> tuple[str, tuple[str, ...]] | None:
        """The form and the concepts of a run of words; the last may have a Bangla ending."""
        form = words[first] if last - first == 1 else " ".join(words[first:last])
        ids = self._ids.get(form)
        if ids is None:
            ending = words[last - 1]
            if ending.isascii():
                return None
            head = form[: len(form) - len(ending)]
            for stem in bangla_stems(ending):
                if ids := self._ids.get(head + stem):
                    form = head + stem
                    break
            if ids is None:
                return None
        if capitals := self._capitals.get(form):
            written = " ".join(raw[first:last])
            ids = [one for one in ids if one not in capitals or _fits(written, capitals[one])]
        return (form, tuple(ids)) if ids else None


def _fits(written: str, allowed: list[str]) -> bool:
    """Whether a text has an abbreviation in its capitals, a plural or Bangla ending aside."""
    return any(
        written == one
        or (
            written.startswith(one)
            and (written[len(one) :] in ("s", "'s", "’s") or written[len(one)] >= "\u0980")
        )
        for one in allowed
    )


def _longest_of(found: list[Span]) -> list[Span]:
    """Of spans that overlap the longest, the first of equals; in the order of the text."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if taken.isdisjoint(range(span[0], span[1])):
            taken.update(range(span[0], span[1]))
            kept.append(span)
    return sorted(kept)
