"""Numbers of a statement against the numbers of the quotes that stand behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BANGLA = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,\u00a0\u202f]\d+)*(?![\w]*[A-Za-z])(?!-[A-Za-z])")
DENOMINATORS = frozenset({10.0, 20.0, 50.0, 100.0, 1000.0, 10000.0, 100000.0, 1000000.0})
"""Denominators that natural frequencies are told in."""


def numbers(text: str) -> list[float]:
    """The numbers of a text as values; Bangla digits, decimal commas and grouping are read.

    Digits that belong to a name (``CD4``, ``PD-1``) are left out; a range gives both its ends.
    """
    plain = re.sub(r"(?<=\d)\s*[–—−-]\s*(?=\d)", " ", text.translate(_BANGLA))
    return [value for match in _NUMBER.finditer(plain) for value in _value(match.group())]


def _value(written: str) -> list[float]:
    groups = re.split(r"[.,\u00a0\u202f]", written)
    if len(groups) == 1:
        return [float(written)]
    # 1,234 and 12,34,567 are groups; 3.5 and 3,5 are decimals
    lakh = all(len(one) == 2 for one in groups[1:-1])
    if len(groups[-1]) == 3 and (lakh or all(len(one) == 3 for one in groups[1:])):
        return [float("".join(groups))]
    if len(groups) == 2:
        return [float(".".join(groups))]
    return [float(one) for one in groups]


def unsupported_numbers(text: str, quotes: Sequence[str]) -> list[str]:
    """The numbers of a statement that its quotes do not bear out, as they would be written.

    A number is borne out when a quote has it, or when it is the numerator of a natural frequency
    (5 of every 100; in Bangla the denominator comes first) whose share a quote tells as a
    percentage or as another fraction, to within half a percentage point or a twentieth.
    """
    told = numbers(text)
    quoted = [value for one in quotes for value in numbers(one)]
    shares = [value for one in quotes for value in _percentages(one)]
    shares += [100 * part / whole for one in quotes for part, whole in _pairs(numbers(one))]
    bangla = any("\u0980" <= char <= "\u09ff" for char in text)
    bad = [
        one
        for place, one in enumerate(told)
        if one not in quoted
        and one not in DENOMINATORS
        and not any(
            _near(100 * one / whole, shares)
            for whole in _beside(told, place, bangla)
            if whole >= one and (whole in DENOMINATORS or whole in quoted)
        )
    ]
    return [f"{one:g}" for one in bad]


def _beside(told: list[float], place: int, bangla: bool) -> list[float]:
    """The numbers that can be the denominator of one: the next two, in Bangla also those before."""
    before = told[max(0, place - 2) : place] if bangla else []
    return [*told[place + 1 : place + 3], *before]


_PERCENT = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:\s*(?:–|-|to|a)\s*(\d+(?:[.,]\d+)?))?\s*(?:%|per ?cent|por ciento|শতাংশ)"
)


def _percentages(quote: str) -> list[float]:
    """The percentages of a quote; a range gives both its ends."""
    found = _PERCENT.findall(quote.translate(_BANGLA))
    return [float(one.replace(",", ".")) for pair in found for one in pair if one]


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return [(a, b) for a in values for b in values if 0 < a <= b]


def _near(share: float, shares: list[float]) -> bool:
    return any(abs(share - one) <= max(0.51, one / 20) for one in shares)
