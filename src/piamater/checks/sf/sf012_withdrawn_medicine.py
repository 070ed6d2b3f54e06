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
class _Loss:
    markets: frozenset[str]
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class _Gone:
    name: str
    names: re.Pattern[str]
    other: re.Pattern[str]
    reason: str
    losses: tuple[_Loss, ...]


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
        losses, severity = _here(page, gone)
        if name in admitted or not losses:
            continue
        yield Hit(
            start,
            end,
            f"{name} has been off the market since {'; '.join(_told(one) for one in losses)} "
            f"(reason given: {gone.reason})",
            "take it out, or say that it is no longer to be had and what is given instead",
            severity,
        )


def _told(loss: _Loss) -> str:
    where = "" if "world" in loss.markets else f" in {', '.join(sorted(loss.markets))}"
    return f"{loss.when}{where} ({loss.source})"


def _here(page: Page, gone: _Gone) -> tuple[list[_Loss], Severity]:
    """What of its losses matters to the page's readers, and how much; all where their country
    is not known.
    """
    everywhere = [one for one in gone.losses if "world" in one.markets]
    if everywhere:
        return everywhere, Severity.ERROR if for_patients(page) else Severity.WARNING
    country = page.settings.country
    if not country:
        return list(gone.losses), Severity.INFO
    own = {country, "EU"} if country in data("withdrawn-medicines")["EU"] else {country}
    return [one for one in gone.losses if own & one.markets], Severity.WARNING


@cache
def _medicines() -> tuple[_Gone, ...]:
    return tuple(
        _Gone(
            one["name"],
            pattern(rf"(?<!\w)(?:{name})(?!\w)" for name in one["names"]),
            pattern(one.get("but", [])),
            one["reason"],
            tuple(
                _Loss(frozenset(each["markets"]), each["when"], each["source"])
                for each in one["gone"]
            ),
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
    "European Medicines Agency, DepoCyte: permanently discontinued, authorisation withdrawn in "
    "July 2018, https://ema.europa.eu/en/medicines/human/EPAR/depocyte",
    Example(
        "# Leptomeningeal metastases\n\n## Drugs\n\n- Liposomal cytarabine: stays in the spinal "
        "fluid for longer.\n"
    ),
    Example(
        "# Leptomeningeal metastases\n\n## Drugs\n\n- Liposomal cytarabine has been discontinued "
        "since 2018.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="7 read of 7: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
