"""Contrary: do two sentences, found apart, say the contrary of one thing for certain?

Stricter than `support`, where a quote is known to stand behind a sentence: here nothing says that
the two speak of the same thing, so nearly all their words, and every number and word of people,
time and degree, must be the same before a denial, an advice or a direction is held against another.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from piamater.vocabulary.fold import fold, key

_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*|\b[A-Za-z]\d+\b")
_MARKERS = re.compile(r"\s?\[[\d,;\s–-]+\]|\[\^[\w-]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SMALL = frozenset(
    """the and for are was were been being has have had does did that this these those with from
    than then there their them they its his her who which what into onto upon over under between
    among also such other any all both more most very should would must will los las una unos unas
    del con por para que como esta este estos estas debe deben ser esta son fue han ese esa muy
    not nor never neither cannot without lack lacks fail fails failed""".split()  # noqa: SIM905
)
_NAME = re.compile(r"\b\w*(?:[A-Z]\w*[A-Z\d]|[A-Z]\d|[a-z][A-Z])\w*\b")
"""Abbreviations and names of genes, of which one letter makes another thing."""
_HEAD = 12
"""Letters at the front in which a direction is of the subject (a rise of …), not of its effect."""
LIKE = 0.65
"""The share of the words of either that both have."""
LONGEST = 400
"""Letters of a sentence that two would hardly write alike."""
FEWEST = 4
"""Words that both have at least."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language."""

    advised: re.Pattern[str]
    against: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    hedges: re.Pattern[str]
    limits: re.Pattern[str]
    deny: re.Pattern[str]
    other: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence taken apart: what it speaks of, whom it is limited to, and what it says.

    ``names`` are abbreviations. ``advice`` and ``direction`` are 1, -1 or 0 where it gives none or
    both; ``denials`` the number of its denials.
    """

    words: frozenset[str]
    names: frozenset[str]
    limits: frozenset[str]
    advice: int
    direction: int
    denials: int


@lru_cache(maxsize=20_000)
def said(text: str, language: str) -> Said | None:
    """A sentence taken apart; none where it is too weak or too short, or in another language."""
    words = _words().get(language)
    if len(text) > LONGEST:
        return None
    low = fold(_MARKERS.sub("", text))
    if words is None or words.hedges.search(low) or not low.rstrip().endswith((".", "।")):
        return None
    advice = -1 if words.against.search(low) else 1 if words.advised.search(low) else 0
    up, down = words.up.search(low), words.down.search(low)
    if any(one is not None and one.start() < _HEAD for one in (up, down)):
        return None
    plain = low
    for pattern in (words.against, words.advised, words.up, words.down):
        plain = pattern.sub(" ", plain)
    kept = frozenset(key(one) for one in _WORD.findall(plain) if one not in _SMALL)
    if len(kept) < FEWEST - 1:
        return None
    limits = frozenset(words.limits.findall(low))
    plainly = words.against.sub(" ", low)
    denials = len(words.deny.findall(plainly))
    if words.other.search(words.deny.sub(" ", plainly)):
        return None
    direction = bool(up) - bool(down)
    return Said(kept, frozenset(_NAME.findall(text)), limits, advice, direction, denials)


def contrary(first: str, second: str, language: str) -> str:
    """In what two sentences are contrary, in words; empty where that is not certain."""
    one, other = said(first, language), said(second, language)
    if one is None or other is None:
        return ""
    if one.limits != other.limits or one.names != other.names:
        return ""
    both, either = len(one.words & other.words), len(one.words | other.words)
    if both < FEWEST - 1 or both < LIKE * either:
        return ""
    if one.advice and other.advice:
        opposed = one.advice != other.advice and one.denials == other.denials
        return "one advises it and the other advises against it" if opposed else ""
    if one.advice or other.advice:
        return ""
    if one.direction and other.direction and one.direction != other.direction:
        return "they go in opposite directions" if one.denials == other.denials == 0 else ""
    if one.direction == other.direction and {one.denials, other.denials} == {0, 1}:
        return "one affirms what the other denies"
    return ""


@cache
def _words() -> dict[str, _Words]:
    text = (files("piamater.checks") / "data" / "relations.toml").read_text("utf-8")
    names = ("for", "against", "up", "down", "hedges", "limits", "deny", "other")
    return {
        language: _Words(*(re.compile(unicodedata.normalize("NFC", some[one])) for one in names))
        for language, some in tomllib.loads(text).items()
    }
