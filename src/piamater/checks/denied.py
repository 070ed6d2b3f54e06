"""Denied words: whether a sentence denies, doubts, warns of or only reports what it names.

A rule that accuses words ("miracle cure", "put a spoon between the teeth") must leave in peace the
sentence that says them to deny them. Cues are those of ``data/denied_words.toml``; each reaches as
far as its place in the sentence lets it: a clause, the rest of it, or all of it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

_BANGLA = re.compile(r"[\u0980-\u09ff]")
_LEAD = re.compile(
    r"[\W_]*(?:(?:and|but|so|yet|however|although|though|because|also|sadly|unfortunately|remember"
    r"|remember that|pero|aunque|porque|y)\b[,:]?\s+)*"
)
_REACH = 400
"""Code points on either side of the words that are looked at."""


def undenied(
    said: str,
    words: re.Pattern[str],
    *,
    own: bool = False,
    promise: bool = False,
    more: re.Pattern[str] | None = None,
) -> Iterator[re.Match[str]]:
    """Where folded words stand that their sentence does not deny.

    ``own``: a denial within the words themselves counts too ("put nothing into the mouth").
    ``promise``: the words promise something; a condition or a hope takes that back.
    ``more``: a rule's further cues, which count anywhere in the sentence but in the words.
    """
    for match in words.finditer(said):
        if not is_denied(said, match.start(), match.end(), own=own, promise=promise, more=more):
            yield match


def is_denied(
    said: str,
    start: int,
    end: int,
    *,
    own: bool = False,
    promise: bool = False,
    more: re.Pattern[str] | None = None,
) -> bool:
    """Whether the words of a folded text from start to end are denied or only reported there."""
    left, right = _part(said, start, end)
    before, inside, after = said[left:start], said[start:end], said[end:right]
    around = f"{before} {after}"
    if _cue("reported").search(around) or (more is not None and more.search(around)):
        return True
    if promise and _cue("open").search(around):
        return True
    if _BANGLA.search(inside):
        return _cue("last").search(f"{around}{inside}" if own else around) is not None
    if own and denies(inside):
        return True
    if _cue("after").search(after):
        return True
    lead = _LEAD.match(before)
    if _cue("subject").match(before, lead.end() if lead else 0) and not _cue("turn").search(before):
        return True
    ends = [one.end() for one in _cue("clause").finditer(before)]
    return _cue("before").search(before[ends[-1] if ends else 0 :]) is not None


def denies(folded: str) -> bool:
    """Whether a heading, a lead or some words deny or warn of something at all."""
    some = ("subject", "before", "reported", "last" if _BANGLA.search(folded) else "before")
    return any(_cue(one).search(folded) for one in some)


def _part(said: str, start: int, end: int) -> tuple[int, int]:
    """The part of a text around a place, to the next full stop or line on either side."""
    left = max(0, start - _REACH)
    for one in _cue("part").finditer(said, left, start):
        left = one.end()
    right = _cue("part").search(said, end, end + _REACH)
    return left, right.start() + 1 if right else min(len(said), end + _REACH)


@cache
def _table() -> dict[str, Any]:
    text = (files("piamater.checks") / "data" / "denied_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _cue(name: str) -> re.Pattern[str]:
    found = _table()[name]
    some = [found] if isinstance(found, str) else found
    return re.compile("|".join(f"(?:{unicodedata.normalize('NFC', one)})" for one in some))
