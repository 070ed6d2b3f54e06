"""Negation: how often a passage denies something, and what might stand for a denial elsewhere.

Cues are those of ``data/negation.toml``. Two versions of a sentence differ where one denies and
the other neither denies nor holds a word ("lack", "unable", "avoid") that a translator may have
put for a denial and that the other side does not hold too.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class Denial:
    """What a passage denies.

    ``hard``: places of the words that deny; ``soft``: the groups of words in it that may stand
    for a denial (``bound`` for denials that are not reported), each with how far along the text
    it stands, from 0 to 1; ``size``: the text's length.
    """

    hard: tuple[tuple[int, int], ...]
    soft: tuple[tuple[str, float], ...]
    size: int


@lru_cache(maxsize=8192)
def denial(text: str, language: str) -> Denial:
    """The denials of a text in a language (``en``, ``es``, ``bn``); none in others."""
    found = _cues(language)
    if found is None:
        return Denial((), (), len(text))
    neutral, bound, hard, concord = found
    whole = fold(text)
    said = neutral.sub(_blank, whole)
    low = bound.sub(_blank, said)
    places = [one.span() for one in hard.finditer(low)]
    if not places:
        places = [one.span() for one in concord.finditer(low)][:1]
    size = max(1, len(text))
    soft = [("bound", one.start() / size) for one in bound.finditer(said)]
    for name, pattern in _groups(language):
        soft += [(name, one.start() / size) for one in pattern.finditer(said)]
    return Denial(tuple(places), tuple(soft), size)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


NEAR = 0.4
"""How far apart, in lengths of the text, a denial and the word for it may stand."""
SHORT = 60
"""Characters of a text in which they may stand anywhere."""
FAMILY = frozenset({"un", "non", "bound"})
"""Groups of which a translator may put one for another: unresected, no resecado."""
ANYWHERE = frozenset({"bound", "unknown"})


def denies_alone(one: Denial, other: Denial) -> bool:
    """Whether the first denies what the second does not, whatever its words."""
    if not one.hard or other.hard:
        return False
    own = {name for name, _ in one.soft}
    own |= FAMILY if own & FAMILY else set()
    at = one.hard[0][0] / one.size
    return not any(
        name not in own and (name in ANYWHERE or abs(place - at) <= NEAR or one.size < SHORT)
        for name, place in other.soft
    )


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
    return re.compile("|".join(unicodedata.normalize("NFC", one) for one in patterns))
