"""Language: the ISO 639-1 code of a passage or a question.

A script of its own decides first. In Latin script the small words and spellings of some languages
vote (``data/small_words.toml``); only what they leave open is given to a model (py3langid, Lui and
Baldwin 2012), which is imported when it is first needed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

OWN = ("en", "es")
"""The library's own languages in Latin script."""

_SCRIPTS = (
    ("BENGALI", "bn"), ("DEVANAGARI", "hi"), ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("GREEK", "el"),
    ("HEBREW", "he"), ("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("CJK", "zh"),
    ("THAI", "th"), ("TAMIL", "ta"), ("TELUGU", "te"), ("GUJARATI", "gu"), ("GURMUKHI", "pa"),
    ("LATIN", "latin"),
)  # fmt: skip
_LATIN = re.compile(r"[^\W\d_]+")
_NOT_ASCII = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
_ELIDED = re.compile(r"\b([a-z]+)['’](?=[^\W\d_])")
_READ = 400
_SURE = 2.0
_LONG = 120


def identify(text: str, fallback: str = "") -> str:
    """The ISO 639-1 code of a text's language; ``fallback`` or ``und`` where it does not tell.

    The fallback is what the source declares: it stands unless the script or a clear vote
    contradicts it.
    """
    script = _script(text)
    if script != "latin":
        return script or fallback or "und"
    votes = _votes(text[:_READ])
    leader = max(OWN, key=lambda one: votes[one])
    best = votes[leader]
    rest = max((votes[one] for one in votes if one != leader), default=0.0)
    if best > rest and (leader == fallback or not fallback or best >= max(_SURE, 1.5 * rest)):
        return leader
    if rest <= best and fallback:
        return fallback
    if len(text) <= _LONG:
        return fallback or "und"
    return _by_model(text)


_PLAIN = {
    "en": re.compile(r"\b(?:the|of|and|is|are|was|were|with|to|for|by)\b"),
    "es": re.compile(r"\b(?:el|los|las|del|que|con|para|por|una|se|su)\b"),
}


def is_plainly(text: str, language: str) -> bool:
    """Whether the commonest words of a language stand in a text twice: quick, often enough."""
    pattern = _PLAIN.get(language)
    return pattern is not None and len(pattern.findall(text)) > 1


def identify_question(text: str) -> str:
    """The language of a question; ``und`` where it does not tell, as with a bare term.

    Another language than the library's own is named on strong evidence only: a question in
    medical Latin, with a foreign name or in romanised Bangla is not refused.
    """
    script = _script(text)
    if script != "latin":
        return script or "und"
    votes = _votes(text)
    if "¿" in text or "¡" in text:
        votes["es"] += 2.0
    rival = max((one for one in votes if one not in OWN), key=lambda one: votes[one], default="")
    own = max(votes["en"], votes["es"])
    if rival and votes[rival] > own + 0.2 and not _romanised_bangla(text):
        clear = votes[rival] >= 2.0 and votes[rival] >= 1.5 * own
        if clear or (votes[rival] >= 0.9 and _by_model(text) not in OWN):
            return rival
    if not own:
        return "und"
    return "es" if votes["es"] > votes["en"] else "en"


def _votes(text: str) -> defaultdict[str, float]:
    """How many words speak for each language in Latin script; shared words by their share."""
    low = text.lower()
    if len(low) <= _LONG:
        low = _neutral().sub(" ", low)
    votes: defaultdict[str, float] = defaultdict(float)
    weights = _weights()
    for word in _LATIN.findall(low):
        if word in weights:
            for language, weight in weights[word]:
                votes[language] += weight
    if not low.isascii():
        for word in _NOT_ASCII.findall(text):
            if word[0].islower():
                _vote_spelling(word, votes)
    for word in low.split() if len(low) < _LONG and not votes["en"] else ():
        if word.isascii():
            _vote_spelling(word.strip("?.,;:()"), votes)
    for match in _ELIDED.finditer(low):
        for language, starts in _tables()["elided"].items():
            votes[language] += 0.6 if match.group(1) in starts else 0.0
    return votes


def _vote_spelling(word: str, votes: defaultdict[str, float]) -> None:
    """Let a word's spelling vote."""
    for language, pattern, weight in _spellings():
        if pattern.search(word):
            votes[language] += weight


def _romanised_bangla(text: str) -> bool:
    """Whether a text has at least two words of romanised Bangla."""
    known = frozenset(_tables()["neutral"]["romanised_bangla"])
    return sum(word in known for word in _LATIN.findall(text.lower())) >= 2


@cache
def _tables() -> dict[str, Any]:
    text = (files("piamater.text") / "data" / "small_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Every small word with the languages that have it, and its share for each."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in _tables()["words"].items():
        for word in dict.fromkeys(words):
            holders[word].append(language)
    return {word: tuple((one, 1 / len(who)) for one in who) for word, who in holders.items()}


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    return tuple(
        (language, re.compile(pattern), weight)
        for language, patterns in _tables()["spellings"].items()
        for pattern, weight in patterns.items()
    )


@cache
def _neutral() -> re.Pattern[str]:
    """Phrases that say nothing of the language."""
    phrases = sorted(_tables()["neutral"]["phrases"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def _script(text: str) -> str:
    """The language of the script most letters are in; ``latin`` for Latin, empty for none.

    Latin terms and Greek symbols stand in all scripts' text: other letters count double.
    """
    if text.isascii():
        return "latin" if _LATIN.search(text) else ""
    counts = Counter(map(_script_of, text[:_READ]))
    counts.pop("", None)
    if not counts:
        return ""
    main = max(counts, key=lambda one: counts[one] * (1 if one in ("latin", "el") else 2))
    return "ja" if main == "zh" and counts["ja"] else main


@lru_cache(maxsize=4_096)
def _script_of(char: str) -> str:
    if unicodedata.category(char)[0] not in "LM":
        return ""
    name = unicodedata.name(char, "")
    return next((code for word, code in _SCRIPTS if word in name), "")


def _by_model(text: str) -> str:
    """What py3langid says, among the languages that are told apart here."""
    import py3langid

    known = _tables()["words"].keys()
    return next((code for code, _ in py3langid.rank(text) if code in known), "und")
