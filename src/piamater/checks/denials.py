"""Negation: what a passage denies, and what might stand for a denial in another language.

Cues are those of ``data/negation.toml``. Two versions of a sentence differ where one denies and
the other neither denies nor holds a word ("lack", "unable", "avoid") that a translator may have
put for that denial. Such a word answers one denial only, and none where it already answers a word
of the same sort on the other side ("disease-free", "sin enfermedad").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from piamater.vocabulary.fold import fold

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Soft:
    """A word that may stand for a denial: its place in the text and the groups that hold it.

    The group ``bound`` is that of denials that are not reported.
    """

    start: int
    end: int
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Denial:
    """What a passage denies: the places of the words that deny, and the words that may.

    ``size`` is the length of the text.
    """

    hard: tuple[Span, ...]
    soft: tuple[Soft, ...]
    size: int


@lru_cache(maxsize=8192)
def denial(text: str, language: str) -> Denial:
    """The denials of a text in a language (``en``, ``es``, ``bn``); none in others."""
    found = _cues(language)
    if found is None:
        return Denial((), (), len(text))
    neutral, bound, hard, concord = found
    said = neutral.sub(_blank, fold(text))
    low = bound.sub(_blank, said)
    places = [one.span() for one in hard.finditer(low)]
    if not places:
        denied = [one.end() for one in hard.finditer(said)]
        free = (one.span() for one in concord.finditer(low) if not _governed(said, denied, one))
        places = list(free)[:1]
    soft = [(*one.span(), "bound") for one in bound.finditer(said)]
    for name, pattern in _groups(language):
        soft += [(*one.span(), name) for one in pattern.finditer(said)]
    return Denial(tuple(places), tuple(_merged(soft, places)), max(1, len(text)))


def _governed(said: str, denied: Sequence[int], word: re.Match[str]) -> bool:
    """Whether a denial before a word makes it one of its own: no ... ninguno."""
    between = (said[end : word.start()] for end in denied if end <= word.start())
    return any(len(one) <= _CLAUSE and not _BREAK.search(one) for one in between)


_CLAUSE = 60
_BREAK = re.compile(r"[.;:|]")


def _merged(found: list[tuple[int, int, str]], hard: Sequence[Span]) -> list[Soft]:
    """The words once each: those that overlap are one; those that a denial holds are none."""
    words: list[Soft] = []
    for start, end, name in sorted(found):
        if any(start < high and low < end for low, high in hard):
            continue
        if words and start < words[-1].end:
            last = words.pop()
            words.append(Soft(last.start, max(last.end, end), last.groups | {name}))
        else:
            words.append(Soft(start, end, frozenset({name})))
    return words


@cache
def empty_words() -> frozenset[str]:
    """Folded words of English and Spanish that say nothing of what is denied."""
    return frozenset(_table()["empty"])


@cache
def alike(word: str, language: str) -> frozenset[int]:
    """Which entries of the list of everyday words that mean the same begin a folded word."""
    return frozenset(place for place, one in enumerate(_alike(language)) if one.match(word))


@cache
def _alike(language: str) -> tuple[re.Pattern[str], ...]:
    side = ("en", "es").index(language)
    return tuple(re.compile(f"(?:{one.split()[side]})") for one in _table()["alike"])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


NEAR = 0.4
"""How far apart, in lengths of the text, a denial and the word for it may stand."""
SHORT = 60
"""Characters of a text in which they may stand anywhere."""
FAMILY = frozenset({"un", "non", "bound"})
"""Groups of which a translator may put one for another: unresected, no resecado."""
ANYWHERE = frozenset({"bound", "unknown", "lack", "un", "non"})
"""Groups whose words answer a denial wherever it stands."""


def denies_alone(one: Denial, other: Denial) -> bool:
    """Whether the first denies what the second does not, whatever its words."""
    return bool(unanswered(one, other))


def unanswered(one: Denial, other: Denial) -> tuple[Span, ...]:
    """The denials of the first that nothing in the second stands for.

    None where the second denies something itself: which of its denials is which is not told here.
    """
    return () if other.hard else surplus(one, other)


def surplus(one: Denial, other: Denial) -> tuple[Span, ...]:
    """The denials of the first that are left when each is given one of the second, or a word."""
    if not one.hard:
        return ()
    own, theirs = list(one.soft), list(other.soft)
    for alike in (_same, _kin):
        for _, mine, word in _by_distance(one, own, other, theirs, alike):
            if mine in own and word in theirs:
                own.remove(mine)
                theirs.remove(word)
    denied, held = _as_words(one.hard), _as_words(other.hard)
    held += [word for word in theirs if "bound" in word.groups]
    answered: list[Soft] = []
    for _, mine, word in _by_distance(one, denied, other, held, _always):
        if word in held and mine not in answered:
            answered.append(mine)
            held.remove(word)
            if word in theirs:
                theirs.remove(word)
    for _, mine, word in _by_distance(one, denied + own, other, theirs, _answers(one, other)):
        if word in theirs and mine not in answered:
            answered.append(mine)
            theirs.remove(word)
    return tuple((each.start, each.end) for each in denied if each not in answered)


def _as_words(hard: Sequence[Span]) -> list[Soft]:
    return [Soft(start, end, frozenset({_HARD})) for start, end in hard]


_HARD = "hard"
_BESIDE = 0.15
"""How far apart words of unlike groups may stand that answer each other."""
_Alike = Callable[[Soft, Soft, float], bool]


def _by_distance(
    one: Denial, some: Sequence[Soft], other: Denial, others: Sequence[Soft], alike: _Alike
) -> list[tuple[float, Soft, Soft]]:
    """Words that may answer each other, those at about the same place of the texts first."""
    found = [
        (abs(mine.start / one.size - word.start / other.size), mine, word)
        for mine in some
        for word in others
    ]
    return sorted(
        (each for each in found if alike(each[1], each[2], each[0])),
        key=lambda each: (each[0], each[1].start, each[2].start),
    )


def _always(_mine: Soft, _word: Soft, _apart: float) -> bool:
    return True


def _same(mine: Soft, word: Soft, _: float) -> bool:
    return bool(mine.groups & word.groups)


def _kin(mine: Soft, word: Soft, _: float) -> bool:
    return bool(mine.groups & FAMILY and word.groups & FAMILY)


def _answers(one: Denial, other: Denial) -> _Alike:
    short = min(one.size, other.size) < SHORT

    def near(mine: Soft, word: Soft, apart: float) -> bool:
        if _HARD not in mine.groups:
            denying = mine.groups & ANYWHERE and word.groups & ANYWHERE
            return apart <= _BESIDE or bool(denying and "bound" in mine.groups | word.groups)
        return short or apart <= NEAR or bool(word.groups & ANYWHERE)

    return near


@cache
def _table() -> dict[str, Any]:
    text = (files("piamater.checks") / "data" / "negation.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _cues(language: str) -> tuple[re.Pattern[str], ...] | None:
    found = _table()["cues"].get(language)
    keys = ("neutral", "bound", "hard", "concord")
    return tuple(_any(found[key]) for key in keys) if found else None


@cache
def _groups(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one["name"], _any(one[language])) for one in _table()["group"])


def _any(patterns: list[str]) -> re.Pattern[str]:
    """One pattern of several; Bangla letters with a dot below match in both of their codings."""
    whole = unicodedata.normalize("NFC", "|".join(patterns))
    for letter in "\u09dc\u09dd\u09df":
        apart = unicodedata.normalize("NFD", letter)
        whole = whole.replace(apart, f"(?:{letter}|{apart})")
    return re.compile(whole)
