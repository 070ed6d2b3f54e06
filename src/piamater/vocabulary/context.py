"""Context: whether a mention is negated, uncertain, of the past, or of somebody else.

The ConText method (Harkema, Dowling, Thornblade and Chapman 2009), after NegEx (Chapman et al.
2001): a trigger changes the mentions that follow it (or stand before it) up to the end of the
sentence or a word that ends its reach; a pseudo-trigger looks like one and is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from piamater.text.sentences import split_sentences
from piamater.vocabulary.concept import Mention
from piamater.vocabulary.fold import fold

FEATURES = ("negated", "uncertain", "historical", "other")


@dataclass(frozen=True, slots=True)
class _Triggers:
    """The compiled triggers of one language, by feature; ``ends`` cut a trigger's reach."""

    before: dict[str, re.Pattern[str] | None]
    after: dict[str, re.Pattern[str] | None]
    pseudo: re.Pattern[str] | None
    ends: re.Pattern[str] | None


def in_context(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions with their context flags, in their order."""
    triggers = _load(language if language in ("en", "es", "bn") else "en")
    folded = fold(text)
    spans = split_sentences(text, language)
    return [_judged(one, folded, spans, triggers) for one in mentions]


def _judged(
    mention: Mention, folded: str, spans: Sequence[tuple[int, int]], triggers: _Triggers
) -> Mention:
    start, end = next(
        ((s, e) for s, e in spans if s <= mention.start < e), (0, len(folded))
    )
    before = _reach_back(folded[start : mention.start], triggers)
    after = _reach_on(folded[mention.end : end], triggers)
    found = {
        feature: bool(
            _search(triggers.before[feature], before) or _search(triggers.after[feature], after)
        )
        for feature in FEATURES
    }
    return replace(
        mention,
        negated=found["negated"],
        uncertain=found["uncertain"],
        historical=found["historical"],
        experiencer="other" if found["other"] else "patient",
    )


def _reach_back(text: str, triggers: _Triggers) -> str:
    """What stands before a mention and can still change it."""
    if triggers.pseudo:
        text = triggers.pseudo.sub(lambda match: "·" * len(match.group()), text)
    if triggers.ends:
        for match in triggers.ends.finditer(text):
            cut = match.end()
        if triggers.ends.search(text):
            return text[cut:]
    return text


def _reach_on(text: str, triggers: _Triggers) -> str:
    """What stands behind a mention and can still change it."""
    if triggers.pseudo:
        text = triggers.pseudo.sub(lambda match: "·" * len(match.group()), text)
    if triggers.ends and (match := triggers.ends.search(text)):
        return text[: match.start()]
    return text


def _search(pattern: re.Pattern[str] | None, text: str) -> bool:
    return bool(pattern and pattern.search(text))


@cache
def _load(language: str) -> _Triggers:
    text = (files("piamater.vocabulary") / "data" / f"context-{language}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    return _Triggers(
        {feature: _any(tables[feature].get("before", [])) for feature in FEATURES},
        {feature: _any(tables[feature].get("after", [])) for feature in FEATURES},
        _any(tables["pseudo"]["phrases"]),
        _any(tables["ends"]["phrases"], marks=True),
    )


def _any(phrases: list[str], marks: bool = False) -> re.Pattern[str] | None:
    """A pattern for any of these phrases as whole words; ``*`` stands for the rest of a word."""
    if not phrases:
        return None
    bodies = sorted((re.escape(fold(one)).replace(r"\*", r"\w*") for one in phrases), key=len)
    joined = "|".join(reversed(bodies))
    punctuation = r"|[;:]" if marks else ""
    return re.compile(rf"(?<![\w\u0980-\u09ff])(?:{joined})(?![\w\u0980-\u09ff]){punctuation}")
