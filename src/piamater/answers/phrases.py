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
from functools import cache, cached_property
from importlib.resources import files

from piamater.text.sentences import split_sentences
from piamater.vocabulary.fold import fold

NOW = "now"
"""The group that says that something happens to somebody, and not in general."""


@dataclass(frozen=True, slots=True)
class DangerPhrase:
    """A danger sign (a concept's id) and the groups of words that together tell of it."""

    concept: str
    groups: tuple[str, ...]


def told_sign(text: str, language: str) -> str | None:
    """The concept of the first danger sign that one sentence of a text tells of, if any does."""
    for start, end in split_sentences(text, language) or [(0, len(text))]:
        hits = _Hits(_plain(text[start:end]))
        if hits.told_of_nobody_now:
            continue
        for sign in _data().signs:
            if hits.tells(sign):
                return sign.concept
    return None


def elsewhere(text: str, language: str) -> tuple[range, ...]:
    """The sentences of a text that tell of what is over, or of nobody: where a sign is no alarm."""
    return tuple(
        range(start, end)
        for start, end in split_sentences(text, language) or [(0, len(text))]
        if _Hits(_plain(text[start:end])).told_of_nobody_now
    )


class _Hits:
    """What groups of words one sentence holds; each group is looked for once."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._found: dict[str, bool] = {}

    def tells(self, sign: DangerPhrase) -> bool:
        if NOW in sign.groups and self._another_time:
            return False
        return all(self._has(group) for group in sign.groups)

    @cached_property
    def told_of_nobody_now(self) -> bool:
        """Whether it says that a thing of long ago is over, writes a protocol, or counts people.

        Each only where nothing is said to be so again or today, or after a "but".
        """
        data, said = _data(), self._sentence
        if data.said["again"].search(said):
            return False
        long_ago = data.said["someday"].search(said) or data.said["past"].search(said)
        over = data.said["over"].search(said)
        if long_ago and over:
            return not data.said["turn"].search(said, over.end())
        if data.said["writing"].search(said):
            return not data.said["somebody"].search(said)
        return bool(data.said["counting"].search(said)) and not data.groups[NOW].search(said)

    @cached_property
    def _another_time(self) -> bool:
        """Whether it tells of years ago or of some day, and of nothing today."""
        said = _data().said
        someday = said["someday"].search(self._sentence)
        return bool(someday) and not said["today"].search(self._sentence)

    def _has(self, group: str) -> bool:
        if group not in self._found:
            data = _data()
            self._found[group] = any(
                group in data.undeniable or not self._denied(match)
                for match in data.groups[group].finditer(self._sentence)
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
    undeniable: frozenset[str]
    said: dict[str, re.Pattern[str]]
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
        frozenset(raw["denied"]["never"]),
        {name: _said(raw["denied"][name]) for name in _TOLD},
        re.compile(rf"(?<!\w)(?:{_plain(raw['denied']['before'])})\Z"),
        re.compile(_plain(raw["denied"]["after"])),
    )


_TOLD = (
    "someday", "today", "again", "past", "over", "turn", "writing", "counting", "somebody",
)  # fmt: skip
"""What a sentence says of when and of whom, as the data name it."""


def _said(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_plain(pattern)})")


def _group(patterns: list[str]) -> re.Pattern[str]:
    """Any of the patterns, at the beginning of a word."""
    said = "|".join(unicodedata.normalize("NFC", one) for one in patterns)
    return re.compile(rf"(?<![\w\u0980-\u09ff])(?:{said})")


_UNMARKED = re.compile(
    r"\b(?:(ca|do|wo|is|did|does|has|was|could|would|should|are|have|had)(nt)|(he(?=s)|she(?=s)|i(?=m|ve))(s|m|ve))\b"
)
"""Contractions as people type them on a telephone, without the apostrophe."""


def _plain(text: str) -> str:
    folded = fold(unicodedata.normalize("NFC", text)).replace("’", "'")
    return _UNMARKED.sub(lambda m: f"{m[1]}n't" if m[1] else f"{m[3]}'{m[4]}", folded)
