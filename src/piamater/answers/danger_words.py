"""The words of a message and what they mean: ``data/danger_words.toml``.

A meaning ("cannot breathe", "one side", "since this morning") has many wordings in each language.
A wording is a row of words; between two of them everyday words may stand ("his", "really"). A star
ends a stem, a slash parts words of which any will do, two dots stand for up to four words of any
kind. Long words may be misspelt by one letter, Bangla is read by its sounds, and Bangla in Latin
letters is read so where the message shows itself to be such.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from piamater.vocabulary.fold import fold

LONG = 7
"""Letters from which a word may be misspelt by one."""

FILLERS, ANY = 3, 4
"""Everyday words that may stand between two words of a wording; words for which ``..`` stands."""

Word = tuple[str, ...]
"""A word as written, and after it what it may also be: mended, a number, Bangla by its sounds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A meaning and the words, first to last but one, that say it."""

    meaning: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its words, the clause that each is of, and what they mean.

    The numbers of two clauses with no more than a comma or a dash between them are 2 apart.
    """

    words: tuple[Word, ...]
    clauses: tuple[int, ...]
    hits: dict[str, tuple[Hit, ...]]

    def has(self, *meanings: str) -> bool:
        """Whether any of the meanings is said."""
        return any(self.hits.get(one) for one in meanings)


def read(sentence: str, latin_bangla: bool = False) -> Said:
    """The words of a sentence and their meanings; a neutral wording hides what it is made of."""
    words: list[Word] = []
    clauses: list[int] = []
    number = 0
    for clause in _CLAUSE.split(plain(sentence)):
        number += 2 if _HARD.match(clause) else 1
        for word in _WORD.findall(clause):
            words.append(_forms(word, latin_bangla))
            clauses.append(number)
    lexicon = _lexicon()
    found = list(_found(words, clauses, lexicon))
    plainly = {(one.start, one.end) for one in found if one.meaning == NEUTRAL}
    hidden = {at for span in plainly for at in range(*span)}
    hits: dict[str, list[Hit]] = defaultdict(list)
    for one in sorted(found, key=lambda hit: (hit.start, hit.end)):
        whole = (one.start, one.end) in plainly
        if one.meaning != NEUTRAL and (whole or not hidden.intersection(range(one.start, one.end))):
            hits[one.meaning].append(one)
    return Said(tuple(words), tuple(clauses), {name: tuple(each) for name, each in hits.items()})


NEUTRAL = "neutral"
"""The meaning of wordings that look like a sign and are none ("blood test", "fit and well")."""


def is_latin_bangla(text: str) -> bool:
    """Whether a text is Bangla in Latin letters: two of its everyday words stand in it."""
    words = {_sounds(word) for word in _WORD.findall(plain(text))}
    return len(words & _lexicon().latin_bangla) > 1


def meanings() -> frozenset[str]:
    """The names of all meanings."""
    return frozenset(name for each in _lexicon().first.values() for _, name in each)


@dataclass(frozen=True, slots=True)
class _Part:
    """One place of a wording: words of which any will do, stems, or ``..``."""

    words: frozenset[str]
    stems: tuple[str, ...]
    any: bool

    def fits(self, word: Word) -> bool:
        return any(
            form in self.words or (bool(self.stems) and form.startswith(self.stems))
            for form in word
        )


_Wording = tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    first: dict[str, list[tuple[_Wording, str]]]
    stems: dict[str, list[tuple[_Wording, str]]]
    everyday: frozenset[str]
    latin_bangla: frozenset[str]
    known: frozenset[str]
    slips: dict[str, str]
    no_slips: frozenset[str]


def _found(words: list[Word], clauses: list[int], lexicon: _Lexicon) -> Iterator[Hit]:
    for at, word in enumerate(words):
        for wording, name in _beginning(word, lexicon):
            end = _end(wording, 1, words, clauses, at + 1, lexicon.everyday)
            if end:
                yield Hit(name, at, end)


def _beginning(word: Word, lexicon: _Lexicon) -> Iterator[tuple[_Wording, str]]:
    for form in word:
        yield from lexicon.first.get(form, ())
        for length in range(2, len(form) + 1):
            yield from lexicon.stems.get(form[:length], ())


def _end(
    wording: _Wording,
    part: int,
    words: list[Word],
    clauses: list[int],
    at: int,
    everyday: frozenset[str],
) -> int:
    """Where the rest of a wording ends that begins before ``at``; 0 where it does not stand."""
    if part == len(wording):
        return at
    wide = wording[part].any
    wanted = part + 1 if wide else part
    limit = min(len(words), at + (ANY if wide else FILLERS) + 1)
    for here in range(at, limit):
        if clauses[here] != clauses[at - 1]:
            return 0
        if wording[wanted].fits(words[here]):
            end = _end(wording, wanted + 1, words, clauses, here + 1, everyday)
            if end:
                return end
        if not wide and words[here][0] not in everyday and words[here][-1] not in everyday:
            return 0
    return 0


# --- Words as they are compared ------------------------------------------------------------------

_CLAUSE = re.compile(r"([,;:()\n]+(?!\d)|\s[-–—]+\s|\.{2,})")
_HARD = re.compile(r"[;:()\n]|\.\.")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_](?:[^\W\d_]|[\u0980-\u09ff'])*|[\u0980-\u09ff]+|\?")

_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_AUXILIARY = "ca|do|wo|is|did|does|has|was|could|would|should|are|have|had"
_JOINED = tuple(
    (re.compile(pattern), new)
    for pattern, new in [
        (rf"\b({_AUXILIARY})(nt)\b", r"\1n't"),
        (r"\b(?:can ?not|can't|could(?: not|n't)|no fit)\b", "cannot"),
        (r"\b(?:is |am |are |was |be )?(?:unable|not able|incapable)(?: to| of)?\b", "cannot"),
        (r"\b\w+n't\b|\b(?:no longer|no dey|not even)\b", "not"),
        (
            r"\bno (?:se |me |le |lo |la |nos |les )*"
            r"(?:pued\w+|pod(?:ia|emos|er)|pud[oe]|logra\w*|logro|consig\w+)\b|\bincapaz de\b",
            "nopuede",
        ),
        (r"\bi'?m\b", "i am"),
        (r"\bi'?ve\b", "i have"),
        (r"\b(he|she|it)'?s\b", r"\1 is"),
        (r"(\w)'s\b", r"\1 is"),
        (r"\ba ?& ?e\b", "emergencyroom"),
        (r"পার[^\s,]{0,6}\s?না(?![\u0980-\u09ff])", "পারেনা"),
        (r"\bpar(?:i|e|en|ch+i|ch+e|ch+en|t[ie]s+h?[ie]|tech+e|tes[ie]) ?na\b", "parena"),
    ]
)
"""What is written in several ways, and the one word that it is read as."""


def plain(text: str) -> str:
    """A text in small letters without accents, what cannot and what does not as one word each."""
    plainly = fold(unicodedata.normalize("NFC", text)).replace("’", "'")
    plainly = _DRAWN_OUT.sub(r"\1\1", plainly)
    for pattern, new in _JOINED:
        plainly = pattern.sub(new, plainly)
    return plainly


_BANGLA = tuple(
    (unicodedata.normalize("NFC", old).replace("\u09bc", ""), new)
    for old, new in [
        ("ব্যা", "ব্য"), ("ঙ্গ", "ঙ"), ("ঁ", ""), ("ী", "ি"), ("ূ", "ু"), ("ণ", "ন"), ("ষ", "শ"),
        ("স", "শ"), ("ৎ", "ত"), ("\u200c", ""), ("\u200d", ""),
    ]
)  # fmt: skip


_KEEP_O = ("কখনো", "কোনো", "এখনো")
"""Words that are others without their last vowel ("ever" and "when")."""


def _bangla(word: str) -> str:
    """A Bangla word by its sounds: what is told apart only in writing is one."""
    heard = word.replace("\u09bc", "")
    for old, new in _BANGLA:
        heard = heard.replace(old, new)
    return heard if heard in _KEEP_O else heard.removesuffix("ো") or heard


_LATIN = (
    ("chh", "c"), ("ch", "c"), ("sh", "s"), ("th", "t"), ("ph", "f"), ("bh", "b"), ("dh", "d"),
    ("kh", "k"), ("gh", "g"), ("jh", "j"), ("z", "j"), ("v", "b"), ("ee", "i"), ("oo", "u"),
)  # fmt: skip
BY_SOUND = "~"
"""What a word of Bangla in Latin letters begins with once it is read by its sounds."""

_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def _sounds(word: str) -> str:
    """A word of Bangla in Latin letters by its sounds, marked as such."""
    heard = word
    for old, new in _LATIN:
        heard = heard.replace(old, new)
    return BY_SOUND + _DOUBLE.sub(r"\1", heard)


def _forms(word: str, latin_bangla: bool) -> Word:
    if word[0].isdigit():
        return (word, *_numbers(float(word.replace(",", "."))))
    if "\u0980" <= word[0] <= "\u09ff":
        word = _bangla(word)
    mended = _mended(word)
    forms = (word,) if mended == word else (word, mended)
    return (*forms, _sounds(word)) if latin_bangla else forms


def _numbers(size: float) -> Iterator[str]:
    """What a number may be: any, a year, the heat or cold of a body in degrees of either scale."""
    yield "#n"
    if 1900 <= size < 2100:
        yield "#year"
    if 37.5 <= size < 43 or 99.5 <= size < 108:
        yield "#hot"
    if 33 <= size < 36:
        yield "#cold"


@lru_cache(maxsize=8192)
def _mended(word: str) -> str:
    """A word with its one slip mended: the known word or stem it misspells, or itself."""
    lexicon = _lexicon()
    if len(word) < LONG or word in lexicon.known or word in lexicon.no_slips:
        return word
    known = any(word[:length] in lexicon.stems for length in range(3, len(word) + 1))
    for length in range(len(word), len(word) - 1 if known else LONG - 2, -1):
        for one in _less(word[:length]):
            right = lexicon.slips.get(one)
            if right and right[0] == word[0] and abs(len(right) - length) < 2:
                if length == len(word):
                    return right
                if right in lexicon.stems:
                    return right + word[length:]
    return word


def _less(word: str) -> Iterator[str]:
    """A word, and it without each one of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


# --- The data ------------------------------------------------------------------------------------


@cache
def _lexicon() -> _Lexicon:
    raw = tomllib.loads(
        (files("piamater.answers") / "data" / "danger_words.toml").read_text("utf-8")
    )
    first: dict[str, list[tuple[_Wording, str]]] = defaultdict(list)
    stems: dict[str, list[tuple[_Wording, str]]] = defaultdict(list)
    everyday = {
        _key(word, tongue) for tongue, text in raw["everyday"].items() for word in text.split()
    }
    known = set(everyday)
    for name, tongues in raw["meaning"].items():
        for tongue, text in tongues.items():
            for wording in _wordings(text, tongue):
                for part in wording:
                    known.update(part.words)
                for word in wording[0].words:
                    first[word].append((wording, name))
                for stem in wording[0].stems:
                    stems[stem].append((wording, name))
                for part in wording[1:]:
                    for stem in part.stems:
                        stems.setdefault(stem, [])
    slips: dict[str, str] = {}
    for right in sorted(stems.keys() | known):
        if len(right) >= LONG and right[0] not in "~#":
            for one in _less(right):
                slips.setdefault(one, right)
    return _Lexicon(
        dict(first), dict(stems), frozenset(everyday),
        frozenset(_sounds(word) for word in raw["latin_bangla"]["words"].split()),
        frozenset(known), slips, frozenset(raw["no_slips"]["words"].split()),
    )  # fmt: skip


def _wordings(text: str, tongue: str) -> Iterator[_Wording]:
    for line in text.replace("\n", " ").split(","):
        if line.strip():
            yield tuple(_part(one, tongue) for one in line.split())


def _part(written: str, tongue: str) -> _Part:
    if written == "..":
        return _Part(frozenset(), (), True)
    each = written.split("/")
    return _Part(
        frozenset(_key(one, tongue) for one in each if not one.endswith("*")),
        tuple(_key(one[:-1], tongue) for one in each if one.endswith("*")),
        False,
    )


def _key(word: str, tongue: str) -> str:
    """A word of the data as words of a message are compared."""
    plainly = fold(unicodedata.normalize("NFC", word))
    if tongue == "bn":
        return _bangla(plainly)
    return _sounds(plainly) if tongue == "latin" else plainly
