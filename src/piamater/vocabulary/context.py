"""Context: whether a mention is negated, uncertain, of the past, or of somebody else.

The ConText method (Harkema, Dowling, Thornblade and Chapman 2009), after NegEx (Chapman et al.
2001). A trigger reaches from its place forwards or backwards to the end of the sentence, or to a
word that ends its reach, and changes the mentions in between; a pseudo-trigger looks like one and
changes nothing. Of triggers that overlap the longest counts ("cannot be ruled out", not "ruled
out"). The triggers are data: ``data/context-*.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from piamater.text.sentences import split_sentences
from piamater.vocabulary.concept import Mention
from piamater.vocabulary.fold import fold

FEATURES = ("negated", "uncertain", "conditional", "historical", "other")
"""What a trigger says of a mention: ``conditional`` makes it uncertain within a clause; ``other``
is of somebody else than the patient."""

LANGUAGES = ("en", "es", "bn")
"""The languages with triggers; texts in others go by the English ones."""

_EVERY = "every"
_BEFORE, _AFTER, _END = "before", "after", "ends"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A trigger in a text, or a word that ends the reach of triggers."""

    start: int
    end: int
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Triggers:
    """One language's triggers: the pattern that finds any, and what each does."""

    pattern: re.Pattern[str]
    roles: dict[str, tuple[tuple[str, str], ...]]
    prefixes: tuple[str, ...]


def in_context(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions with their context flags, in their order."""
    if not mentions:
        return []
    triggers = _load(language if language in LANGUAGES else "en")
    folded = fold(text)
    flags: dict[int, set[str]] = {}
    for start, end in split_sentences(text, language) or [(0, len(text))]:
        inside = {one for one in range(len(mentions)) if start <= mentions[one].start < end}
        if inside:
            hits = list(_hits(folded, start, end, triggers))
            for number in inside:
                flags[number] = _features(mentions[number], hits)
    return [_flagged(one, flags.get(number, set())) for number, one in enumerate(mentions)]


def _flagged(mention: Mention, found: set[str]) -> Mention:
    if not found:
        return mention
    return replace(
        mention,
        negated="negated" in found,
        uncertain=not found.isdisjoint(("uncertain", "conditional")),
        historical="historical" in found,
        experiencer="other" if "other" in found else "patient",
    )


def _hits(folded: str, start: int, end: int, triggers: _Triggers) -> Iterator[_Hit]:
    """The triggers in a sentence, in order; a phrase's longest reading takes its place."""
    for match in triggers.pattern.finditer(folded, start, end):
        roles = triggers.roles.get(_plain(match.group()))
        if roles is None:
            roles = _by_prefix(match.group(), triggers)
        yield _Hit(match.start(), match.end(), roles)


def _by_prefix(found: str, triggers: _Triggers) -> tuple[tuple[str, str], ...]:
    """What a phrase with an open end (``descart*``) does."""
    for prefix in triggers.prefixes:
        if found.startswith(prefix):
            return triggers.roles[prefix + "*"]
    return ()


def _features(mention: Mention, hits: Iterable[_Hit]) -> set[str]:
    """What the triggers of a sentence say of one mention.

    A trigger inside the mention (its "non" or "sin") is part of its name and says nothing.
    """
    found: set[str] = set()
    reach: set[str] = set()
    behind: list[_Hit] = []
    for hit in hits:
        if hit.start >= mention.end:
            behind.append(hit)
        elif hit.end <= mention.start:
            for feature, role in hit.roles:
                if role == _END:
                    reach = reach - {feature} if feature != _EVERY else set()
            reach |= {feature for feature, role in hit.roles if role == _BEFORE}
    found |= reach
    closed: set[str] = set()
    for hit in behind:
        for feature, role in hit.roles:
            if role == _AFTER and feature not in closed:
                found.add(feature)
        closed |= {feature for feature, role in hit.roles if role == _END}
        if _EVERY in closed:
            break
    return found


@cache
def _load(language: str) -> _Triggers:
    text = (files("piamater.vocabulary") / "data" / f"context-{language}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    roles: dict[str, tuple[tuple[str, str], ...]] = {}
    for feature in (*FEATURES, _EVERY):
        for role in (_BEFORE, _AFTER, _END):
            for phrase in tables.get(feature, {}).get(role, ()):
                folded = _plain(fold(phrase))
                roles[folded] = (*roles.get(folded, ()), (feature, role))
    for phrase in tables["pseudo"]["phrases"]:
        roles[_plain(fold(phrase))] = ()
    prefixes = tuple(
        sorted((one[:-1] for one in roles if one.endswith("*")), key=lambda o: -len(o))
    )
    return _Triggers(_pattern(roles), roles, prefixes)


def _plain(phrase: str) -> str:
    """A folded phrase with single spaces, and one spelling of Bangla's dotted letters."""
    return " ".join(unicodedata.normalize("NFC", phrase).split())


_DOTTED = (("\u09a1\u09bc", "\u09dc"), ("\u09a2\u09bc", "\u09dd"), ("\u09af\u09bc", "\u09df"))
_LETTER = r"\w\u0980-\u09ff"


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first; ``*`` is the rest of a word.

    What a phrase can begin with is looked for first, so most places are passed at one look.
    """
    ordered = sorted(phrases, key=lambda one: (-len(one), one))
    words = [one for one in ordered if _is_letter(one[0])]
    marks = [one for one in ordered if not _is_letter(one[0])]
    heads = "".join(sorted({re.escape(one[0]) for one in words}))
    said = f"(?<![{_LETTER}])(?=[{heads}])(?:{'|'.join(map(_body, words))})"
    return re.compile("|".join([said, *map(_body, marks)]))


def _body(phrase: str) -> str:
    """The pattern of one phrase, from its first character to where its last word ends."""
    body = re.escape(phrase).replace(r"\*", f"[{_LETTER}]*").replace(r"\ ", r"\s+")
    for apart, whole in _DOTTED:
        body = body.replace(apart, f"(?:{apart}|{whole})")
    return body + (f"(?![{_LETTER}])" if _is_letter(phrase[-1]) else "")


def _is_letter(char: str) -> bool:
    return char.isalnum() or char >= "\u0980"
