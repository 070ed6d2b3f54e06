"""SF018: a reader told to stop, start or change a medicine alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.denied import undenied
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import tells_research
from piamater.checks.sf.words import data, holding, pattern


@cache
def _pattern(name: str) -> re.Pattern[str]:
    table = data("stop_medicine")
    return pattern([*table["against"], *table["alone"]] if name == "any" else table[name])


def check(page: Page) -> Iterator[Hit]:
    """Orders or leave to change a medicine in sentences that know no doctor."""
    if tells_research(page):
        return
    for one, said in holding(page, _pattern("any")):
        if page.kind(one) in ("questions", "visit", "case") and said.endswith("?"):
            continue
        found = next(_against(said), None) or next(_alone(said), None)
        if found:
            yield Hit(
                one.start,
                one.end,
                "this tells the reader to change a medicine without the doctor",
                "say whom to ask first, and what can happen when the medicine is stopped suddenly",
            )


def _against(said: str) -> Iterator[object]:
    denied = _pattern("denied_against")
    for match in _pattern("against").finditer(said):
        if not denied.search(said[: match.start() + 1]):
            yield match


def _alone(said: str) -> Iterator[object]:
    if not _pattern("medicine").search(said) or _pattern("asked").search(said):
        return
    yield from undenied(said, _pattern("alone"), more=_pattern("denied"))


RULE = Rule(
    "SF018",
    "medicine-changed-alone",
    Severity.ERROR,
    "A page tells its reader to stop, start or change a medicine alone.",
    "Steroid tablets, antiseizure medicines and blood thinners stopped suddenly can kill.",
    "Steroid tablets: do not stop taking your medicine without talking to your doctor, "
    "https://1stchoicepharmacy.co.uk/nhs_conditions_steroid-tablets",
    Example("# Dexamethasone\n\nStop taking the tablets as soon as you feel better.\n"),
    Example(
        "# Dexamethasone\n\nDo not stop taking the tablets without talking to your doctor. "
        "Stop taking the tablets only when your doctor says so.\n"
    ),
    page=check,
)
