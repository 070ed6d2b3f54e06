"""Days that no calendar has, where a page writes the day of its review or its publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from piamater.checks.page import Page
from piamater.checks.rv.dates import ORDINAL, Told, said_dates
from piamater.text.bangla import to_ascii_digits

_THREE = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")
_WITH_DAY = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s+(?:de |of )?[^\s\d]+\s+(?:de )?\d{4}$"
    r"|[^\s\d]+\s\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}$"
)


def impossible(page: Page) -> Iterator[Told]:
    """The dates behind labels that name a day, or a month, which no calendar has."""
    for _, told in said_dates(page):
        written = ORDINAL.sub("", to_ascii_digits(page.text[told.start : told.end]))
        if told.start >= told.end:
            continue
        numbers = _THREE.search(written)
        if numbers:
            first, second, year = map(int, numbers.groups())
            if not (_day(year, second, first) or _day(year, first, second)):
                yield told
        elif iso := _ISO.search(written):
            if not _day(int(iso[1]), int(iso[2]), int(iso[3] or 1)):
                yield told
        elif _WITH_DAY.search(written) and told.iso.count("-") == 1:
            yield told


def _day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) is not None
    except ValueError:
        return False
