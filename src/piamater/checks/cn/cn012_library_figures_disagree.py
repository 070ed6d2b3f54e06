"""CN012: two pages of a library give different figures for one thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.checks.cn.statements import CONFLICTING, Statement, short, statements
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.values import plain
from piamater.guides.numbers import numbers
from piamater.vocabulary.fold import fold

_ONE = r"(\d+(?:[.,]\d+)?)"
_PER = r"(?:%|per ?cent|por ciento|শতাংশ)"
_SHARE = re.compile(
    rf"{_ONE}\s?{_PER}?\s?(?:-|;|to|a|থেকে)\s?{_ONE}\s?{_PER}|{_ONE}\s?{_PER}"
    r"|(\d+) (?:in|out of|of|de) (?:every |cada )?(100)\b|প্রতি (100) জনে (\d+)"
)
_INTERVAL = re.compile(r"\bCI\b|\bIC\b|\bHR\b|\bRR\b|\bP\s?[<=]")
_LIKE = 0.6
"""Share of their words that two statements must have in common."""
_DISEASES = frozenset({"disease", "cancer"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A share that a statement gives: of what, by which measure, in whom."""

    statement: Statement
    about: frozenset[str]
    measure: str
    people: frozenset[str]
    low: float
    high: float


def check(pages: Sequence[Page]) -> Iterator[tuple[Page, Hit]]:
    """Shares about the same diseases, measure and people that do not overlap."""
    known: dict[tuple[object, ...], list[Figure]] = {}
    for page in pages:
        for one in _figures(page):
            same = known.setdefault((page.language, one.about, one.measure, one.people), [])
            other = next((each for each in same if _disagree(each, one)), None)
            if other:
                yield page, _hit(one, other)
            same.append(one)


def _hit(one: Figure, other: Figure) -> Hit:
    apart = one.low > other.high or other.low > one.high
    return Hit(
        one.statement.start,
        one.statement.end,
        f"{other.statement.page.name} says {_range(other)} where this says {_range(one)}: "
        f"{short(other.statement.text, 140)}",
        "find out which figure the sources bear out and give it on both pages",
        None if apart else Severity.INFO,
    )


def _disagree(one: Figure, other: Figure) -> bool:
    first, second = one.statement, other.statement
    if first.page is second.page or len(first.stems & second.stems) < _LIKE * len(
        first.stems | second.stems
    ):
        return False
    return abs(one.low - other.low) >= 1 or abs(one.high - other.high) >= 1


def _range(one: Figure) -> str:
    return f"{one.low:g}%" if one.low == one.high else f"{one.low:g} to {one.high:g}%"


_LIKELY = re.compile(rf"\d.*?{_PER}|100|১০০", re.IGNORECASE | re.DOTALL)
"""What every sentence holds that gives a share."""


def _figures(page: Page) -> Iterator[Figure]:
    measures, people = _words()
    known = vocabulary()
    for one in statements(page, _LIKELY):
        if _INTERVAL.search(one.text):
            continue
        found = list(_SHARE.finditer(fold(plain(one.text))))
        ranges = {span for each in found if (span := _span(each))}
        if len(ranges) != 1:
            continue
        low_text = fold(one.text)
        named = [name for name, pattern in measures.items() if pattern.search(low_text)]
        if len(named) != 1:
            continue
        about = frozenset(
            each.concept
            for each in page.mentions(one.passage)
            if (concept := known.get(each.concept)) and concept.type in _DISEASES
        )
        if about:
            who = frozenset(
                name for name, pattern in people.items() if pattern.search(low_text)
            ) | frozenset(str(each) for each in one.values.words)
            low, high = next(iter(ranges))
            yield Figure(one, about, named[0], who, low, high)


def _span(found: re.Match[str]) -> tuple[float, float] | None:
    given = [value for each in found.groups() if each for value in numbers(each)]
    given = [each for each in given if each != 100] or given
    return (min(given), max(given)) if given else None


@cache
def _words() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    text = (files("piamater.checks") / "data" / "measures.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return (
        {name: re.compile("|".join(some)) for name, some in table["measures"].items()},
        {name: re.compile("|".join(some)) for name, some in table["people"].items()},
    )


RULE = Rule(
    "CN012",
    "library-figures-disagree",
    Severity.WARNING,
    "Two pages of a library give different figures for the same thing.",
    "A reader who opens both believes neither, and one who opens one may be told the wrong one.",
    CONFLICTING,
    Example(
        "# Leptomeningeal metastases\n\nLeptomeningeal metastases develop in 20% of people with "
        "cancer.\n",
        "a.md",
        (
            Example(
                "# Carcinomatous meningitis\n\nAbout 5% of people with cancer develop "
                "leptomeningeal metastases.\n",
                "b.md",
            ),
        ),
    ),
    Example(
        "# Leptomeningeal metastases\n\nLeptomeningeal metastases develop in 5% of people with "
        "cancer.\n",
        "a.md",
        (
            Example(
                "# Leukemia\n\nAbout 15% of people with leukemia develop leptomeningeal "
                "metastases.\n",
                "b.md",
            ),
        ),
    ),
    library=check,
    reviewed=(
        "no finding between the seed pages, the clean pages of a language, 60 PDQ summaries "
        "and 500 MedQuAD pages; known by its planted faults only"
    ),
)
