"""Danger signs in the words in which people tell them: ``data/danger_signs.toml``.

The vocabulary finds a sign by its names. A frightened person uses none of them ("the fit will not
stop", "his face has dropped"), so signs are also looked for as combinations of what the words of a
message mean (``danger_words``). What this misses is a harm, what it finds too often an extra card.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from piamater.answers.danger_context import (
    ACUTE,
    asks,
    gone_places,
    in_general,
    live,
    not_denied,
)
from piamater.answers.danger_words import (
    NEUTRAL,
    Hit,
    Said,
    is_latin_bangla,
    meanings,
    read,
)
from piamater.text.sentences import split_sentences
from piamater.vocabulary.fold import fold

NEAR = 10
"""Words that may lie between two meanings of one sign, unless the data say otherwise."""

_COMPOSED = {"neck_stiff": (("neck", "stiff"), 5), "limb_lost": (("limb", "loss"), 5)}
"""Meanings made of two others that lie near one another."""


@dataclass(frozen=True, slots=True)
class DangerSign:
    """A danger sign (a concept's id) and the meanings that together tell of it.

    ``all`` lie within ``near`` words of one another, ``beside`` anywhere in the message; each is a
    row of meanings of which any will do. ``when`` is named, told, happening or acute.
    """

    concept: str
    all: tuple[tuple[str, ...], ...]
    beside: tuple[tuple[str, ...], ...]
    near: int
    when: str
    source: str


def told_sign(text: str, language: str) -> str | None:
    """The concept of the first danger sign that a text tells of, if any does."""
    told = [not_denied(live(one)) for _, one in _sentences(text, language)]
    for sign in _signs():
        if any(_tells(sentence, sign) for sentence in told) and all(
            any(sentence.has(*each) for sentence in told) for each in sign.beside
        ):
            return sign.concept
    return None


def elsewhere(text: str, language: str) -> tuple[range, ...]:
    """The sentences of a text that tell of what is over, or of nobody: where a sign is no alarm."""
    found = []
    for where, said in _sentences(text, language):
        if in_general(said):
            found.append(where)
            continue
        sentence = text[where.start : where.stop]
        for place in sorted(gone_places(said)):
            start, end = (_offset(sentence, said, at) for at in (place, place + 1))
            found.append(range(where.start + start, where.start + max(end, start + 1)))
    return tuple(found)


def _offset(sentence: str, said: Said, place: int) -> int:
    """Where the word at a place stands in a sentence; its end where there is no such word."""
    if place >= len(said.words):
        return len(sentence)
    word = said.words[place][0]
    found = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", fold(sentence)))
    before = sum(one[0] == word for one in said.words[:place])
    return found[before].start() if before < len(found) else len(sentence)


@lru_cache(maxsize=1)
def _sentences(text: str, language: str) -> tuple[tuple[range, Said], ...]:
    """The sentences of a text, where each stands and what it says; the last text is remembered."""
    latin = is_latin_bangla(text)
    return tuple(
        (range(start, end), _composed(read(text[start:end], latin)))
        for start, end in split_sentences(text, language) or [(0, len(text))]
    )


def _composed(said: Said) -> Said:
    """A sentence with the meanings that are made of two others."""
    hits = dict(said.hits)
    for name, (parts, near) in _COMPOSED.items():
        first, second = (said.hits.get(part, ()) for part in parts)
        pairs = tuple(
            Hit(name, min(one.start, two.start), max(one.end, two.end))
            for one in first
            for two in second
            if _apart(one, two) <= near
        )
        if pairs:
            hits[name] = pairs
    if "stiff_neck" in hits:
        hits["neck_stiff"] = (*hits.get("neck_stiff", ()), *hits["stiff_neck"])
    return Said(said.words, said.clauses, hits)


# --- What makes a sign ----------------------------------------------------------------------------


def _tells(said: Said, sign: DangerSign) -> bool:
    """Whether a sentence says all of a sign, near one another, and as the sign must be told."""
    slots = [[hit for name in each for hit in said.hits.get(name, ())] for each in sign.all]
    return all(slots) and any(_near(chosen, sign.near) and _told(said, chosen, sign.when)
                              for chosen in _choices(slots, sign.near))  # fmt: skip


def _choices(slots: Sequence[Sequence[Hit]], near: int) -> Iterator[tuple[Hit, ...]]:
    """One hit of each slot, each near the first."""
    for first in slots[0]:
        chosen = [first]
        for slot in slots[1:]:
            close = min(slot, key=lambda hit: _apart(first, hit))
            chosen.append(close)
        yield tuple(chosen)


def _near(chosen: tuple[Hit, ...], near: int) -> bool:
    ordered = sorted(chosen, key=lambda hit: hit.start)
    return all(_apart(one, two) <= near for one, two in pairwise(ordered))


def _apart(one: Hit, two: Hit) -> int:
    """Words between two hits; 0 where they touch or overlap."""
    return max(0, max(one.start, two.start) - min(one.end, two.end))


def _told(said: Said, chosen: tuple[Hit, ...], when: str) -> bool:
    acute = said.has(*ACUTE)
    if when == "named" or (acute and not said.has("hypothetical")):
        return True
    if when == "acute":
        return acute and not asks(said, said.clauses[chosen[0].start])
    if not asks(said, said.clauses[chosen[0].start]):
        return acute or said.has("somebody") or not said.has("hypothetical")
    if when == "happening" or not said.has("somebody"):
        return False
    return not (said.has("maybe") or said.has("hypothetical"))


# --- The data -------------------------------------------------------------------------------------


@cache
def _signs() -> tuple[DangerSign, ...]:
    raw = tomllib.loads(
        (files("piamater.answers") / "data" / "danger_signs.toml").read_text("utf-8")
    )
    known = meanings() | _COMPOSED.keys() - {NEUTRAL}
    signs = []
    for one in raw["sign"]:
        sign = DangerSign(
            one["concept"], _slots(one["all"]), _slots(one.get("beside", [])),
            one.get("near", NEAR), one.get("when", "told"), raw["sources"][one["source"]],
        )  # fmt: skip
        unknown = {name for each in (*sign.all, *sign.beside) for name in each} - known
        if unknown:
            raise ValueError(
                f"danger_signs.toml, {sign.concept}: no meaning {', '.join(sorted(unknown))} in "
                "danger_words.toml; name one that is there"
            )
        signs.append(sign)
    return tuple(signs)


def _slots(written: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one.split("|")) for one in written)
