"""Masking: what tells who a person is, taken out of a reader's text before it is kept.

Masking lowers a risk and does not end it: a rare story can tell who somebody is without any name
or number. The reader sees the masked text before it is sent.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from piamater.answers.masking_names import names

REGIONS = ("GB", "US", "ES", "BD", "IN", "MX", "CO")
"""Countries whose ways of writing telephone numbers without a country code are looked for."""

BLANK = "\0"
"""Stands where a mark stood; no pattern takes it for a letter or a space."""

LETTERS = (("\u09dc", "\u09a1\u09bc"), ("\u09dd", "\u09a2\u09bc"), ("\u09df", "\u09af\u09bc"))
"""Bangla letters that are written as one character or as two (Unicode, canonical equivalents)."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A place of the text that tells who somebody is, ``text[start:end]``, and its kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked text, and what was found in the text before."""

    text: str
    found: tuple[Identifier, ...]


def mask(text: str, language: str = "en") -> Masked:
    """A text with marks in the place of personal identifiers."""
    found = identifiers(text)
    marks = _data()["marks"]
    out, at = [], 0
    for one in found:
        out += [text[at : one.start], marks[one.kind].get(language, marks[one.kind]["en"])]
        at = one.end
    return Masked("".join([*out, text[at:]]), found)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The personal identifiers of a text, in order; those that overlap are made one.

    Marks of an earlier masking are no identifiers, nor a part of one.
    """
    plain = _marks().sub(_blank, "".join(_western(one) for one in text))
    everything = sorted(_all(plain), key=lambda one: (one.start, -one.end))
    chosen: list[Identifier] = []
    for one in everything:
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
        elif one.end > chosen[-1].end:
            chosen[-1] = replace(chosen[-1], end=one.end)
    return tuple(chosen)


def _blank(match: regex.Match[str]) -> str:
    return BLANK * len(match[0])


def _western(char: str) -> str:
    """A decimal digit of any script as 0 to 9; the text keeps its length."""
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _all(text: str) -> Iterator[Identifier]:
    for kind, pattern, check in _patterns():
        for match in pattern.finditer(text):
            if BLANK not in match["mask"] and (check is None or check(match["mask"])):
                yield Identifier(kind, *match.span("mask"))
    yield from (Identifier("name", start, end) for start, end in names(text))
    yield from _phones(text)


def _phones(text: str) -> Iterator[Identifier]:
    """Telephone numbers that are valid somewhere (libphonenumber)."""
    import phonenumbers

    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            if sum(one.isdigit() for one in match.raw_string) > 6:
                yield Identifier("phone", match.start, match.end)


def _dni(text: str) -> bool:
    """Whether a Spanish DNI or NIE has the right letter."""
    plain = regex.sub(r"[^0-9A-Za-z]", "", text).upper()
    digits = plain[:-1].replace("X", "0", 1).replace("Y", "1", 1).replace("Z", "2", 1)
    return digits.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == plain[-1]


def _nhs(text: str) -> bool:
    """Whether an NHS number has the right check digit (modulus 11)."""
    digits = [int(one) for one in text if one.isdigit()]
    rest = 11 - sum(one * (10 - place) for place, one in enumerate(digits[:9])) % 11
    return rest % 11 == digits[9] and rest != 10


def _card(text: str) -> bool:
    """Whether a payment card's number has the right check digit (Luhn, ISO/IEC 7812)."""
    digits = [int(one) for one in text if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _aadhaar(text: str) -> bool:
    """Whether an Indian Aadhaar number has the right check digit (Verhoeff 1969)."""
    check = 0
    for place, one in enumerate(int(one) for one in reversed(text) if one.isdigit()):
        for _ in range(place % 8):
            one = _VERHOEFF_TURN[one]
        check = _dihedral(check, one)
    return check == 0


def _iban(text: str) -> bool:
    """Whether a bank account's number has the right check digits (ISO 13616, modulus 97)."""
    plain = regex.sub(r"[ -]", "", text)
    return int("".join(str(int(one, 36)) for one in plain[4:] + plain[:4])) % 97 == 1


_VERHOEFF_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _dihedral(one: int, other: int) -> int:
    """The product of two elements of the dihedral group of order ten."""
    if one < 5:
        return (one + other) % 5 if other < 5 else 5 + (one + other) % 5
    return 5 + (one - other) % 5 if other < 5 else (one - other) % 5


_CHECKS: dict[str, Callable[[str], bool]] = {
    "dni": _dni,
    "nhs": _nhs,
    "card": _card,
    "aadhaar": _aadhaar,
    "iban": _iban,
}


@cache
def _data() -> dict[str, Any]:
    text = (files("piamater.answers") / "data" / "identifiers.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _marks() -> regex.Pattern[str]:
    """All marks, in any language."""
    words = {mark for one in _data()["marks"].values() for mark in one.values()}
    return regex.compile("|".join(regex.escape(one) for one in sorted(words)))


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str], Callable[[str], bool] | None], ...]:
    words = {name: _both_ways(some) for name, some in _data()["words"].items()}
    return tuple(
        (row["kind"], _compile(row["regex"], words), _CHECKS.get(row.get("check", "")))
        for row in _data()["pattern"]
    )


def _compile(source: str, words: dict[str, list[str]]) -> regex.Pattern[str]:
    """A pattern that finds Bangla letters in both ways of writing them."""
    for one, two in LETTERS:
        source = source.replace(two, one).replace(one, f"(?:{one}|{two})")
    named: dict[str, Any] = {name: some for name, some in words.items() if rf"\L<{name}>" in source}
    return regex.compile(source, **named)


def _both_ways(words: list[str]) -> list[str]:
    """Words with their Bangla letters as one character, and as two."""
    out = set(words)
    for one, two in LETTERS:
        out |= {word.replace(two, one) for word in out} | {word.replace(one, two) for word in out}
    return sorted(out)
