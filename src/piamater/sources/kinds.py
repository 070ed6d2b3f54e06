"""Kinds: what sort of source a work is, judged by what it says of itself, with the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from piamater.sources.record import Kind


def guess_kind(
    *, types: Iterable[str] = (), title: str = "", text: str = "", fallback: Kind, why: str
) -> tuple[Kind, str]:
    """The kind of a work and why: by its publication types, its title, then its opening words.

    ``text`` is the abstract or the beginning of the work; ``why`` is the reason that goes with
    ``fallback``.
    """
    for label in types:
        for kind, cues in _cues().items():
            if cues["type"] and cues["type"].search(label):
                return kind, f"publication type {label!r}"
    for part, where in ((title, "the title"), (text[:6_000], "the text")):
        for kind, cues in _cues().items():
            pattern = cues["title" if where == "the title" else "text"]
            if pattern and (match := pattern.search(part)):
                return kind, f"{where} says {match.group()!r}"
    return fallback, why


@cache
def _cues() -> dict[Kind, dict[str, re.Pattern[str] | None]]:
    text = (files("piamater.sources") / "data" / "kinds.toml").read_text("utf-8")
    return {
        Kind(name): {where: _any(entry[where]) for where in ("type", "title", "text")}
        for name, entry in tomllib.loads(text).items()
    }


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
