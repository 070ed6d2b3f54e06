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
from itertools import pairwise

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.sources.dates import parse_date, writes_day_first
from piamater.text import Form, Mark
from piamater.text.bangla import to_ascii_digits
from piamater.vocabulary.fold import fold

PAPERS = frozenset({"trial", "cohort", "case-report", "systematic-review", "narrative-review"})
"""Kinds of works that are dated once and not reviewed again."""
_DATE = r"(?:(?:[^\s\d.,:;|]{2,14}[.,]?\s+(?:del? )?){1,2})?\d[^\n]{0,28}"
_HEAD = (
    r"(?:^|(?<=[|•;.(·–—।])|(?<=\d\d\d\d)(?=[ ,])|(?P<amid>(?<=[^\W\d])(?=[ ,]))|\b(?:page|article|"
    r"guide|content|information|summary|leaflet|pagina|articulo|guia|contenido|hoja) "
    r"(?:was|is|has been|fue|esta|ha sido))[ \t,]*(?:(?:the|our|la|su) )?"
)
"""Where a label may begin. ``amid``: among other words, which a capital and a colon must tell."""
_SMALL = frozenset({"de", "del", "of", "the", "el", "on", "in", "en"})
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})(?![/.-]?\d)")
_MOST_WORDS = 2
"""Words of a date, a weekday and a month; more of them before the year are other words."""
ORDINAL = re.compile(r"(?<=[0-9০-৯])(?:ই|লা|রা|ঠা|শে)(?=\s)")
"""The endings of a day's number in Bangla."""


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
    asked: list[tuple[str, Told]] = []
    found: list[tuple[str, Told]] = [*_in_cells(page)]
    for what, match in _matches(plain):
        if match.start("told") in taken or any(a <= match.start() < b for a, b in lists):
            continue
        if match["amid"] is not None and not _is_label(page.text, match):
            continue
        told = _told(page, match.start("label"), *match.span("told"))
        if told:
            taken.add(match.start("told"))
            (asked if what == "review" else found).append((what, told))
    yield from found
    for _, told in asked:
        yield _which_review(page, told, dict(reversed(found))), told


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether a label that stands among other words has a capital and a colon, as labels do."""
    first = text[match.start("label")]
    return not first.islower() and ":" in text[match.end("label") : match.start("told")]


def _told(page: Page, label: int, start: int, end: int) -> Told | None:
    """The date that a stretch behind a label begins with."""
    written = page.text[start:end]
    length = _length(written)
    words = [one for one in written[:length].split() if one.lower() not in _SMALL]
    plain = [one for one in words if not _has_digit(one)]
    if len(plain) > (1 if _has_digit(words[0]) else _MOST_WORDS):
        return None
    day_first = writes_day_first(page.language)
    month = _MONTH_YEAR.match(to_ascii_digits(written))
    iso = f"{month[2]}-{int(month[1]):02}" if month else ""
    iso = iso or parse_date(ORDINAL.sub("", written), day_first=day_first)
    named = not written[:1].isdigit()
    if iso and _exists(iso) and not (named and "-" not in iso):
        return Told(iso, label, start + length)
    return None


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _which_review(page: Page, told: Told, found: dict[str, Told]) -> str:
    """Whether "review date" means the last review or the next.

    The next where it is still to come, and on a leaflet whose other date is a year older; the
    last where the page tells the next by itself, or says "date of review".
    """
    if "review_due" in found:
        return "reviewed"
    if told.earliest > page.settings.today:
        return "review_due"
    named = folded(page).startswith(("review date", "review ", "review:"), told.start)
    before = [found[one].latest for one in ("reviewed", "updated", "published") if one in found]
    return (
        "review_due"
        if named and before and years_after(max(before), 0.9) < told.latest
        else ("reviewed")
    )


def _in_cells(page: Page) -> Iterator[tuple[str, Told]]:
    """The dates of tables whose head is nothing but labels: a column of each.

    A table of studies with a column "Published" is none of these.
    """
    passages = page.document.passages
    for before, one in pairwise(passages):
        if one.form is not Form.ROW or one.mark is Mark.REFERENCE:
            continue
        head = passages[one.lead] if one.lead >= 0 else before
        if head.form is not Form.ROW:
            continue
        labels = [_label_kind(cell) for cell in fold(page.said(head)).split(" | ")]
        if not all(labels):
            continue
        at = one.start
        for what, cell in zip(labels, page.said(one).split(" | "), strict=False):
            if what and (told := _told(page, at, at, at + len(cell))):
                yield ("reviewed" if what == "review" else what), told
            at += len(cell) + len(" | ")


def _label_kind(cell: str) -> str:
    """What a table's cell labels, if it is nothing but a label; else empty."""
    bare = cell.strip(" :")
    return next((what for what, pattern, _ in _patterns() if pattern.fullmatch(bare)), "")


def _length(written: str) -> int:
    """How much of a stretch is the date: up to its year, or its last number."""
    year = re.search(r"\d{4}(?:[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?", written)
    return year.end() if year else len(written.rstrip())


_HINTS = (
    "review", "updat", "modif", "revis", "actualiz", "publi", "changed", "posted", "issue", "edit",
    "produc", "version", "date", "fecha", "তারিখ", "amended", "saved", "checked", "approved",
    "written", "prepared", "created", "aprobad", "elaborad", "elaboracion", "emision", "edicion",
    "redactad", "escrit", "creacion",
    "পর্যালোচনা", "হালনাগাদ", "প্রকাশ", "সম্পাদনা", "রচনা", "তৈরি",
)  # fmt: skip
_BEFORE, _BEHIND = 60, 190
_NAME = (
    r"(?:(?!review|revis|updat|publi|actualiz|next|proxim|\bdue\b|written|issue|[^\W\d_]{4}[.।]\s)"
    r"[^\n;|]){2,110}?"
)
"""Somebody's name and qualification, up to the date; no other label and no other sentence."""
_DAY = (
    r"\d{1,2}(?:st|nd|rd|th)?\s+(?:de |of )?[^\s\d,.;:()]{3,12}\.?,?\s+(?:de )?\d{4}"
    r"|[^\s\d,.;:()]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|[^\s\d,.;:()]{3,12}\.?\s+(?:de )?\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d(?:-\d\d)?"
)
_BY = tuple(
    (
        what,
        re.compile(
            rf"{_HEAD}(?P<label>(?:(?:medically|clinically|last|peer|expert) )?(?:{done})"
            rf"(?: and \w+)?(?: medicamente)? (?:by|por)\b:?){_NAME}"
            rf"(?:[,(]|\b(?:on|in|el|en)\b|[.])\s*(?:on |in |el |en )?(?P<told>{_DAY})",
            re.MULTILINE,
        ),
    )
    for what, done in (
        ("reviewed", r"(?:reviewed|checked|approved|revisad[oa]s?|aprobad[oa]s?)"),
        ("published", r"(?:written|produced|prepared|escrit[oa]s?|elaborad[oa]s?|redactad[oa]s?)"),
    )
)


def _matches(plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The labels with a date behind them, sought near the words that labels are made of.

    The kinds come in the order of the data file, so that "next review" is no review.
    """
    near = list(windows(plain, _HINTS, _BEFORE, _BEHIND))
    for what, pattern in (*((what, each) for what, _, each in _patterns()), *_BY):
        for start, end in near:
            for match in pattern.finditer(plain, start, end):
                yield what, match


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """What a label dates, the label alone, and the label with a date behind it."""
    text = (files("piamater.checks") / "data" / "review_dates.toml").read_text("utf-8")
    return tuple(
        (
            one["what"],
            re.compile(
                rf"(?:(?:the |this )?(?:page|content|article) )?(?:{'|'.join(one['labels'])})"
            ),
            re.compile(
                rf"{_HEAD}(?P<label>(?:{'|'.join(one['labels'])}))"
                rf"(?:\s*(?:on|in|by|el|date|en|para))?\s*[:：|,-]?\s*(?P<told>{_DATE})",
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
