"""Language: which language a text is in, by script, by its small words, and only then by model."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

_SPANISH = re.compile(r"[ñ¿¡]|ción\b|[áíóú]")
_SCRIPTS = (
    ("BENGALI", "bn"), ("DEVANAGARI", "hi"), ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("GREEK", "el"),
    ("HEBREW", "he"), ("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("CJK", "zh"),
    ("THAI", "th"), ("TAMIL", "ta"), ("TELUGU", "te"), ("GUJARATI", "gu"), ("GURMUKHI", "pa"),
    ("LATIN", "latin"),
)  # fmt: skip
_LATIN = re.compile(r"[^\W\d_]+")
_LATIN_PHRASES = re.compile(
    r"\b(?:de novo|in situ|in vitro|in vivo|per os|a priori)\b", re.IGNORECASE
)
_SURE = 3


def identify(text: str, fallback: str = "") -> str:
    """The ISO 639-1 code of a text's language; ``fallback`` or ``und`` where it does not tell.

    A script of its own decides first. In Latin script the small words of English and Spanish
    vote; only a long text they do not settle is given to a model (py3langid).
    """
    script = _script(text)
    if script != "latin":
        return script or fallback or "und"
    votes = _votes(text)
    best, second = sorted(votes.values(), reverse=True)[:2]
    leader = max(votes, key=lambda one: votes[one])
    if best > second and (best >= _SURE or leader == fallback or not fallback):
        return leader
    if fallback:
        return fallback
    return _by_model(text) if len(text) > 120 else "und"


def identify_question(text: str) -> str:
    """As ``identify``, with other languages named only on strong evidence; ``und`` if unsure."""
    script = _script(text)
    if script != "latin":
        return script or "und"
    text = _LATIN_PHRASES.sub(" ", text)
    votes = _votes(text)
    tokens = [word.lower() for word in _LATIN.findall(text)]
    foreign = {
        name: sum(word in small for word in tokens)
        for name, small in _small_words("foreign").items()
    }
    rival = max(foreign, key=lambda one: foreign[one])
    best = max(votes.values())
    strong = foreign[rival] >= 2 and foreign[rival] > best + 0.5
    if strong and (foreign[rival] >= 3 or _by_model(text) == rival):
        return rival
    if votes["es"] > votes["en"]:
        return "es"
    return "en" if votes["en"] else "und"


def _votes(text: str) -> dict[str, float]:
    """How much speaks for English and for Spanish."""
    tokens = [word.lower() for word in _LATIN.findall(text[:2_000])]
    votes = {
        name: float(sum(word in small for word in tokens))
        for name, small in _small_words("own").items()
    }
    votes["es"] += 1.5 * len(_SPANISH.findall(text[:2_000].lower()))
    return votes


@cache
def _small_words(table: str) -> dict[str, frozenset[str]]:
    """The small words of the library's own or of foreign languages, by code."""
    text = (files("piamater.text") / "data" / "small_words.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text)[table].items()}


def _script(text: str) -> str:
    """The language of the script most letters are in; ``latin`` for Latin, empty for none."""
    if text.isascii():
        return "latin" if _LATIN.search(text) else ""
    counts = Counter(_script_of(char) for char in text[:600] if char.isalpha())
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


@lru_cache(maxsize=4_096)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((code for word, code in _SCRIPTS if word in name), "")


def _by_model(text: str) -> str:
    """What py3langid says (Lui and Baldwin 2012), imported only when it is needed."""
    import py3langid

    return str(py3langid.classify(text)[0])
