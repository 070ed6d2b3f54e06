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
_ISO = re.compile(r"\b(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=T\d|\b)(?![-/.]\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?([^\W\d_][^\s\d,./-]*)\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_][^\s\d,./-]*)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([^\W\d_][^\s\d,./-]*)\.?\s+(?:de\s+)?(\d{4})\b")


def parse_date(text: str, *, day_first: bool | None = None) -> str:
    """The first date in a text as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where none is.

    ``day_first`` says how the source writes ``05/06/2022``; where that is not known (None) and
    either order gives a date, the month is not known either, and only the year is kept.
    """
    text = to_ascii_digits(text)
    if (match := _DAY_FIRST.search(text)) and (month := _month(match.group(2))):
        return _iso(match.group(3), month, match.group(1))
    if (match := _MONTH_FIRST.search(text)) and (month := _month(match.group(1))):
        return _iso(match.group(3), month, match.group(2))
    if match := _NUMBERS.search(text):
        first, second, year = match.groups()
        if found := _numbers(first, second, year, day_first):
            return found
    if match := _ISO.search(text):
        year, month_text, day = match.groups()
        named = _MONTH_YEAR.search(text) if month_text is None else None
        if named and (month := _month(named.group(1))):
            return _iso(named.group(2), month, None)
        return _iso(year, int(month_text) if month_text else 0, day)
    return ""


def writes_day_first(language: str) -> bool | None:
    """How pages in a language write numeric dates: ``es``, ``bn`` and British English day first.

    American English writes the month first; of "en" alone nothing can be said.
    """
    tag = language.lower().replace("_", "-")
    if tag == "en-us":
        return False
    return True if tag[:2] in ("es", "bn") or tag in ("en-gb", "en-au", "en-in", "en-ie") else None


def said_dates(text: str, *, day_first: bool | None = None) -> dict[str, str]:
    """What a page's own words say of its dates: published, updated, reviewed and review_due.

    Each is a partial ISO date, or empty where the page does not say.
    """
    return {
        what: parse_date(match.group(1), day_first=day_first) if match else ""
        for what, match in ((what, _first(pattern, text)) for what, pattern in _SAID.items())
    }


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first label with a date; the head of a table does not label what stands below it all."""
    for match in pattern.finditer(text):
        line = text[text.rfind("\n", 0, match.start(1)) + 1 : match.start(1)]
        label = text[match.start() : match.start(1)].strip()
        above = text.rfind("\n", 0, match.start() + 1) + 1
        if "\n" not in label and line.strip() == "" and "|" in text[above : match.start(1)]:
            continue
        return match
    return None


_SAID = {
    what: re.compile(
        rf"(?:^|[|•;]|\.)\s*(?:article |page )?(?:{words})(?:\s*(?:on|el|date))?\s*[:：]?\s*"
        rf"((?:[^\W\d_]+\.?\s+)?\d[^\n]{{0,40}})",
        re.IGNORECASE | re.MULTILINE,
    )
    for what, words in {
        "updated": r"last (?:updated|modified)|actualizado|[uú]ltima actualizaci[oó]n|"
        r"সর্বশেষ হালনাগাদ",
        "reviewed": r"(?:last|medically) reviewed|revisado|[uú]ltima revisi[oó]n|"
        r"সর্বশেষ পর্যালোচনা",
        "review_due": r"next review(?: due| date)?|pr[oó]xima revisi[oó]n|পরবর্তী পর্যালোচনা",
        "published": r"publication date|published|publicado|fecha de publicaci[oó]n|প্রকাশ(?:কাল|িত)",
    }.items()
}


def _numbers(first: str, second: str, year: str, day_first: bool | None) -> str:
    """A date of three numbers, the year last; empty where no order gives one."""
    as_day = _exists(year, int(second), first)
    as_month = _exists(year, int(first), second)
    if as_day and as_month and day_first is None and first != second:
        return _iso(year, 0, None)
    if as_day and (day_first is not False or not as_month):
        return _iso(year, int(second), first)
    return _iso(year, int(first), second) if as_month else ""


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
