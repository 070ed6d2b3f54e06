"""Word lists: short lists of words that rules about damaged text ask for, by name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str, language: str = "") -> frozenset[str]:
    """The words of a list of ``data/word_lists.toml``, of one language or of all."""
    return frozenset(
        word
        for one in _lists()[name]
        if not language or one["language"] in (language, "all")
        for word in one["words"].split()
    )


@cache
def _lists() -> dict[str, list[dict[str, str]]]:
    text = (files("piamater.checks") / "data" / "word_lists.toml").read_text("utf-8")
    return tomllib.loads(text)
