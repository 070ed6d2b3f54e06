"""Figures: percentages and natural frequencies in a text, with their values and places.

All patterns are of folded text (small letters, no accents, 0 to 9 for Bangla digits). A natural
frequency is a count of a whole: 5 out of every 100, one in six, 5 de cada 100, প্রতি ১০০ জনে ৫ জন.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from piamater.checks.page import Page
from piamater.checks.shown import SHOWN, folded, passage_at
from piamater.text import Mark, Passage

NUMBER = r"(?:(?<!\d)(?<!\d[.,·])\d{1,15}(?:[.,·]\d{1,15}){0,5}|(?<![\d.])\.\d{1,15})"
"""A number in figures, with decimals or groups, from its first digit on; no endless one."""
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "a hundred": 100,
    "uno": 1, "una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "veinte": 20, "cien": 100,
    "এক": 1, "দুই": 2, "তিন": 3, "চার": 4, "পাঁচ": 5, "ছয়": 6, "সাত": 7, "আট": 8, "নয়": 9, "দশ": 10,
    "বিশ": 20, "একশ": 100, "একশো": 100,
}  # fmt: skip
_FRACTIONS = {
    "half": 50.0, "one half": 50.0, "a half": 50.0, "a third": 100 / 3, "one third": 100 / 3,
    "one-third": 100 / 3, "two thirds": 200 / 3, "two-thirds": 200 / 3, "a quarter": 25.0,
    "one quarter": 25.0, "one-quarter": 25.0, "three quarters": 75.0, "three-quarters": 75.0,
    "a fifth": 20.0, "one fifth": 20.0, "one-fifth": 20.0, "la mitad": 50.0, "un tercio": 100 / 3,
    "dos tercios": 200 / 3, "un cuarto": 25.0, "tres cuartos": 75.0, "অর্ধেক": 50.0,
    "এক-তৃতীয়াংশ": 100 / 3, "এক তৃতীয়াংশ": 100 / 3, "এক-চতুর্থাংশ": 25.0, "এক চতুর্থাংশ": 25.0,
}  # fmt: skip


def _any(words: dict[str, float] | dict[str, int]) -> str:
    from piamater.vocabulary.fold import fold

    return "|".join(sorted((re.escape(fold(one)) for one in words), key=len, reverse=True))


_COUNT = rf"(?:{NUMBER}|(?:{_any(_WORDS)})(?![a-z\u0980-\u09ff]))"
_COUNT_BN = rf"(?:{NUMBER}|(?:{_any(_WORDS)}))"
_TO = r"\s?(?:-|to|and|or|a|y|o|থেকে)\s?"
SIGN = r"(?:\s?%|\s?per ?cent\b|\s?por ciento\b|\s?শতাংশ)"
"""What makes a number a percentage."""
PERCENT = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER}){SIGN}?(?:\s?(?:-|to|and|a|y|থেকে)\s?(?P<high>{NUMBER}))?{SIGN}"
)
_WHO = (
    r"(?:[a-z]+ ){0,2}?(?:people|persons?|patients?|women|men|adults?|children|babies|cases"
    r"|episodes|users|infants"
    r"|individuals|americans|personas|pacientes|mujeres|hombres|adultos|ninos|casos)"
)
_WHOLE = re.compile(
    rf"\s(?:out of|in|of|de)(?P<every> every| each| cada)? (?P<whole>{_COUNT})(?![\d.,]{{0,15}}\d"
    rf"|\s?(?:%|years?|months?|days?|weeks?|hours?))"
    r"(?P<scale> (?:thousand|million|billion|mil|millon|millones|লাখ|কোটি)\b)?"
)
_SCALES = {"thousand": 1e3, "mil": 1e3, "লাখ": 1e5, "million": 1e6, "millon": 1e6, "millones": 1e6,
           "কোটি": 1e7, "billion": 1e9}  # fmt: skip
_PART = re.compile(rf"(?<![\w.,/-])(?P<low>{_COUNT})(?:{_TO}(?P<high>{_COUNT}))?(?: {_WHO})?$")
_WHOLE_FIRST = re.compile(
    rf"(?:(?<=\s)|^)(?:of|out of|de) (?:every|each"
    rf"|cada) (?P<whole>{NUMBER})[^.;:]{{0,60}}?(?<![\w.,])"
    rf"(?P<low>{NUMBER})(?:{_TO}(?P<high>{NUMBER}))?(?!\s?%|[\d.,]{{0,15}}\d)"
)
_BANGLA = re.compile(
    rf"(?:প্রতি )?(?P<whole>{_COUNT_BN})\s?জনে(?:র)?(?: মধ্যে)?(?: প্রায়"
    rf"| প্রায়)? (?P<low>{_COUNT_BN})(?:{_TO}(?P<high>{_COUNT_BN}))?\s?জন"
)
_LOOK_BACK = 60
_WHOLES = frozenset({10, 20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000})


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people told in the text: in percent, from low to high.

    ``whole`` is the denominator of a natural frequency, 0 for a percentage.
    """

    start: int
    end: int
    low: float
    high: float
    whole: float = 0.0
    decimals: int = 0


def value(written: str) -> float:
    """What a number in figures or words is; groups of three are thousands, else decimals."""
    plain = written.strip().replace("·", ".")
    if plain in _folded_words():
        return float(_folded_words()[plain])
    groups = re.split(r"[.,]", plain)
    grouped = len(groups) > 1 and groups[0] not in ("", "0") and len(groups[0]) <= 3
    if grouped and "," in plain and all(len(one) == 3 for one in groups[1:]) and "." not in plain:
        return float("".join(groups))
    if "," in plain and "." in plain:
        return (
            float(plain.replace(",", ""))
            if plain.rfind(".") > plain.rfind(",")
            else float(plain.replace(".", "").replace(",", "."))
        )
    if len(groups) > 2:
        return float("".join(groups))
    return float(plain.replace(",", ".") or 0)


@lru_cache(maxsize=1)
def _folded_words() -> dict[str, int]:
    from piamater.vocabulary.fold import fold

    return {fold(word): number for word, number in _WORDS.items()}


@lru_cache(maxsize=1)
def fractions() -> dict[str, float]:
    """Fractions in words and what they are in percent."""
    from piamater.vocabulary.fold import fold

    return {fold(word): share for word, share in _FRACTIONS.items()}


def decimals(written: str) -> int:
    """The decimals that a number is written with."""
    match = re.search(r"[.,·](\d{1,2}|\d{4,})$", written)  # three may be thousands
    return len(match[1]) if match else 0


@lru_cache(maxsize=8)
def percentages(text: str) -> tuple[Share, ...]:
    """The percentages of a folded text."""
    if "%" not in text and not re.search(r"per ?cent|por ciento|শতাংশ", text):
        return ()
    return tuple(
        Share(
            one.start(), one.end(), value(one["low"]), value(one["high"] or one["low"]),
            decimals=max(decimals(one["low"]), decimals(one["high"] or "")),
        )
        for one in PERCENT.finditer(text)
    )  # fmt: skip


@lru_cache(maxsize=8)
def frequencies(text: str) -> tuple[Share, ...]:
    """The natural frequencies of a folded text: of every so many, or of a round denominator."""
    found = list(_part_first(text))
    taken = {one.end for one in found}
    found += [one for one in _whole_first(text, _WHOLE_FIRST) if not _within(one, taken)]
    if _HAS_BANGLA.search(text):
        found += _whole_first(text, _BANGLA)
    return tuple(sorted(found, key=lambda one: one.start))


_HAS_BANGLA = re.compile(r"জনে")


def _within(share: Share, ends: set[int]) -> bool:
    """Whether another frequency ends inside a share: its whole is that one's."""
    return any(end in ends for end in range(share.start + 1, share.end + 1))


def _part_first(text: str) -> Iterator[Share]:
    """5 to 10 out of every 100; one in six; 5 de cada 100; 1 in 4 million."""
    for whole in _WHOLE.finditer(text):
        start = max(0, whole.start() - _LOOK_BACK)
        part = _PART.search(text[start : whole.start()])
        if part is None:
            continue
        all_ = value(whole["whole"]) * _SCALES.get((whole["scale"] or "").strip(), 1.0)
        low, high = value(part["low"]), value(part["high"] or part["low"])
        if low > high and " and " in part.group():
            low = high
        every = whole["every"] is not None or "out of" in whole.group()
        inside = " in " in whole.group() and (all_ in _WHOLES or low == 1 < all_)
        if low <= high and all_ >= 2 and (every or (inside and high <= all_)):
            first, last = 100 * low / all_, 100 * high / all_
            yield Share(start + part.start(), whole.end(), first, last, all_)


def _whole_first(text: str, pattern: re.Pattern[str]) -> Iterator[Share]:
    """Of every 100 people, 5; প্রতি ১০০ জনে ৫ জন."""
    for match in pattern.finditer(text):
        low, high = value(match["low"]), value(match["high"] or match["low"])
        whole = value(match["whole"])
        plain = whole in _WHOLES or low == 1 or "প্রতি" in match.group()
        fits = plain if pattern is _BANGLA else low <= whole
        if whole >= 2 and low <= high and fits:
            yield Share(match.start(), match.end(), 100 * low / whole, 100 * high / whole, whole)


def shares_of(
    page: Page, found: tuple[Share, ...], *marks: Mark
) -> Iterator[tuple[Passage, Share]]:
    """Shares with the passages that they stand in, of these marks or all shown."""
    wanted = marks or SHOWN
    for one in found:
        passage = passage_at(page, one.start)
        if passage is not None and passage.mark in wanted:
            yield passage, one


def page_percentages(page: Page) -> Iterator[tuple[Passage, Share]]:
    """The percentages that a page shows."""
    return shares_of(page, percentages(folded(page.text)))


def page_frequencies(page: Page) -> Iterator[tuple[Passage, Share]]:
    """The natural frequencies that a page shows."""
    return shares_of(page, frequencies(folded(page.text)))
