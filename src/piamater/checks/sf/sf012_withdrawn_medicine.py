"""SF012: a medicine that was withdrawn or discontinued, told of as if it were to be had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import for_patients, tells_research
from piamater.checks.sf.words import data, holding, pattern


@dataclass(frozen=True, slots=True)
class _Gone:
    name: str
    names: re.Pattern[str]
    other: re.Pattern[str]
    markets: frozenset[str]
    when: str
    reason: str
    source: str


def check(page: Page) -> Iterator[Hit]:
    """Medicines of ``data/withdrawn-medicines.toml`` that the page does not say to be gone."""
    if tells_research(page):
        return
    found: dict[str, tuple[_Gone, int, int]] = {}
    admitted: set[str] = set()
    for one, said in holding(page, _any()):
        for gone in _medicines():
            match = gone.names.search(said)
            if match is None or gone.other.search(said):
                continue
            if _said().search(said):
                admitted.add(gone.name)
            else:
                found.setdefault(
                    gone.name, (gone, one.start + match.start(), one.start + match.end())
                )
    for name, (gone, start, end) in found.items():
        severity = _severity(page, gone.markets)
        if name in admitted or severity is None:
            continue
        yield Hit(
            start,
            end,
            f"{name} has been off the market since {gone.when}"
            f"{'' if 'world' in gone.markets else ' (' + ', '.join(sorted(gone.markets)) + ')'}: "
            f"{gone.reason}; {gone.source}",
            "take it out, or say that it is no longer to be had and what is given instead",
            severity,
        )


def _severity(page: Page, markets: frozenset[str]) -> Severity | None:
    country = page.settings.country
    if "world" in markets:
        return Severity.ERROR if for_patients(page) else Severity.WARNING
    if not country:
        return Severity.INFO
    return (
        Severity.WARNING
        if country in markets or ("EU" in markets and country in data("withdrawn-medicines")["EU"])
        else None
    )


@cache
def _medicines() -> tuple[_Gone, ...]:
    return tuple(
        _Gone(
            one["name"],
            pattern(rf"(?<!\w)(?:{name})(?!\w)" for name in one["names"]),
            pattern(one.get("but", [])),
            frozenset(one["markets"]),
            one["when"],
            one["reason"],
            one["source"],
        )
        for one in data("withdrawn-medicines")["medicine"]
    )


@cache
def _any() -> re.Pattern[str]:
    names = [name for one in data("withdrawn-medicines")["medicine"] for name in one["names"]]
    return pattern(names)


@cache
def _said() -> re.Pattern[str]:
    return pattern(data("withdrawn-medicines")["said"])


RULE = Rule(
    "SF012",
    "withdrawn-medicine",
    Severity.ERROR,
    "A page offers a medicine that has been withdrawn or discontinued.",
    "Nobody can be given it, and the reason that it went may be the reader's harm.",
    "Pacira ends production of DepoCyt, July 2017, "
    "https://www.fdanews.com/articles/print/182667-pacira-shutters-depcyt-operations-after-years-of-manufacturing-problems",
    Example(
        "# Leptomeningeal metastases\n\n## Drugs\n\n- Liposomal cytarabine: stays in the spinal "
        "fluid for longer.\n"
    ),
    Example(
        "# Leptomeningeal metastases\n\n## Drugs\n\n- Liposomal cytarabine has been discontinued "
        "since 2017.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="7 read of 7: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
