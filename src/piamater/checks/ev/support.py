"""Support: does a quote say what a sentence says, by words, numbers, negation and direction.

No model: the verdict is made of rules that can be read, so it errs on the side of support. What it
calls a contradiction is one that a reader sees at once: another figure, a denial on one side only,
"higher" against "lower". The pairs of opposites and the words of denial and direction are data
(``data/directions.toml``); negation of concepts is the vocabulary's (ConText).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from piamater.checks.page import vocabulary
from piamater.guides.numbers import numbers, unsupported_numbers
from piamater.text import identify
from piamater.vocabulary.fold import WORD, fold, keys

Verdict = Literal["supports", "contradicts", "unrelated"]

RELATED = 0.15
"""The share of a sentence's content words that a quote about the same thing has at least."""
SURE = 0.6
"""The share from which a contradiction is sure enough to be told to a writer."""
_SHARED = 3
_STEM = 4
_CLOSE = 4
"""Words within which two words keep company."""
_NEAR = 48
"""Letters around a shared word in which a word of denial or direction speaks of it."""
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "during",
        "each",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "more",
        "most",
        "must",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "patients",
        "people",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "under",
        "until",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "study",
        "studies",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "y",
        "o",
        "de",
        "del",
        "al",
        "en",
        "con",
        "por",
        "para",
        "que",
        "es",
        "son",
        "se",
        "su",
        "sus",
        "lo",
        "como",
        "mas",
        "ও",
        "এবং",
        "বা",
        "যে",
        "এই",
        "সেই",
        "কি",
        "তার",
        "তাদের",
        "এর",
    ]
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its reason in words, and how much of the sentence the quote has (0 to 1)."""

    verdict: Verdict
    reason: str
    overlap: float


@dataclass(frozen=True)
class _Words:
    up: re.Pattern[str]
    down: re.Pattern[str]
    denial: re.Pattern[str]
    plain_denial: re.Pattern[str]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def supports(sentence: str, quote: str) -> Verdict:
    """Whether a quote supports a sentence, contradicts it, or speaks of something else."""
    return judged(sentence, quote).verdict


def judged(sentence: str, quote: str) -> Judged:
    """The verdict of `supports`, with its reason."""
    overlap, shared = _overlap(sentence, quote)
    if overlap < RELATED:
        return Judged("unrelated", "they have few words and concepts in common", overlap)
    if reason := _contradiction(sentence, quote, shared):
        return Judged("contradicts", reason, overlap)
    return Judged("supports", "nothing in the words, figures or denials speaks against it", overlap)


def disagreement(sentence: str, quote: str) -> str:
    """In what a sentence disagrees with the quote that it renders; empty where that is not sure.

    Only where nearly all content words of each are the other's is it told, so that a denial, a
    direction or a figure is what is left to differ.
    """
    overlap, _ = _overlap(sentence, quote)
    if overlap < SURE or _overlap(quote, sentence)[0] < SURE:
        return ""
    language = _language(sentence)
    if language != _language(quote):
        return ""
    words = _words(language)
    mine, theirs = _tokens(sentence), _tokens(quote)
    for some, others in ((mine, theirs), (theirs, mine)):
        if denied := _left_out(some, others, words):
            return f"one of them denies “{denied}”, the other does not"
    pairs = [(words.up, words.down), (words.down, words.up), *words.opposites]
    pairs += [(second, first) for first, second in words.opposites]
    for first, second in pairs:
        if swapped := _swapped(mine, theirs, first, second):
            return f"the sentence says “{swapped[0]}” where the quote says “{swapped[1]}”"
    return ""


def _tokens(text: str) -> list[str]:
    return WORD.findall(fold(text))


def _left_out(some: list[str], others: list[str], words: _Words) -> str:
    """A word denied in one text that stands in the same company in the other, without denial."""
    if any(words.denial.fullmatch(one) for one in others):
        return ""
    for at, one in enumerate(some):
        if words.plain_denial.fullmatch(one):
            before, after = _company(some, at, words)
            if at == len(some) - 1:  # Bangla denies behind the verb
                before, after = "", before
            if after and _stands(after, before, others):
                return after
    return ""


def _stands(word: str, before: str, tokens: list[str]) -> bool:
    """Whether a word stands in a text, close behind another where that is given."""
    return any(
        _alike(one, word)
        and (not before or any(_alike(each, before) for each in tokens[max(0, at - _CLOSE) : at]))
        for at, one in enumerate(tokens)
    )


def _swapped(
    mine: list[str], theirs: list[str], first: re.Pattern[str], second: re.Pattern[str]
) -> tuple[str, str] | None:
    """A word of one pattern here and of its opposite there, between the same words."""
    if any(second.fullmatch(one) for one in mine) or any(first.fullmatch(one) for one in theirs):
        return None
    for at, one in enumerate(mine):
        if first.fullmatch(one):
            for place, other in enumerate(theirs):
                if second.fullmatch(other) and _neighbours(mine, at, theirs, place):
                    return one, other
    return None


def _neighbours(mine: list[str], at: int, theirs: list[str], place: int) -> bool:
    """Whether the words before and behind two places are the same, or one side stands at an end."""
    before = mine[at - 1 : at] == theirs[place - 1 : place] if at and place else at == place
    after = mine[at + 1 : at + 2] == theirs[place + 1 : place + 2]
    return before and after


def _company(tokens: list[str], at: int, words: _Words) -> tuple[str, str]:
    """The nearest content words before and behind a word, within a few."""
    before = [one for one in tokens[max(0, at - _CLOSE) : at] if _tells(one, words)]
    after = [one for one in tokens[at + 1 : at + _CLOSE] if _tells(one, words)]
    return (before[-1] if before else "", after[0] if after else "")


def _tells(token: str, words: _Words) -> bool:
    return len(token) > 2 and token not in _STOP and not words.denial.fullmatch(token)


def _alike(first: str, second: str) -> bool:
    """Whether two words are forms of one."""
    if first == second:
        return True
    common = min(len(first), len(second))
    return common >= _STEM and first[: common - 1] == second[: common - 1]


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    return frozenset(one for one in keys(text) if len(one) > 2 and one not in _STOP)


def _overlap(sentence: str, quote: str) -> tuple[float, frozenset[str]]:
    """The share of the sentence's words (or concepts, across languages) in the quote."""
    said, held = _content(sentence), _content(quote)
    if not said:
        return 0.0, frozenset()
    stems = {one[:6] for one in held}
    shared = frozenset(one for one in said if one in held or one[:6] in stems)
    words = len(shared) / len(said)
    mine, theirs = _concepts(sentence), _concepts(quote)
    concepts = len(mine & theirs) / len(mine) if mine else 0.0
    return max(words, min(concepts, 0.5) if mine else 0.0), shared


@lru_cache(maxsize=4096)
def _concepts(text: str) -> frozenset[str]:
    return frozenset(vocabulary().concept_ids(text))


def _contradiction(sentence: str, quote: str, shared: frozenset[str]) -> str:
    """In what the two disagree; empty where no disagreement is plain."""
    bad = unsupported_numbers(sentence, [quote])
    if bad and len(numbers(quote)) == len(numbers(sentence)) and len(shared) >= _SHARED:
        return f"the quote does not have {', '.join(bad)}"
    language = _language(sentence)
    if language != _language(quote):
        denied = _denied(sentence, quote)
        return f"one of them denies “{denied}”, the other affirms it" if denied else ""
    return _opposed(fold(sentence), fold(quote), _words(language), shared)


def _denied(sentence: str, quote: str) -> str:
    """A concept that one text denies and the other affirms throughout."""
    mine, theirs = _flags(sentence), _flags(quote)
    for concept, flags in mine.items():
        other = theirs.get(concept)
        if other is not None and len(flags) == len(other) == 1 and flags != other:
            known = vocabulary().get(concept)
            return known.label("en") if known else concept
    return ""


@lru_cache(maxsize=2048)
def _flags(text: str) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for one in vocabulary().mentions(text, _language(text)):
        found.setdefault(one.concept, set()).add(one.negated)
    return found


def _opposed(mine: str, theirs: str, words: _Words, shared: frozenset[str]) -> str:
    """A denial in the sentence only, or opposite directions or words; both together cancel."""
    denies = _count(words.denial, mine, shared) and not _count(words.denial, theirs, shared)
    flipped = _flipped(mine, theirs, words, shared) or _opposite(mine, theirs, words)
    if flipped and not denies:
        return "they go in opposite directions"
    if denies and not flipped:
        return "the sentence denies what the quote says"
    return ""


def _flipped(mine: str, theirs: str, words: _Words, shared: frozenset[str]) -> bool:
    """Whether one goes only up and the other only down."""
    up, down = _count(words.up, mine, shared), _count(words.down, mine, shared)
    rise, fall = _count(words.up, theirs, shared), _count(words.down, theirs, shared)
    return bool((up and not down and fall and not rise) or (down and not up and rise and not fall))


def _opposite(mine: str, theirs: str, words: _Words) -> bool:
    """Whether each has the other word of a pair of opposites."""
    for first, second in words.opposites:
        told = bool(first.search(mine)), bool(second.search(mine))
        held = bool(first.search(theirs)), bool(second.search(theirs))
        if told[0] != told[1] and held == told[::-1]:
            return True
    return False


def _count(pattern: re.Pattern[str], text: str, shared: frozenset[str]) -> int:
    """How many words of a pattern stand near a word that both texts have."""
    places = [match.start() for one in shared for match in _stem(one).finditer(text)]
    return sum(
        any(abs(match.start() - place) <= _NEAR for place in places)
        for match in pattern.finditer(text)
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word[:6])}")


@lru_cache(maxsize=2048)
def _language(text: str) -> str:
    if any("\u0980" <= one <= "\u09ff" for one in text):
        return "bn"
    found = identify(text)
    return found if found in ("en", "es", "bn") else "en"


@cache
def _words(language: str) -> _Words:
    text = (files("piamater.checks") / "data" / "directions.toml").read_text("utf-8")
    one: dict[str, Any] = tomllib.loads(text)[language]
    return _Words(
        _pattern(one["up"]),
        _pattern(one["down"]),
        _pattern(one["not"]),
        _pattern(one["plain_not"]),
        tuple((_pattern([first]), _pattern([second])) for first, second in one["opposites"]),
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(fold, words))})(?!\w)")
