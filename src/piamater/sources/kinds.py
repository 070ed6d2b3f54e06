"""Kinds: what sort of source a work is, judged by what it says of itself, with the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from piamater.sources.record import Kind

_OPENING = 6_000
_PLACES = ("type", "title", "address", "text", "speaks")


def guess_kind(
    *,
    types: Iterable[str] = (),
    title: str = "",
    text: str = "",
    url: str = "",
    fallback: Kind,
    why: str,
) -> tuple[Kind, str]:
    """The kind of a work and why: by publication types, title, address, then its opening words.

    ``text`` is the abstract or the beginning of the work; ``why`` is the reason that goes with
    ``fallback``.
    """
    for label in types:
        if found := _first("type", label):
            return found[0], f"publication type {label!r}"
    if found := _first("title", title):
        return found[0], f"the title says {found[1]!r}"
    if found := _first("address", url):
        return found[0], f"the address holds {found[1]!r}"
    if found := _first("text", text[:_OPENING]):
        return found[0], f"the text says {found[1]!r}"
    return fallback, why


def speaks_to_patients(text: str) -> str:
    """The words by which a page shows that its reader is a patient; empty where it does not."""
    found = _first("speaks", text)
    return found[1] if found else ""


def _first(place: str, said: str) -> tuple[Kind, str] | None:
    """The first kind one of whose cues for a place stands in what is said there."""
    if said:
        for kind, cues in _cues().items():
            pattern = cues.get(place)
            if pattern and (match := pattern.search(said)):
                return kind, " ".join(match.group().split())
    return None


@cache
def _cues() -> dict[Kind, dict[str, re.Pattern[str]]]:
    text = (files("piamater.sources") / "data" / "kinds.toml").read_text("utf-8")
    return {
        Kind(name): {
            place: re.compile("|".join(entry[place]), re.IGNORECASE)
            for place in _PLACES
            if entry.get(place)
        }
        for name, entry in tomllib.loads(text).items()
    }
