"""Dates as pages write them, in English, Spanish and Bangla, to ISO 8601, partial where unsure."""

from __future__ import annotations

import re
from datetime import date

from piamater.text import normalise
from piamater.text.bangla import to_ascii_digits

_MONTHS = {
    normalise(name).text: number
    for number, names in enumerate(
        (
            "january jan enero ene জানুয়ারি জানুয়ারী",
            "february feb febrero ফেব্রুয়ারি ফেব্রুয়ারী",
            "march mar marzo মার্চ",
            "april apr abril abr এপ্রিল",
            "may mayo মে",
            "june jun junio জুন",
            "july jul julio জুলাই",
            "august aug agosto ago আগস্ট",
            "september sep sept septiembre set সেপ্টেম্বর",
            "october oct octubre অক্টোবর",
            "november nov noviembre নভেম্বর",
            "december dec diciembre dic ডিসেম্বর",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"\b(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\b(?![-/.]\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?([^\W\d_][^\s\d,./-]*)\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_][^\s\d,./-]*)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([^\W\d_][^\s\d,./-]*)\.?\s+(?:de\s+)?(\d{4})\b")


def parse_date(text: str, *, day_first: bool = True) -> str:
    """The first date in a text as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where none is.

    ``05/06/2022`` is read by ``day_first``; where only one order gives a date, that one counts.
    """
    text = to_ascii_digits(text)
    if (match := _DAY_FIRST.search(text)) and (month := _month(match.group(2))):
        return _iso(match.group(3), month, match.group(1))
    if (match := _MONTH_FIRST.search(text)) and (month := _month(match.group(1))):
        return _iso(match.group(3), month, match.group(2))
    if match := _NUMBERS.search(text):
        first, second, year = match.groups()
        orders = (
            ((second, first), (first, second)) if day_first else ((first, second), (second, first))
        )
        for month_text, day in orders:
            if _exists(year, int(month_text), day):
                return _iso(year, int(month_text), day)
    if match := _ISO.search(text):
        year, month_text, day = match.groups()
        named = _MONTH_YEAR.search(text) if month_text is None else None
        if named and (month := _month(named.group(1))):
            return _iso(named.group(2), month, None)
        return _iso(year, int(month_text) if month_text else 0, day)
    return ""


def _month(name: str) -> int:
    """The number of a month by its name in any of the three languages; 0 for another word."""
    return _MONTHS.get(normalise(name.lower()).text, 0)


def _exists(year: str, month: int, day: str) -> bool:
    try:
        date(int(year), month, int(day))
    except ValueError:
        return False
    return True


def _iso(year: str, month: int, day: str | None) -> str:
    if not 1500 <= int(year) <= 2200:
        return ""
    if not 1 <= month <= 12:
        return year
    if day is None or not _exists(year, month, day):
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}"


def date_parts(iso: str) -> dict[str, list[list[int]]]:
    """A partial ISO date as CSL writes it."""
    return {"date-parts": [[int(part) for part in iso.split("-")]]}
