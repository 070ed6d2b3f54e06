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
    (5 of 100) whose share a quote tells as a percentage or as another fraction, to within a
    twentieth or one percentage point.
    """
    told = numbers(text)
    quoted = [value for one in quotes for value in numbers(one)]
    shares = quoted + [100 * part / whole for one in quotes for part, whole in _pairs(numbers(one))]
    denominators = [one for one in told if one in DENOMINATORS or one in quoted]
    bad = [
        one
        for one in told
        if one not in quoted
        and one not in DENOMINATORS
        and not any(_near(100 * one / whole, shares) for whole in denominators if whole >= one)
    ]
    return [f"{one:g}" for one in bad]


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return [(a, b) for a in values for b in values if 0 < a <= b]


def _near(share: float, shares: list[float]) -> bool:
    return any(abs(share - one) <= max(1.0, one / 20) for one in shares)
