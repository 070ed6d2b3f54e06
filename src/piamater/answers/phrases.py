"""Danger signs in the words in which people tell them: ``data/danger_phrases.toml``.

The vocabulary finds a sign by its names. A frightened person uses none of them ("the fit will not
stop", "his face has dropped"), so signs are also looked for as combinations of plain words within
one sentence. What this misses is a harm, what it finds too often an extra card: it leans that way.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.text.sentences import split_sentences
from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class DangerPhrase:
    """A danger sign (a concept's id) and the groups of words that together tell of it."""

    concept: str
    groups: tuple[str, ...]


def told_sign(text: str, language: str) -> str | None:
    """The concept of the first danger sign that one sentence of a text tells of, if any does."""
    for start, end in split_sentences(text, language) or [(0, len(text))]:
        hits = _Hits(_plain(text[start:end]))
        for sign in _data().signs:
            if hits.tells(sign):
                return sign.concept
    return None


class _Hits:
    """What groups of words one sentence holds; each group is looked for once."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._found: dict[str, bool] = {}

    def tells(self, sign: DangerPhrase) -> bool:
        return all(self._has(group) for group in sign.groups)

    def _has(self, group: str) -> bool:
        if group not in self._found:
            data = _data()
            self._found[group] = any(
                not self._denied(match) for match in data.groups[group].finditer(self._sentence)
            )
        return self._found[group]

    def _denied(self, match: re.Match[str]) -> bool:
        data = _data()
        return bool(
            data.before.search(self._sentence, 0, match.start())
            or data.after.match(self._sentence, match.end())
        )


@dataclass(frozen=True, slots=True)
class _Data:
    groups: dict[str, re.Pattern[str]]
    signs: tuple[DangerPhrase, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _data() -> _Data:
    raw = tomllib.loads(
        (files("piamater.answers") / "data" / "danger_phrases.toml").read_text("utf-8")
    )
    return _Data(
        {name: _group(patterns) for name, patterns in raw["groups"].items()},
        tuple(DangerPhrase(one["concept"], tuple(one["all"])) for one in raw["sign"]),
        re.compile(rf"(?<!\w)(?:{_plain(raw['denied']['before'])})\Z"),
        re.compile(_plain(raw["denied"]["after"])),
    )


def _group(patterns: list[str]) -> re.Pattern[str]:
    """Any of the patterns, at the beginning of a word."""
    said = "|".join(unicodedata.normalize("NFC", one) for one in patterns)
    return re.compile(rf"(?<![\w\u0980-\u09ff])(?:{said})")


def _plain(text: str) -> str:
    return fold(unicodedata.normalize("NFC", text))
