"""Sides: on which side a text puts what it names: left, right or both."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from piamater.vocabulary.fold import fold, key

_THING = r"(?P<thing>[^\W\d_][\w\u0980-\u09ff]{2,}(?:-[^\W\d_]{3,})?)"


@dataclass(frozen=True, slots=True)
class Sided:
    """A side (``left``, ``right``, ``both``) with the word for what is on it and its span."""

    side: str
    thing: str
    start: int
    end: int


def sided(text: str, language: str) -> Iterator[Sided]:
    """What a text puts on a side, in order; offsets are those of the text."""
    found = _patterns().get(language)
    if found is None:
        return
    pattern, names, skipped = found
    low = fold(text)
    for match in pattern.finditer(low):
        thing = match["thing"]
        if thing in skipped:
            continue
        yield Sided(names[match["side"]], key(thing), match.start(), match.end())


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], dict[str, str], frozenset[str]]]:
    text = (files("piamater.checks") / "data" / "sides.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text)["languages"]
    out = {}
    for language, one in table.items():
        names = {_plain(word): side for side in ("left", "right", "both") for word in one[side]}
        side = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        edge = r"(?![\w\u0980-\u09ff])"
        if one["after"]:
            body = rf"{_THING}\s+(?P<side>{side}){edge}"
        else:
            body = rf"(?<![\w\u0980-\u09ff])(?P<side>{side})[\s-]+{_THING}{edge}"
        skipped = frozenset(map(_plain, one["skipped"]))
        out[language] = (re.compile(body), names, skipped)
    return out


def _plain(word: str) -> str:
    return fold(unicodedata.normalize("NFC", word))
