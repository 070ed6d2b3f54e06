"""Folding: one form for the words of terms and texts, whatever their case, accents and spelling.

A word's key is in small letters, without accents, in American spelling (``data/spelling.toml``)
and without the endings of the English and Spanish plural; a Bangla word's is its search form.
Terms and texts go through the same keys, so offsets need no map: they are those of the words.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from piamater.text.bangla import search_form

WORD = re.compile(
    r"[0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u0370-\u03ff"
    r"\u0980-\u0983\u0985-\u09e3\u09e6-\u09ff\u1e00-\u1eff\u200c\u200d]+(?:['’]s(?![A-Za-z]))?"
)
"""A word: letters, digits and their marks, Bangla vowel signs among them; with its 's."""

_TABLE = str.maketrans(
    {0x2019: "'", 0x2018: "'", 0x2011: "-", 0x2010: "-", 0x2013: "-", 0xA0: " "}
    | {0x09E6 + digit: str(digit) for digit in range(10)}
)


@lru_cache(maxsize=8192)
def _plain_char(char: str) -> str:
    """A letter in small and without its accent, if that is one letter still."""
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 and not "\u0980" <= char <= "\u09ff" else char


def fold(text: str) -> str:
    """A text in small letters without accents, with plain dashes and quotes, just as long."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= REMEMBERED else _folded.__wrapped__(text)


REMEMBERED = 2_000
"""Texts up to so many code points are folded once, and the result is kept a while."""


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return "".join(map(_plain_char, text.translate(_TABLE)))


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """The key of one word as ``WORD`` finds it."""
    if any("\u0980" <= char <= "\u09ff" for char in word):
        return search_form(word).lower()
    plain = fold(word).removesuffix("'s")
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    for pattern, new, least in _rules():
        if len(plain) >= least:
            plain = pattern.sub(new, plain)
    return _singular(plain)


def keys(text: str) -> list[str]:
    """The keys of all the words of a text, in order."""
    return list(map(key, WORD.findall(text)))


def form(term: str) -> str:
    """The form under which a term is sought: its words' keys, a space between each."""
    return " ".join(keys(term))


_LEAST = 4


def _singular(word: str) -> str:
    """A word without what its plural would add, the same for both; not always a word.

    After the S-stemmer (Harman 1991), made wider for Spanish -es and Greek -is and -es: metastasis
    and metastases, tumor and tumores, biopsy and biopsies, headache and headaches meet.
    """
    if len(word) <= _LEAST - 1 or not word.isalpha():
        return word
    if word.endswith("is"):
        return word[:-2] if len(word) - 2 > _LEAST else word
    if word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    if word.endswith("e") and len(word) > _LEAST + 1:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) >= _LEAST else word


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    text = (files("piamater.vocabulary") / "data" / "spelling.toml").read_text("utf-8")
    return tuple(
        (re.compile(rule["pattern"]), rule["to"], rule["least"])
        for rule in tomllib.loads(text)["rule"]
    )


_ENDINGS = sorted(
    {
        search_form(ending)
        for ending in [
            "র",
            "ের",
            "এর",
            "য়ের",
            "কে",
            "তে",
            "ে",
            "য়",
            "য়ে",
            "গুলো",
            "গুলি",
            "গুলোর",
            "গুলির",
            "গুলোতে",
            "সমূহ",
            "সমূহের",
            "দের",
            "টি",
            "টির",
            "টিতে",
            "টিকে",
            "টা",
            "টার",
            "টাতে",
            "টাকে",
            "ও",
            "ই",
            "রও",
            "েরও",
            "তেই",
            "েই",
            "খানা",
            "রা",
        ]
    },
    key=lambda ending: (-len(ending), ending),
)


@lru_cache(maxsize=50_000)
def bangla_stems(word: str) -> tuple[str, ...]:
    """What may stand before a case or number ending of a Bangla key, the longest ending first.

    Three letters and signs at least must remain; whether one is a word is for the matcher to say.
    """
    if not any("\u0980" <= char <= "\u09ff" for char in word):
        return ()
    return tuple(
        word[: -len(ending)]
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= 3
    )
