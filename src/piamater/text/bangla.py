"""Bangla: forms for search, digits, romanisation and keys by sound.

Composition exclusions (U+09DC, U+09DD, U+09DF) come apart in NFC, so both spellings of ড়, ঢ় and
য় have one form. Joiners are kept for display and dropped for search. A word keeps its vowel
signs, nukta and hasanta.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TO_ASCII = {0x09E6 + digit: ord("0") + digit for digit in range(10)}
_TO_BANGLA = {ord("0") + digit: 0x09E6 + digit for digit in range(10)}
_WORD = re.compile(r"[\u0980-\u0983\u0985-\u09e3\u09f0\u09f1\u200c\u200d]+|[^\W_]+")


def to_ascii_digits(text: str) -> str:
    """Bangla digits as 0 to 9; offsets do not move."""
    return text.translate(_TO_ASCII)


def to_bangla_digits(text: str) -> str:
    """0 to 9 as Bangla digits; offsets do not move."""
    return text.translate(_TO_BANGLA)


_FOLD = {
    **_TO_ASCII,
    0x200C: None,
    0x200D: None,
    0x0981: None,  # candrabindu is left out as often as written
}


def search_form(text: str) -> str:
    """The form in which Bangla is indexed and sought.

    NFC, no joiners, no candrabindu, ASCII digits, and one spelling for khanda ta. Long and short
    vowels stay apart: they tell words apart.
    """
    return unicodedata.normalize("NFC", text).translate(_FOLD).replace("ৎ", "ত্")


def words(text: str) -> list[str]:
    """The words of a text, Bangla ones whole."""
    return _WORD.findall(text)


_VOWELS = {
    "অ": "o", "আ": "a", "ই": "i", "ঈ": "i", "উ": "u", "ঊ": "u", "ঋ": "ri", "এ": "e", "ঐ": "oi",
    "ও": "o", "ঔ": "ou",
}  # fmt: skip
_SIGNS = {
    "া": "a", "ি": "i", "ী": "i", "ু": "u", "ূ": "u", "ৃ": "ri", "ে": "e", "ৈ": "oi", "ো": "o",
    "ৌ": "ou", "ৗ": "ou",
}  # fmt: skip
_CONSONANTS = {
    "ক": "k", "খ": "kh", "গ": "g", "ঘ": "gh", "ঙ": "ng", "চ": "ch", "ছ": "chh", "জ": "j",
    "ঝ": "jh", "ঞ": "n", "ট": "t", "ঠ": "th", "ড": "d", "ঢ": "dh", "ণ": "n", "ত": "t", "থ": "th",
    "দ": "d", "ধ": "dh", "ন": "n", "প": "p", "ফ": "ph", "ব": "b", "ভ": "bh", "ম": "m", "য": "j",
    "র": "r", "ল": "l", "শ": "sh", "ষ": "sh", "স": "s", "হ": "h", "ং": "ng", "ঃ": "h",
    "ৎ": "t", "ড়": "r", "ঢ়": "rh", "য়": "y",
}  # fmt: skip
_JOINED = {"ক্ষ্ম": "kkh", "ক্ষ": "kkh", "জ্ঞ": "gg", "ঙ্গ": "ng"}
_OPENING = {"অ্যা": "a", "অ্য": "a", "এ্যা": "a"}
_SOUNDED = {
    unicodedata.normalize("NFC", letter): latin
    for letter, latin in {**_JOINED, **_CONSONANTS}.items()
}
_HASANTA = "্"
_CONSONANT = re.compile("|".join(sorted(_SOUNDED, key=len, reverse=True)))
_VOWEL = re.compile("|".join([*_OPENING, *_VOWELS, *_SIGNS]))
_SILENT = {0x200C: None, 0x200D: None, 0x0981: None}


@lru_cache(maxsize=50_000)
def romanise(text: str) -> str:
    """Bangla letters in Latin ones, roughly as people type them; others stay as they are.

    য joined below a letter is not sounded (ব্যথা), nor ব in a word's first cluster (জ্বর).
    """
    text = unicodedata.normalize("NFC", text).translate(_SILENT)
    result: list[str] = []
    at = 0
    while at < len(text):
        if found := _CONSONANT.match(text, at):
            result.append(_SOUNDED[found.group()])
            at = _below(text, found.end(), first=len(result) == 1)
            if _CONSONANT.match(text, at) and text[at - 1] != _HASANTA:
                result.append("o")
        elif found := _VOWEL.match(text, at):
            vowel = found.group()
            result.append(_OPENING.get(vowel) or _VOWELS.get(vowel) or _SIGNS[vowel])
            at = found.end()
        else:
            if text[at] != _HASANTA:
                result.append(text[at])
            at += 1
    return "".join(result).translate(_TO_ASCII)


def _below(text: str, at: int, *, first: bool) -> int:
    """Past what is joined below a consonant and not sounded, or past the joining hasanta."""
    if not text.startswith(_HASANTA, at):
        return at
    joined = text[at + 1 : at + 2]
    return at + 2 if joined == "য" or (joined == "ব" and first) else at + 1


_SOUNDS = (
    (r"[^a-z]", ""), (r"^y", "j"), (r"^pn", "n"), (r"chem(?=[ou])", "kem"), (r"n(?=ch)", ""),
    (r"c(?=ch)", ""), (r"jny?|ggy|gy(?=[aeo])", "g"), (r"^(sh?|j|t|d)[wvb](?=[aeiou])", r"\1"),
    (r"kkhm?|kshm?|x", "k"), (r"chh|ch", "C"), (r"c(?=[eiy])", "s"), (r"sh|s", "S"),
    (r"ph|f", "p"), (r"bh|v|w", "b"), (r"kh|c|q|ck", "k"), (r"gh", "g"), (r"jh|z|j", "j"),
    (r"th", "t"), (r"dh", "d"), (r"rh", "r"), (r"ng|n(?=[kg])", "n"), (r"h", ""),
    (r"(.)\1+", r"\1"), (r"[aeiouy]+", ""),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), new) for pattern, new in _SOUNDS)


@lru_cache(maxsize=50_000)
def sound_key(word: str) -> str:
    """A loose key by sound: the consonants of a word, whichever script it is written in.

    Aspirates fall together with their plain sounds, s with sh, j with z; vowels go, but the
    first. Empty where fewer than two consonants remain: such keys would find everything.
    """
    latin = romanise(word).lower()
    first = "A" if latin[:1] in "aeiou" else ""
    for pattern, new in _COMPILED:
        latin = pattern.sub(new, latin)
    return (first + latin).lower() if len(latin) >= 2 else ""
