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

from piamater.answers.danger_words import (
    BY_SOUND,
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

_ACUTE = ("now", "sudden", "worse", "help", "lasting")
"""What says that a thing happens and is not only spoken of."""

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
    told = [_not_denied(_live(one)) for _, one in _sentences(text, language)]
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
        if _in_general(said):
            found.append(where)
        elif (turn := _turn(said)) is not None:
            sentence = text[where.start : where.stop]
            found.append(range(where.start, where.start + _offset(sentence, said, turn)))
        if (some_day := _some_day(said)) is not None:
            sentence = text[where.start : where.stop]
            found.append(range(where.start + _offset(sentence, said, some_day), where.stop))
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


# --- What takes a sign back -----------------------------------------------------------------------


def _live(said: Said) -> Said:
    """What a sentence tells of today: not what is over, may be some day, or is of nobody near."""
    turn = _turn(said)
    today = said if turn is None else _between(said, turn, len(said.words))
    some_day = _some_day(said)
    return today if some_day is None else _between(today, 0, some_day)


def _some_day(said: Said) -> int | None:
    """The word from which a sentence tells of what may be some day; none where it does not.

    In Bangla the "if" stands behind what may be.
    """
    found = said.hits.get("someday", ())
    return max(0, found[0].start - BEFORE_IF) if found and not said.has("again") else None


BEFORE_IF = 2
"""Words before an "if" that are of what may be."""


def _turn(said: Said) -> int | None:
    """The word from which a sentence tells of today; none where all of it does.

    All of it does where something is said to be so again or today; else what follows a "but".
    """
    if said.has("again"):
        return None
    back = [hit for name in ("past", "over") for hit in said.hits.get(name, ())]
    if back:
        first = min(one.start for one in back)
        turns = [one.start for one in said.hits.get("turn", ()) if one.start > first]
        return turns[0] if turns else len(said.words)
    return len(said.words) if said.has("elsewhere") and not _of_their_own(said) else None


def _between(said: Said, start: int, end: int) -> Said:
    """A sentence with what is said between two places of it."""
    hits = {
        name: tuple(one for one in each if start <= one.start < end)
        for name, each in said.hits.items()
    }
    return Said(said.words, said.clauses, {name: each for name, each in hits.items() if each})


def _of_their_own(said: Said) -> bool:
    """Whether somebody near is spoken of beside the text, film or animal."""
    last = said.hits["elsewhere"][-1]
    return any(one.start >= last.end for one in said.hits.get("somebody", ()))


def _in_general(said: Said) -> bool:
    """Whether a sentence only asks about things, of nobody and of nothing that is so now."""
    if said.has(*_ACUTE):
        return False
    return _asks(said, said.clauses[-1] if said.clauses else 0) and not said.has("somebody")


def _asks(said: Said, clause: int) -> bool:
    """Whether a clause is a question, by its first words or its mark."""
    at = [place for place, number in enumerate(said.clauses) if number == clause]
    if not at or said.has("help"):
        return False
    if said.words[-1][0] == "?" and said.clauses[-1] == clause:
        return True
    return any(
        one.start == at[0]
        or (one.start == at[0] + 1 and said.words[at[0]][0] in _GREETING)
        or _bangla(said, one)
        for one in said.hits.get("asking", ())
        if said.clauses[one.start] == clause
    )


_GREETING = frozenset(
    ["and", "so", "hi", "hello", "hey", "please", "but", "also", "y", "pero", "hola", "doctor"]
)
"""Words that may stand before the one that asks."""


def _bangla(said: Said, hit: Hit) -> bool:
    """Whether a hit is in Bangla, where the word that asks stands anywhere."""
    word = said.words[hit.start]
    return "\u0980" <= word[0][0] <= "\u09ff" or word[-1].startswith(BY_SOUND)


def _not_denied(said: Said) -> Said:
    """A sentence without the meanings that it denies, as far as an "or" carries the denial."""
    gone: set[Hit] = set()
    every = [one for name, hits in said.hits.items() if name not in _GRAMMAR for one in hits]
    wordy = {
        at for name in ("no_goes_on",) for one in said.hits.get(name, ()) for at in _places(one)
    }
    for no in said.hits.get("no", ()):
        if any(one.start <= no.start < one.end and one.end - one.start > 1 for one in every):
            continue
        at = no.end
        while at < len(said.words) and said.clauses[at] - said.clauses[at - 1] < HARD:
            here = [one for one in every if one.start == at]
            if here:
                gone.update(here)
                at = max(one.end for one in here)
            elif at in wordy:
                at += 1
            else:
                break
    for no in said.hits.get("no_after", ()):
        if any(one.start <= no.start < one.end and one.end - one.start > 1 for one in every):
            continue
        gone.update(one for one in every if 0 <= no.start - one.end < 2)
    hits = {name: tuple(one for one in each if one not in gone) for name, each in said.hits.items()}
    return Said(said.words, said.clauses, {name: each for name, each in hits.items() if each})


HARD = 3
"""Clauses whose numbers are so far apart are parted by more than a comma."""

_GRAMMAR = frozenset(
    ["no", "no_goes_on", "no_after", "somebody", "other", "asking", "maybe", "now", "turn", "help",
     "sudden", "worse", "very", "lasting", "again", "severe", "past", "over", "hypothetical"]
)  # fmt: skip
"""Meanings that are no happenings: nothing denies them."""


def _places(hit: Hit) -> range:
    return range(hit.start, hit.end)


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
    acute = said.has(*_ACUTE)
    if when == "named" or (acute and not said.has("hypothetical")):
        return True
    if when == "acute":
        return acute and not _asks(said, said.clauses[chosen[0].start])
    if not _asks(said, said.clauses[chosen[0].start]):
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
