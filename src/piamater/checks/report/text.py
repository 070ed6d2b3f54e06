"""Text: findings for a person at a terminal, each with its line and the words underlined."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import click

from piamater.checks.engine import Checked
from piamater.checks.places import Places
from piamater.checks.report.common import clean, named, read_as, summary
from piamater.checks.rule import Finding

WIDTH = 96
"""The most columns of an excerpt."""
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_BEFORE = 30


def text_report(some: Sequence[Checked], *, colour: bool = False) -> str:
    """The findings in the order of the pages, the counts, and what the pages were read as."""
    parts = [part for one in some for part in _findings(one, colour)]
    said = summary(some)
    said = click.style(said, bold=True) if colour else said
    parts.append("\n".join(one for one in (said, read_as(some)) if one))
    return "\n\n".join(parts) + "\n"


def _findings(checked: Checked, colour: bool) -> Iterator[str]:
    if not checked.findings:
        return
    places = Places(checked.page)
    for one in checked.findings:
        yield "\n".join([_head(places, one, colour), *_body(places, one, colour)])


def _head(places: Places, one: Finding, colour: bool) -> str:
    path = f"{clean(named(places.page))}:{places.line(one.start)}"
    if not colour:
        return f"{path}: {one.severity} {one.rule} {one.name}"
    severity = click.style(one.severity, fg=COLOURS[one.severity], bold=True)
    rule = click.style(one.rule, bold=True)
    return f"{click.style(path, bold=True)}: {severity} {rule} {one.name}"


def _body(places: Places, one: Finding, colour: bool) -> Iterator[str]:
    if one.end > one.start:
        number, line, start, end = _excerpt(places, one)
        gutter = f"{number:>6} | "
        yield from _shown(gutter, *_cut(line, start, end), one.severity, colour)
    yield f"  {_message(one.message)}"
    if one.suggestion:
        label = click.style("help:", fg="green") if colour else "help:"
        yield f"  {label} {_message(one.suggestion)}"


def _message(text: str) -> str:
    return clean(" ".join(text.split()))


def _excerpt(places: Places, one: Finding) -> tuple[int, str, int, int]:
    """The line of a finding, its number, and where in it the span stands."""
    place = places.find(one.start, one.end)
    if place is not None:
        line = places.row(place.line)
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        return place.line, line, place.column - 1, max(end, place.column)
    text = places.page.text
    start = text.rfind("\n", 0, one.start) + 1
    stop = text.find("\n", one.start)
    line = text[start : stop if stop >= 0 else len(text)]
    return places.line(one.start), line, one.start - start, min(one.end - start, len(line))


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """As much of a long line as fits, the span's beginning in it."""
    far = max(0, start - 4 * WIDTH)
    line, start, end = line[far : far + 8 * WIDTH], start - far, end - far
    line = "".join(" " if one == "\t" else one for one in clean(line))
    start, end = max(0, start), max(start, min(end, len(line)))
    lead = len(line) - len(line.lstrip())
    low = lead if end <= lead + WIDTH else max(lead, start - _BEFORE)
    low = min(low, start)
    high = min(len(line), low + WIDTH)
    before, behind = "…" if low > lead else "", "…" if high < len(line) else ""
    shift = low - len(before)
    return before + line[low:high] + behind, start - shift, min(end, high) - shift


def _shown(
    gutter: str, line: str, start: int, end: int, severity: str, colour: bool
) -> Iterator[str]:
    """The line with its span in colour, with a line of carets, or in brackets.

    Carets need to know how many columns a character takes; where a line holds letters of which
    terminals do not agree on that, the span stands in brackets.
    """
    before, span, behind = line[:start], line[start:end], line[end:]
    if colour:
        styled = click.style(span, fg=COLOURS[severity], underline=True)
        yield click.style(gutter, dim=True) + before + styled + behind
    elif all(map(_single, before + span)):
        yield gutter + line
        yield " " * (len(gutter) - 2) + "| " + " " * len(before) + "^" * max(1, len(span))
    else:
        yield f"{gutter}{before}⟦{span}⟧{behind}"


def _single(char: str) -> bool:
    """Whether a character takes one column on every terminal."""
    if char.isascii():
        return True
    drawn = unicodedata.category(char)[0] in "LNPSZ"
    narrow = unicodedata.east_asian_width(char) in ("N", "Na", "A", "H")
    return drawn and narrow and not _joins(char)


def _joins(char: str) -> bool:
    """Whether a letter may join its neighbours: the scripts from Arabic to Tibetan, and Khmer."""
    return "\u0590" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"
