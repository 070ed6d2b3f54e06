"""Review dates: when a page says it was published, updated, reviewed and is due for review."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.sources.dates import parse_date, writes_day_first
from piamater.text import Mark

PAPERS = frozenset({"trial", "cohort", "case-report", "systematic-review", "narrative-review"})
"""Kinds of works that are dated once and not reviewed again."""
_DATE = r"(?:[^\W\d_]+\.?\s+)?\d[^\n]{0,28}"
_HEAD = (
    r"(?:^|(?<=[|•;.(·–—])|\b(?:page|article|guide|content|information|summary|leaflet|pagina|"
    r"articulo|guia|contenido|hoja) (?:was|is|has been|fue|esta|ha sido))[ \t]*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A date that a page tells: partial ISO 8601, and where it stands (empty span: nowhere)."""

    iso: str
    start: int
    end: int

    @property
    def latest(self) -> date:
        """The last day that the date can mean."""
        year, month, day = (*map(int, self.iso.split("-")), 0, 0)[:3]
        if not month:
            return date(year, 12, 31)
        return date(year, month, day or calendar.monthrange(year, month)[1])

    @property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        year, month, day = (*map(int, self.iso.split("-")), 0, 0)[:3]
        return date(year, month or 1, day or 1)

    @property
    def precise(self) -> bool:
        """Whether it names a day."""
        return self.iso.count("-") == 2


@remembered
def told_dates(page: Page) -> dict[str, Told]:
    """The dates of a page by what they date: ``published``, ``updated``, ``reviewed``,
    ``review_due``; what the record holds counts before what the text says.
    """
    found: dict[str, Told] = {}
    for what, told in said_dates(page):
        found.setdefault(what, told)
    for what in ("published", "updated", "reviewed", "review_due"):
        held = str(getattr(page.record, what))
        if held and re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", held) and _exists(held):
            said = found.get(what)
            span = (said.start, said.end) if said and said.iso.startswith(held[:4]) else (0, 0)
            found[what] = Told(held, *span)
    return found


def _exists(iso: str) -> bool:
    try:
        return Told(iso, 0, 0).earliest <= Told(iso, 0, 0).latest
    except ValueError:
        return False


@remembered
def said_dates(page: Page) -> tuple[tuple[str, Told], ...]:
    """The dates that the text itself tells, in order, outside its reference lists."""
    return tuple(_said(page))


def _said(page: Page) -> Iterator[tuple[str, Told]]:
    lists = [(one.start, one.end) for one in page.document.passages if one.mark is Mark.REFERENCE]
    plain = folded(page)
    taken: set[int] = set()
    for what, match in _matches(plain):
        if match.start("told") in taken or any(a <= match.start() < b for a, b in lists):
            continue
        written = page.text[match.start("told") : match.end("told")]
        iso = parse_date(written, day_first=writes_day_first(page.language))
        named = not written[:1].isdigit()
        if iso and _exists(iso) and not (named and "-" not in iso):
            taken.add(match.start("told"))
            yield what, Told(iso, match.start("label"), match.start("told") + _length(written))


def _length(written: str) -> int:
    """How much of a stretch is the date: up to its year, or its last number."""
    year = re.search(r"\d{4}(?:[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?|[০-৯]{4}(?:-[০-৯]{2})*", written)
    return year.end() if year else len(written.rstrip())


_HINTS = (
    "review", "updat", "modif", "revis", "actualiz", "publi", "changed", "posted",
    "পর্যালোচনা", "হালনাগাদ", "প্রকাশ",
)  # fmt: skip
_BEFORE, _BEHIND = 60, 110


def _matches(plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The labels with a date behind them, sought near the words that labels are made of.

    The kinds come in the order of the data file, so that "next review" is no review.
    """
    near = list(windows(plain, _HINTS, _BEFORE, _BEHIND))
    for what, pattern in _patterns():
        for start, end in near:
            for match in pattern.finditer(plain, start, end):
                yield what, match


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (files("piamater.checks") / "data" / "review_dates.toml").read_text("utf-8")
    return tuple(
        (
            one["what"],
            re.compile(
                rf"{_HEAD}(?P<label>(?:{'|'.join(one['labels'])}))"
                rf"(?:\s*(?:on|el|date|en))?\s*[:：-]?\s*(?P<told>{_DATE})",
                re.MULTILINE,
            ),
        )
        for one in tomllib.loads(text)["date"]
    )


def years_after(day: date, years: float) -> date:
    """The day some years after another, with a month's grace."""
    return date.fromordinal(min(day.toordinal() + round(years * 365.25) + 31, date.max.toordinal()))


def is_reviewed_kind(page: Page) -> bool:
    """Whether a page is reviewed again and again, as it says itself, or is no paper."""
    if page.form == "answer" or not page.text:
        return False
    said = {what for what, _ in said_dates(page)}
    paper = str(page.record.kind) in PAPERS or "container-title" in page.record.csl
    return bool(said - {"published"}) or not paper
