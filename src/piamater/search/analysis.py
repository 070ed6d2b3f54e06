"""Analysis: from text to index terms, by language.

English and Spanish go through Tantivy's own filters: letters, marks and digits make a word;
lower case, accents folded, stop words out, Snowball stemming. Bangla is analysed here: a word
keeps its vowel signs (the default tokenizers split at them, and then "পা", leg, finds "সাপ",
snake), composition exclusions have one form, case endings are cut, and a second form by sound
lets romanised Bangla find it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import tantivy

from piamater.text import bangla

LANGUAGES = ("en", "es", "bn")
LOANED = "bn-loans"
"""The language of a wording in Bangla script that is sought among English words by sound."""

ROMANISED = "bn-Latn"
"""The language of a wording in romanised Bangla: it is sought by sound alone."""

_WORD = r"[\p{L}\p{M}\p{N}]+"
_ENDINGS = (
    "গুলোর", "গুলির", "গুলোকে", "গুলো", "গুলি", "দেরকে", "দের", "টির", "টিকে", "টাকে", "টার",
    "সমূহের", "সমূহ", "ের", "েরা", "ায়", "য়ে", "েতে", "তে", "কে", "টি", "টা", "রা", "র", "ে",
)  # fmt: skip
_FEWEST = 2
"""Letters, joined ones counted once, that must remain when an ending is cut."""


def analyzers() -> dict[str, tantivy.TextAnalyzer]:
    """The analysers by name: one for each language, and ``terms`` for text analysed already."""
    return {
        "en": _western("english"),
        "es": _western("spanish"),
        "terms": tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build(),
    }


def _western(language: str) -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(_STOP[language]))
        .filter(tantivy.Filter.stemmer(language))
        .filter(tantivy.Filter.remove_long(60))
        .build()
    )


@cache
def _analyzer(language: str) -> tantivy.TextAnalyzer:
    return analyzers()[language]


def terms(text: str, language: str) -> list[str]:
    """The index terms of a text in its language, in order, repeated where it repeats them."""
    language = field_language(language)
    if language == "bn":
        return bangla_terms(text).split()
    return list(_analyzer(language).analyze(text))


@lru_cache(maxsize=20_000)
def term_set(text: str, language: str) -> frozenset[str]:
    """The index terms of a text, each once; kept, since titles and headings come again."""
    return frozenset(terms(text, language))


def field_language(language: str) -> str:
    """Which language's fields a passage goes to: its own, or English's for all others."""
    return language if language in LANGUAGES else "en"


def bangla_terms(text: str) -> str:
    """The index terms of a Bangla text, joined by spaces."""
    return " ".join(_stem(word) for word in bangla.words(bangla.search_form(text).lower()))


def bangla_sounds(text: str) -> str:
    """The sound keys of the Bangla words of a text, joined by spaces."""
    words = bangla.words(bangla.search_form(text))
    return " ".join(key for word in words if (key := _sound(word)))


def english_sounds(text: str) -> str:
    """The sound keys of the longer words of an English text: Bangla borrows many of them."""
    keys = {_english_sound(word) for word in re.findall(r"[a-z]{5,}", text.lower())}
    return " ".join(sorted(keys - {""}))


@lru_cache(maxsize=200_000)
def _english_sound(word: str) -> str:
    key = bangla.sound_key(word)
    return f"e{key}" if len(key) >= _LOAN_KEY else ""


def loaned_sounds(text: str) -> str:
    """The sound keys under which English passages hold the Bangla words of a text."""
    words = bangla.words(bangla.search_form(text))
    keys = {key for word in words for key in (bangla.sound_key(word), _sound(word))}
    return " ".join(sorted(f"e{key}" for key in keys if len(key) >= _LOAN_KEY))


_LOAN_KEY = 3
"""Consonants that a borrowed word must have to be sought by sound."""


def romanised_sounds(text: str) -> str:
    """The sound keys of the words of a romanised Bangla text, joined by spaces."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return " ".join(key for word in words if (key := bangla.sound_key(word)))


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    return bangla.sound_key(_stem(word))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """A Bangla word without its case or plural ending, where enough of it remains."""
    for ending in _ENDINGS:
        if word.endswith(ending) and _syllables(word[: -len(ending)]) >= _FEWEST:
            return word[: -len(ending)]
    return word


def _syllables(word: str) -> int:
    """The letters of a Bangla word; those joined by a hasanta count once."""
    return sum("\u0985" <= char <= "\u09b9" for char in word) - word.count("\u09cd")


_STOP = {
    "english": re.findall(
        r"\w+",
        """a an and are as at be been but by can could did do does for from had has have how i if in
        into is it its may me my no not of on or our s so such t than that the their them then
        there these they this to was we were what when where which who whom why will with would
        you your about should""",
    ),
    "spanish": re.findall(
        r"\w+",
        """a al ante asi aun bajo cada como con contra cual cuales cuando de del desde donde dos e
        el ella ellas ellos en entre era es esa ese eso esta estan este esto fue ha han hasta hay
        la las le les lo los mas me mi mis mucho muy ni nos o os para pero por porque que quien
        se ser si sin sobre son su sus tambien tan te tiene todo tu tus u un una unas uno unos y
        ya yo cuanto cuantos cuanta""",
    ),
}
