"""Damage: text that a broken template wrote into a page; found so that it is never quoted."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

Damage = tuple[int, int, str]
"""Start and end in code points, and what kind of damage it is."""


def find_damage(text: str) -> list[Damage]:
    """The damaged stretches of a text, in order."""
    found = [
        (*_stretch(text, match, kind), kind)
        for kind, hint, pattern in _patterns()
        if hint is None or any(one in text for one in hint)
        for match in pattern.finditer(text)
    ]
    return sorted(found)


def _stretch(text: str, match: re.Match[str], kind: str) -> tuple[int, int]:
    """What a match spoils: its whole line where markup and definitions were written into it."""
    if kind != "attribute-fragment":
        return match.span()
    end = text.find("\n", match.end())
    return text.rfind("\n", 0, match.start()) + 1, end if end >= 0 else len(text)


@cache
def _patterns() -> list[tuple[str, tuple[str, ...] | None, re.Pattern[str]]]:
    """Kind, strings one of which must occur for the pattern to, and the pattern."""
    text = (files("piamater.sources") / "data" / "damage.toml").read_text("utf-8")
    return [
        (entry["kind"], tuple(entry["hint"]) or None, re.compile(entry["pattern"]))
        for entry in tomllib.loads(text)["damage"]
    ]
