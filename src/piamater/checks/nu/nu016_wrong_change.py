"""NU016: a change in percent that the two numbers beside it do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, value
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import matches

_UNIT = r"(?:\s?%|\s?per ?cent|\s?por ciento|\s?শতাংশ|(?: [a-z]+){0,3})?"
_FELL = r"(?:reduction|decrease|drop|fall|decline|reduccion|descenso|disminucion|caida)"
_ROSE = r"(?:increase|rise|growth|aumento|incremento)"
_CHANGE = re.compile(
    rf"\b(?:from|de|del|desde)(?: (?:about|around|un|el))? (?P<a>{NUMBER})(?P<ua>{_UNIT}) (?:to"
    rf"|a|al|hasta)(?: (?:about|around|un|el))? (?P<b>{NUMBER})(?P<ub>{_UNIT})\s?"
    rf"[(,:]?\s?(?:or |which is |that is |es decir,? )?(?:an? |una? |the )?(?:relative "
    rf"|overall )?(?:(?P<p>{NUMBER})\s?(?P<sign>%|per ?cent"
    rf"|por ciento)(?: relative)? (?P<how>{_FELL}|{_ROSE})"
    rf"|(?P<how2>{_FELL}|{_ROSE}) (?:of|del?) (?:about |around |un )?(?P<p2>{NUMBER})\s?(?:%"
    rf"|per ?cent|por ciento))"
)
_TIMES = re.compile(
    rf"\b(?P<word>doubled|tripled|halved|quadrupled|se duplico|se triplico"
    rf"|se redujo a la mitad),?(?: (?:from|de|del|desde)) (?P<a>{NUMBER}){_UNIT} (?:to|a"
    rf"|al) (?P<b>{NUMBER})"
    rf"|(?P<a2>{NUMBER})\s?(?:%|শতাংশ|জন)? থেকে (?:বেড়ে|বেড়ে|কমে) (?P<b2>{NUMBER})\s?(?:%"
    rf"|শতাংশ|জন)?[^।]{{0,20}}(?P<word2>দ্বিগুণ|তিনগুণ|অর্ধেক)"
)
_FACTOR = {
    "doubled": 2.0, "tripled": 3.0, "halved": 0.5, "quadrupled": 4.0, "se duplico": 2.0,
    "se triplico": 3.0, "se redujo a la mitad": 0.5, "দ্বিগুণ": 2.0, "তিনগুণ": 3.0, "অর্ধেক": 0.5,
}  # fmt: skip
_SLACK = 0.2


def check(page: Page) -> Iterator[Hit]:
    """Changes told with both numbers: neither relative nor in points do they fit."""
    for _, match in matches(page, _CHANGE):
        a, b, told = value(match["a"]), value(match["b"]), value(match["p"] or match["p2"])
        if not a or (
            not _SHARES.search(match["ua"] + match["ub"]) and "%" in match["ua"] + match["ub"]
        ):
            continue
        right = 100 * abs(b - a) / a
        if min(abs(told - right), abs(told - abs(b - a))) > max(1.5, right * 0.06):
            yield _hit(page, match, f"the change is {right:.0f}% of the first number")
            continue
        how = match["how"] or match["how2"]
        if (b > a) == bool(re.fullmatch(_FELL, how)) and a != b:
            yield _hit(page, match, f"{a:g} to {b:g} is no {how}")
    for _, match in matches(page, _TIMES):
        a, b = value(match["a"] or match["a2"]), value(match["b"] or match["b2"])
        factor = _FACTOR[match["word"] or match["word2"]]
        if a and abs(b / a / factor - 1) > _SLACK:
            yield _hit(page, match, f"{b:g} is {b / a:.1f} times {a:g}")


_SHARES = re.compile(r"%|per ?cent|por ciento|শতাংশ")


def _hit(page: Page, match: re.Match[str], why: str) -> Hit:
    return Hit(
        match.start(),
        match.end(),
        f"“{page.text[match.start() : match.end()]}”: {why}",
        "look the numbers up in the source and correct the one that is wrong",
    )


RULE = Rule(
    "NU016",
    "wrong-change",
    Severity.ERROR,
    "A change in percent is not what the two numbers beside it make.",
    "One of the three numbers is false, and the reader cannot know which.",
    "CDC Clear Communication Index, numbers: readers should not have to calculate, "
    "https://cdc.gov/ccindex/widget.html",
    Example("# Steroids\n\nDeaths fell from 20% to 10%, a 30% reduction.\n"),
    Example(
        "# Steroids\n\nDeaths fell from 20% to 10%, a 50% reduction. Visits doubled from 100 to "
        "210.\n"
    ),
    page=check,
)
