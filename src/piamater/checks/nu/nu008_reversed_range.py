"""NU008: a range that runs from the larger number to the smaller."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, value
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import around, matches
from piamater.text import Passage

_UNIT = (
    r"(?:%|per ?cent|(?:out )?of every|out of|people|patients|women|men|children|adults|years?"
    r"|months?|weeks?|days?|hours?|minutes?|times|cm|mm|cases"
    r"|por ciento|de cada|personas|pacientes|mujeres|hombres|anos|meses|semanas|dias|horas"
    r"|minutos|veces"
    r"|শতাংশ|জন|বছর|মাস|সপ্তাহ|দিন|ঘণ্টা|মিনিট|বার)"
)
_RANGE = re.compile(
    rf"(?<![\w.,/:=<>+-])(?<![\d] )(?P<low>{NUMBER})\s?(?P<sign>%)?(?:\s?(?P<dash>-)\s?"
    rf"| (?P<to>to|a|থেকে) )(?P<high>{NUMBER})(?![\w/:-]|[.,]\d)\s?{_UNIT}"
)
_DOSE = re.compile(
    rf"(?<![\w.,/:=<>+-])(?P<low>{NUMBER}) (?:to|a|থেকে) (?P<high>{NUMBER})\s?(?:mg|mcg"
    rf"|micrograms?|g|ml|units?|মিগ্রা|মিলিগ্রাম|মিলি)\b"
)
_FROM_TO = re.compile(
    rf"\b(?:lasts?|takes?|stays?|ranges?|var(?:y|ies)|occurs?|appears?|starts?|for|usually|dura"
    rf"|tarda|varia)\b(?: [a-z]+){{0,2}} (?:from|de|desde) (?P<low>{NUMBER}) (?:to|a|hasta)"
    rf" (?P<high>{NUMBER})(?![\w/:-]|[.,]\d)\s?{_UNIT}"
)
_PEOPLE = "people|patients|women|men|children|adults|personas|pacientes|mujeres|hombres"
_AND = re.compile(
    rf"\b(?:between|entre) (?P<low>{NUMBER})\s?%? (?:and|y) (?P<high>{NUMBER})"
    rf"(?![\w/:-]|[.,]\d)\s?(?:%|(?:(?:{_PEOPLE}) )?(?:in|out of) (?:every )?\d{{1,15}})"
)
_COMPARED = re.compile(r"\b(?:difference|ratio|comparison|compar\w+|choice|link|gap|diferencia)\b")
_FALLS = re.compile(
    r"\b(?:fell|falls?|falling|drop|declin|decreas|reduc|lower|improv|shorten|taper|cut|baj|cay"
    r"|reduj|disminu|descen)"
    r"|কমে|কমিয়ে|কমানো|নেমে|নামি|হ্রাস"
)
_BETWEEN = re.compile(
    r"\b(?:from|down|went|between|ratio|score|odds|change[ds]?|versus|vs|de|desde|del|pas\w*"
    r"|entre|ages?|aged|scale|grade"
    r"|stage|day|week|month|year|closer|next|compared|prefer\w*)\b[^.;()]{0,45}$"
)
_YEAR = range(1800, 2101)


def check(page: Page) -> Iterator[Hit]:
    """Ranges with a unit whose first number is the larger, where nothing is said to fall."""
    for pattern in (_RANGE, _DOSE):
        for passage, match in matches(page, pattern):
            low, high = value(match["low"]), value(match["high"])
            if low <= high or low in _YEAR or _is_change(passage, match):
                continue
            yield _hit(page, match.start(), match.end(), low, high)
    for pattern in (_FROM_TO, _AND):
        for passage, match in matches(page, pattern):
            low, high = value(match["low"]), value(match["high"])
            said = match.string[passage.start : passage.end]
            if (
                low > high
                and low not in _YEAR
                and not (_FALLS.search(said) or _COMPARED.search(said))
            ):
                yield _hit(page, match.start("low"), match.end(), low, high)


def _hit(page: Page, start: int, end: int, low: float, high: float) -> Hit:
    return Hit(
        start,
        end,
        f"“{page.text[start:end]}” runs from the larger number to the smaller",
        f"write {high:g} to {low:g}, if the source says so",
    )


def _is_change(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the two numbers are what something was and what it became."""
    before = match.string[max(passage.start, match.start() - 60) : match.start()]
    start, end = around(passage.start, min(passage.end, match.end() + 30), match.span())
    sentence = match.string[start:end]
    return bool(match.group().count("%") > 1 or _BETWEEN.search(before) or _FALLS.search(sentence))


RULE = Rule(
    "NU008",
    "reversed-range",
    Severity.WARNING,
    "A range runs from the larger number to the smaller.",
    "Numbers that change places are a typing error, and a reader cannot know which is wrong.",
    "CDC Clear Communication Index, numbers, https://cdc.gov/ccindex/widget.html",
    Example("# Metastases\n\nIt is found in 10 to 5 out of every 100 people.\n"),
    Example(
        "# Metastases\n\nIt is found in 5 to 10 out of every 100 people. Deaths fell from 10 to "
        "5%.\n"
    ),
    page=check,
)
