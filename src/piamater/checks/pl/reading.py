"""Reading: how hard a text about health is to read, with a measure for each language.

English: a grade from how familiar the words are to readers of patient information, how many are
medical or abbreviated, their syllables, and the length of the sentence; after the features that
agree best with people on medical sentences (MedReadMe, Jiang & Xu 2024), fitted on own data.
Spanish: Szigriszt-Pazos (INFLESZ, Barrio-Cantalejo et al. 2008), Fernández-Huerta (1959) and SOL
(Contreras et al. 1999). Bangla: word length in letters, joined consonants, sentence length and
unfamiliar words (features of Das & Roychoudhury 2006 and Sinha et al. 2012); never a formula made
for another script.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from piamater.text.bangla import search_form
from piamater.text.bangla import words as bangla_words
from piamater.vocabulary.fold import fold

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ABBREVIATION = re.compile(r"(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Za-z0-9-]{2,}")
_UNKNOWN = 2.6
"""The level of a word that no list has: about one in two million words."""
_HARD = 4.0
"""Words below this level are unfamiliar: fewer than ten in a million words."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a text is, on the scale of its language.

    ``scale`` is ``grade`` (English: years of school, more is harder), ``inflesz`` (Spanish: 0 to
    100, more is easier) or ``index`` (Bangla: 0 to 100, more is harder).
    """

    score: float
    scale: str
    sentences: int
    words: int

    @property
    def hardness(self) -> float:
        """The score turned so that more is harder on every scale."""
        return -self.score if self.scale == "inflesz" else self.score


def difficulty(sentences: Sequence[str], language: str, title: str = "") -> Difficulty:
    """How hard sentences of a language are together; an unknown language is read as English.

    The words of a page's ``title`` are what its reader came for: in English they are not hard.
    """
    if language == "es":
        score, count = szigriszt_pazos(sentences), sum(len(_WORD.findall(s)) for s in sentences)
        return Difficulty(score, "inflesz", len(sentences), count)
    if language == "bn":
        count = sum(len(bangla_words(one)) for one in sentences)
        return Difficulty(bangla_index(sentences), "index", len(sentences), count)
    count = sum(len(_WORD.findall(one)) for one in sentences)
    topic = frozenset(fold(one) for one in _WORD.findall(title))
    return Difficulty(english_grade(sentences, topic), "grade", len(sentences), count)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; at least one."""
    plain = re.sub(r"[^a-z]", "", fold(word))
    groups = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouyl]e$|[^aeiou]es$|[^td]ed$", plain) and not plain.endswith(
        ("ses", "ces", "ges", "zes", "xes", "shes", "ches")
    ):
        groups -= 1
    groups += len(re.findall(r"i[ao](?!u)|eo(?!ple)|ea$|[aeiou]ing|uou|ism$", plain))
    groups -= len(re.findall(r"[tscg]i(?:o|a)", plain))
    return max(1, groups)


@lru_cache(maxsize=50_000)
def syllables_es(word: str) -> int:
    """The syllables of a Spanish word; a stressed weak vowel (í, ú) stands apart."""
    plain = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "q", word.lower())
    plain = re.sub(r"y$", "i", plain).replace("y", "j").replace("ü", "u").replace("ï", "i")
    count = len(re.findall(r"[aeoáéó]|[íú]|(?<![aeoáéóiu])[iu](?![aeoáéó])", plain))
    return max(1, count)


def flesch_kincaid(sentences: Sequence[str]) -> float:
    """The Flesch-Kincaid grade (Kincaid et al. 1975); 0 for no words."""
    words = [one for sentence in sentences for one in _WORD.findall(sentence)]
    if not words:
        return 0.0
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def szigriszt_pazos(sentences: Sequence[str]) -> float:
    """Perspicuity (Szigriszt-Pazos 1993), which the INFLESZ scale reads: 100 very easy, 0 hard."""
    spoken, words = _spanish(sentences)
    return 206.835 - 62.3 * spoken / words - words / len(sentences) if words else 100.0


def fernandez_huerta(sentences: Sequence[str]) -> float:
    """Fernández-Huerta's reading ease (1959), as corrected by Law (2011): 100 very easy, 0 hard."""
    spoken, words = _spanish(sentences)
    return 206.84 - 60 * spoken / words - 1.02 * words / len(sentences) if words else 100.0


def sol(sentences: Sequence[str]) -> float:
    """SOL, the SMOG grade made for Spanish (Contreras et al. 1999)."""
    if not sentences:
        return 0.0
    words = [one for sentence in sentences for one in _WORD.findall(sentence)]
    long = sum(syllables_es(one) >= 3 for one in words)
    return -2.51 + 0.74 * (3.1291 + 1.0430 * math.sqrt(long * 30 / len(sentences)))


def _spanish(sentences: Sequence[str]) -> tuple[int, int]:
    words = [one for sentence in sentences for one in _WORD.findall(sentence)]
    return sum(map(syllables_es, words)), len(words)


@cache
def _familiar() -> dict[str, float]:
    """English words and their level of familiarity."""
    text = (files("piamater.checks") / "data" / "familiar-en.txt").read_text("utf-8")
    held: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            level, *some = line.split()
            held |= dict.fromkeys(some, float(level))
    return held


_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("'s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("ness", ""), ("n't", ""),
)  # fmt: skip
_BRITISH = (
    ("oe", "e"), ("ae", "e"), ("our", "or"), ("ise", "ize"), ("isa", "iza"), ("lled", "led"),
    ("tre", "ter"), ("lling", "ling"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def familiarity(word: str) -> float:
    """How familiar an English word is, from 2 (rare) to 8, by itself or its plainer forms."""
    plain = fold(word)
    known = _familiar()
    forms = [plain]
    forms += [plain.replace(one, other) for one, other in _BRITISH if one in plain]
    forms += [
        plain.removesuffix(end) + new
        for end, new in _ENDINGS
        if plain.endswith(end) and len(plain) - len(end) >= 3
    ]
    if len(plain) > 5 and plain.endswith(("ed", "ing")):
        stem = re.sub(r"(?:ed|ing)$", "", plain)
        forms += [stem[:-1]] if stem[-1:] == stem[-2:-1] else []
    return max((known[one] for one in forms if one in known), default=_UNKNOWN)


def is_unfamiliar(word: str) -> bool:
    """Whether an English word is one that readers of patient information seldom meet."""
    return familiarity(word) < _HARD


_TOPIC = 5.0, 2
"""How familiar a word of the page's title is taken to be at least, and its syllables at most."""


def features(sentence: str, topic: frozenset[str] = frozenset()) -> tuple[float, ...]:
    """The features of an English sentence that its grade is made of.

    Mean rarity of its words; share unfamiliar; syllables a word; log of its words; share of
    abbreviations; share of long words that are unfamiliar; numbers a word. Words of ``topic``
    (folded) count as familiar.
    """
    words = _WORD.findall(sentence)
    if not words:
        return (0.0,) * 7
    count = len(words)
    rare = [familiarity(one) for one in words]
    long = [syllables(one) for one in words]
    if topic:
        own = [fold(one) in topic for one in words]
        rare = [max(_TOPIC[0], r) if o else r for r, o in zip(rare, own, strict=True)]
        long = [min(_TOPIC[1], s) if o else s for s, o in zip(long, own, strict=True)]
    return (
        8 - sum(rare) / count,
        sum(one < _HARD for one in rare) / count,
        sum(long) / count,
        math.log(count),
        len(_ABBREVIATION.findall(sentence)) / count,
        sum(r < _HARD and s >= 3 for r, s in zip(rare, long, strict=True)) / count,
        len(_NUMBER.findall(sentence)) / count,
    )


_WEIGHTS = (2.03, 7.28, 2.28, 1.60, 1.57, 8.39, 4.70)
_BIAS = -2.51
"""Fitted by logistic regression on 12,000 sentences of NIH patient pages against 12,000 of research
abstracts; the weight of syllables raised on the pairs of the CDC thesaurus; then stretched so that
both means are those of their Flesch-Kincaid grades (10.1 and 18.0). See benchmarks/reading.py."""


def english_grade(sentences: Sequence[str], topic: frozenset[str] = frozenset()) -> float:
    """The grade of English sentences: the mean of their features, each by its fitted weight.

    Words of ``topic`` (folded), such as the name of the illness a page is about, are not hard.
    """
    some = [features(one, topic) for one in sentences if _WORD.search(one)]
    if not some:
        return 0.0
    means = [sum(column) / len(some) for column in zip(*some, strict=True)]
    return _BIAS + math.fsum(w * m for w, m in zip(_WEIGHTS, means, strict=True))


_HASANTA = "্"
_SIGNS = re.compile(r"[\u0981-\u0983\u09bc\u09be-\u09cc\u09d7\u09e2\u09e3\u200c\u200d]")
_JOINED = re.compile(rf"[\u0995-\u09b9\u09dc-\u09df]\u09bc?{_HASANTA}(?=[\u0995-\u09b9])")


@lru_cache(maxsize=50_000)
def letters(word: str) -> int:
    """The letters of a Bangla word as it is seen: consonants joined or with signs are one."""
    plain = _SIGNS.sub("", word)
    return max(1, len(plain) - 2 * plain.count(_HASANTA) + plain.endswith(_HASANTA))


@cache
def _frequent_bangla() -> frozenset[str]:
    text = (files("piamater.checks") / "data" / "frequent-bn.txt").read_text("utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


_BANGLA_ENDINGS = re.compile(
    r"(?<=..)(?:গুলোতে|গুলোর|গুলিতে|গুলির|গুলো|গুলি|দেরকে|দের|টিকে|টির|টিতে|টার|টি|টা|য়ের|ের|কে"
    r"|তে|রা|র|ে|ও|ই)$"
)


def is_unfamiliar_bangla(word: str) -> bool:
    """Whether a Bangla word is not in the list of frequent ones, with or without its ending."""
    plain = search_form(word)
    known = _frequent_bangla()
    return not (plain in known or _BANGLA_ENDINGS.sub("", plain) in known or plain.isdigit())


def bangla_features(sentence: str) -> tuple[float, float, float, float]:
    """Letters a word, joined consonants a word, words, and the share of unfamiliar words."""
    some = bangla_words(sentence)
    count = len(some) or 1
    return (
        sum(map(letters, some)) / count,
        sum(len(_JOINED.findall(one)) for one in some) / count,
        float(len(some)),
        sum(map(is_unfamiliar_bangla, some)) / count,
    )


_BANGLA_WEIGHTS = (16.0, 16.0, 1.0, 30.0)
_BANGLA_BIAS = -20.0


def bangla_index(sentences: Sequence[str]) -> float:
    """How hard Bangla sentences are, from 0 to 100: the mean of their features by weights."""
    some = [bangla_features(one) for one in sentences if bangla_words(one)]
    if not some:
        return 0.0
    means = [sum(column) / len(some) for column in zip(*some, strict=True)]
    score = _BANGLA_BIAS + math.fsum(w * m for w, m in zip(_BANGLA_WEIGHTS, means, strict=True))
    return min(100.0, max(0.0, score))
