"""Values: the numbers, doses and sides that a passage states, the same in every language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from piamater.guides.numbers import numbers
from piamater.vocabulary.fold import fold

_BANGLA_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_MARKER = re.compile(r"\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]|\[\^[\w-]+\]")
_ADDRESS = re.compile(r"https?://\S+|\bdoi:?\s?10\.\S+|\bPMID:?\s?\d+|\b(?:NCT|ISRCTN)\d+")
_WRITTEN_DATE = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
_EMERGENCY = re.compile(r"(?<![\d.,])(?:112|911|999)(?!\d|[.,]\d|\s?[%\d])")
"""Numbers that one calls, which differ by country."""
_TELLING = re.compile(r"[\d\[⁰¹²³⁴⁵⁶⁷⁸⁹@]|://|www\.|\.(?:com|org|net|gov|edu|int)\b")
"""What a text has that holds any of these; most sentences do not."""
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u2009\u202f]\d{3})+)(?![\d])")


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount with its unit, such as 10 mg."""

    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"

    def span(self, text: str) -> tuple[int, int] | None:
        """Where it stands in a text."""
        for found in _doses().finditer(fold(plain(text))):
            unit = _units()[re.sub(r"\s+", " ", found["unit"])]
            if unit == self.unit and self.value in numbers(found["value"]):
                return found.span()
        return None


@dataclass(frozen=True, slots=True)
class Values:
    """What a passage states.

    ``digits``: numbers in digits that stand alone; ``loose``: those in words, ordinals and
    numbers that are part of a name or an abbreviation, which another language may write
    otherwise; ``doses``: amounts with a unit; ``sides``: left and right.
    """

    digits: frozenset[float]
    words: frozenset[float]
    loose: frozenset[float]
    doses: frozenset[Dose]
    sides: frozenset[str]

    @property
    def all(self) -> frozenset[float]:
        """Every number, however it is written."""
        return self.digits | self.words | self.loose | {one.value for one in self.doses}


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text without citation markers, addresses and dates, in ASCII digits, just as long."""
    said = text.translate(_BANGLA_DIGITS)
    if not _TELLING.search(said):
        return said
    for pattern in (_MARKER, _ADDRESS, _WRITTEN_DATE, _EMERGENCY, _named_dates()):
        said = pattern.sub(lambda found: " " * len(found[0]), said)
    return said


@lru_cache(maxsize=8192)
def values(text: str, language: str) -> Values:
    """The values of a text in a language (``en``, ``es``, ``bn``)."""
    low = fold(plain(text))
    for pattern, new in _WRITINGS:
        low = pattern.sub(new, low)
    low = _SPACED.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), low)
    doses = frozenset(_doses_in(low))
    rest = _doses().sub(" ", low)
    words = frozenset(_in_words(rest, language))
    loose = {float(one[0]) for one in _ATTACHED.finditer(rest)} | _ordinals_in(rest, language)
    sides = frozenset(_sides(language)[one] for one in _side_pattern(language).findall(low))
    return Values(frozenset(numbers(rest)), words, frozenset(loose), doses, sides)


_WRITINGS = (
    (re.compile(r"(?<=[\d%])\s?-\s?(?=[\d.])"), " ; "),  # 5-10, 91.4%-93.1%
    (re.compile(r"(?<!\w)-(?=\d)|(?<=[a-z])-(?=\d+[.,]\d)"), " "),  # -0.8, day-6.4
    (re.compile(r"(?<![\d\w])\.(?=\d)"), "0."),  # .05
    (re.compile(r"(?<=\d)-(?!fu\b|fluoro)(?=[^\W\d_]{2,})"), " "),  # 5-year
    (re.compile(r"\b([a-z])(?=\d+\s?(?:-\d+)?h\b)"), r"\1 "),  # q6h
    (re.compile(r"(?<=\d)(?=h\b|s\b|x\b)"), " "),  # 1970s, 6h
    (re.compile(r"\b(to|of|and|a|de|y)(?=\d)"), r"\1 "),  # 12 to14
)
_ATTACHED = re.compile(r"(?:(?<=[a-z\u0980-\u09ff]-)|(?<=[a-z]))\d+|(?<![\w.,])\d+(?=-?[a-z])")


def _doses_in(low: str) -> Iterator[Dose]:
    for found in _doses().finditer(low):
        unit = _units()[re.sub(r"\s+", " ", found["unit"])]
        for value in numbers(found["value"]):
            yield Dose(value, unit)


def _in_words(low: str, language: str) -> Iterator[float]:
    """The numbers in words: each run of number words is read as one ("twenty-three")."""
    known = _words(language)
    one = _any_word(tuple(known))
    for run in _word_runs(language).finditer(low):
        total = current = 0.0
        for word in one.findall(run[0]):
            value = known[word]
            if value >= 100:
                total, current = total + max(1.0, current) * value, 0.0
            elif current and (value >= 10 or current % 10):
                yield total + current
                total, current = 0.0, value
            else:
                current += value
        yield total + current


def number_words(language: str) -> dict[str, float]:
    """The words for numbers in a language, folded, with their values."""
    return _words(language)


@cache
def _table() -> dict[str, Any]:
    text = (files("piamater.checks") / "data" / "values.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _named_dates() -> re.Pattern[str]:
    months = "|".join(one for some in _table()["months"]["names"].values() for one in some)
    day = r"\d{1,2}(?:st|nd|rd|th|\.º|º)?"
    return re.compile(
        rf"\b{day}\s+(?:de\s+|of\s+)?(?:{months})\b\.?,?(?:\s+(?:de\s+|del\s+)?\d{{4}})?"
        rf"|\b(?:{months})\b\.?\s+{day},?\s+\d{{4}}|\b(?:{months})\b\.?,?\s+(?:de\s+|del\s+)?\d{{4}}"
        rf"|\b(?:{months})\s+{day}\b",
        re.IGNORECASE,
    )


@cache
def _units() -> dict[str, str]:
    return {
        fold(written): unit for unit, some in _table()["units"]["names"].items() for written in some
    }


@cache
def _doses() -> re.Pattern[str]:
    names = "|".join(re.escape(one) for one in sorted(_units(), key=len, reverse=True))
    return re.compile(
        r"(?P<value>\d+(?:[.,]\d+)*(?:\s*(?:;|to|a|থেকে)\s*\d+(?:[.,]\d+)*)?)\s?"
        rf"(?P<unit>{names})(?![a-z0-9\u0985-\u09b9])"
    )


@cache
def _words(language: str) -> dict[str, float]:
    return _by_word("words", language)


@cache
def _by_word(table: str, language: str) -> dict[str, float]:
    found = _table()[table].get(language, {})
    return {_nfc(word): float(value) for value, some in found.items() for word in some}


@cache
def _word_runs(language: str) -> re.Pattern[str]:
    words = tuple(_words(language))
    if not words:
        return re.compile(r"(?!)")
    one = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
    link = r"(?:[\s-]+(?:(?:and|y)\s+)?)"
    return re.compile(rf"(?<![\w\u0980-\u09ff])(?:{one})(?:{link}(?:{one}))*(?![\w\u0980-\u09ff])")


def _ordinals_in(low: str, language: str) -> set[float]:
    known = _by_word("loose", language)
    return {known[one] for one in _any_word(tuple(known)).findall(low)}


def _nfc(word: str) -> str:
    return fold(unicodedata.normalize("NFC", word))


@cache
def _sides(language: str) -> dict[str, str]:
    found = _table()["sides"].get(language, {})
    return {_nfc(word): side for side, some in found.items() for word in some}


@cache
def _side_pattern(language: str) -> re.Pattern[str]:
    not_after = _table()["sides"]["not_followed"].get(language, [])
    tail = rf"(?!\s+(?:{'|'.join(map(fold, not_after))})\b)" if not_after else ""
    return _any_word(tuple(_sides(language)), tail)


def _any_word(words: tuple[str, ...], tail: str = "") -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    body = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w\u0980-\u09ff])({body})(?![\w\u0980-\u09ff]){tail}")
