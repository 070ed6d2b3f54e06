"""Qualifiers: words such as acute and chronic that change what is said of a disease."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from piamater.vocabulary.fold import fold


def qualifiers(text: str, language: str) -> frozenset[str]:
    """The qualifiers that a text in a language names, by their English names."""
    low = fold(text)
    return frozenset(name for name, pattern in _patterns(language) if pattern.search(low))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (files("piamater.checks") / "data" / "qualifiers.toml").read_text("utf-8")
    return tuple(
        (name, re.compile(unicodedata.normalize("NFC", some[language])))
        for name, some in tomllib.loads(text)["qualifiers"].items()
        if language in some
    )
