"""NU006: a percentage that disagrees with the count it stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import (
    NUMBER,
    SIGN,
    Share,
    decimals,
    fractions,
    frequencies,
    page_frequencies,
    value,
)
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, matches

_RANGE = rf"(?P<low>{NUMBER}){SIGN}?(?:\s?(?:-|to|a|y|থেকে)\s?(?P<high>{NUMBER}))?{SIGN}"
_BESIDE = re.compile(
    rf"[^.;()\[\]%]{{0,45}}(?:\[[\d, ]+\])?\s?[(\[](?:or |about |o |প্রায় )?{_RANGE}\s?[)\];,]"
)
_COUNT = re.compile(
    rf"(?<![\w.,/:-])(?P<part>\d[\d,]*)\s?(?:/|of the|of|out of|in|de los|de las"
    rf"|de)\s?(?P<whole>\d[\d,]*)"
    rf"(?: [a-z]+(?:-[a-z]+)?){{0,5}} ?[(\[](?P<told>{NUMBER})\s?(?P<sign>%)\s?[)\];,]"
)
_PEOPLE = (
    r"(?:people|patients|participants|persons|women|men|adults|children|babies|infants|cases"
    r"|volunteers|personas|pacientes|mujeres|hombres|ninos|casos|participantes)"
)
_OF_COUNT = re.compile(
    rf"(?<![\w-])(?:of|out of|de) (?:the |a total of |las? |los )?(?P<whole>\d[\d,]{{0,15}})"
    rf"(?: [a-z]{{2,20}}){{0,2}} {_PEOPLE}(?: [a-z]{{2,20}}){{0,2}}, (?P<part>\d[\d,]{{0,15}})"
    rf"(?: [a-z]{{2,20}}){{0,2}}"
    rf" ?[(\[](?P<told>{NUMBER})\s?(?P<sign>%)\s?[)\];,]"
)
_WORDS = "|".join(sorted(map(re.escape, fractions()), key=len, reverse=True))
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<word>{_WORDS})(?![\w-])"
    rf"(?: (?:of|de|the|all|los|las|people|patients|those|cases|women|men|personas|pacientes"
    rf"|casos)){{0,4}}"
    rf"(?: [a-z]+){{0,2}} ?[(\[](?:about |around )?(?P<told>{NUMBER}){SIGN}\s?[)\]]"
)
_LOOSE = 4.0
"""Percentage points that a count in words or out of a small number may be off."""
_CLOSE = 1.0
_ROUGH = 8.0
"""Percentage points that a fraction in words may be off: about half (56%)."""


def check(page: Page) -> Iterator[Hit]:
    """Counts with their percentage in brackets, of patients and of every so many people."""
    text = folded(page.text)
    for passage, share in page_frequencies(page):
        match = _BESIDE.match(text, share.end, min(len(text), passage.end + 1))
        if match is None or "confiden" in match.group() or " ci" in match.group():
            continue
        if _NEXT.search(text[share.end : match.start("low") - 1]):
            continue
        low, high = value(match["low"]), value(match["high"] or match["low"])
        if _OPEN.search(text[max(passage.start, share.start - 14) : share.start]):
            continue
        rough = _ABOUT.search(text[max(passage.start, share.start - 24) : share.start])
        if not _agree(share, low, high, _ABOUT_SLACK if rough else 0.0):
            yield _hit(page, share.start, match.end(), _written(share.low, share.high))
    yield from _counts(page)
    for _, match in matches(page, _FRACTION):
        right = fractions()[match["word"]]
        if abs(value(match["told"]) - right) > _ROUGH:
            yield _hit(page, match.start(), match.end(), f"{right:.0f}%")


_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|up to|over|more than|less than|under"
    r"|fewer than|at least|some|cerca de|alrededor de|casi|unos?|hasta|mas de|menos de)\s(?:\w+ )?$"
)
_ABOUT_SLACK = 1.5


def _agree(share: Share, low: float, high: float, more: float) -> bool:
    """Whether a percentage is a count's, but for rounding; a single count may be in a range.

    One in so many is rounded to the next whole number: one in twelve is 8 to 8.7 %.
    """
    slack = max(_LOOSE if share.whole < 20 else _CLOSE, share.high / 20)
    if share.low == share.high and abs(share.low * share.whole - 100) < _LEAST:
        near = 100 / (share.whole - 0.5) - share.low
        slack = min(slack, max(_CLOSE, near) + _CLOSE + more)
    if share.low == share.high and low < high:
        return low - slack <= share.low <= high + slack
    return abs(low - share.low) <= slack and abs(high - share.high) <= slack


_LEAST = 1e-6


_OPEN = re.compile(r"(?:\d|\bin \w+) (?:to|-|or|a|o) $")
_NEXT = re.compile(r"\d|\b(?:versus|vs|but|while)\b")


def _counts(page: Page) -> Iterator[Hit]:
    """Counts of a study: 270 of 1019 (26.5%); of 1019 patients, 270 (26.5%)."""
    known = {one.start for one in frequencies(folded(page.text))}
    some = (match for one in (_COUNT, _OF_COUNT) for _, match in matches(page, one))
    for match in some:
        part, whole = value(match["part"]), value(match["whole"])
        if whole < 2 or part > whole or match.start() in known or whole in range(1900, 2100):
            continue
        told, right = value(match["told"]), 100 * part / whole
        if abs(told - right) > max(1.0, 1.01 * 10.0 ** -decimals(match["told"])):
            yield _hit(page, match.start(), match.end(), f"{right:.1f}%")


def _written(low: float, high: float) -> str:
    return f"{low:.0f}%" if low == high else f"{low:.0f} to {high:.0f}%"


def _hit(page: Page, start: int, end: int, right: str) -> Hit:
    said = page.text[start:end].rstrip(";, ")
    return Hit(
        start,
        start + len(said),
        f"“{said}”: the count is {right}, not what stands in brackets",
        "look both numbers up in the source and correct the one that is wrong",
    )


RULE = Rule(
    "NU006",
    "percentage-disagrees-with-count",
    Severity.ERROR,
    "A percentage disagrees with the count that it stands beside.",
    "One of the two is false, and the reader cannot know which.",
    "CDC Clear Communication Index, numbers: readers should not have to calculate, "
    "https://cdc.gov/ccindex/widget.html",
    Example("# Metastases\n\nIt is found in 5 to 10 out of every 100 people (5 to 15%).\n"),
    Example(
        "# Metastases\n\nIt is found in 5 to 10 out of every 100 people (5 to 10%), in one trial "
        "in 270 of 1019 patients (26.5%).\n"
    ),
    page=check,
    precision=1.0,
    reviewed="all 3 findings on 60 PDQ pages and 75 JATS articles, errors in print: a small sample",
)
