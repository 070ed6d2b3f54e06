"""NU018: a dose some thousand times another dose of the same medicine on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from piamater.checks.cn.statements import short
from piamater.checks.nu.figures import value
from piamater.checks.nu.medicines import medicines
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_UNITS = {"mcg": 0.001, "mg": 1.0, "g": 1000.0}
"""Milligrams of a unit."""
_DOSE = re.compile(
    r"(?<![\w.,/-])(?P<n>\d+(?:[.,·]\d+)*)(?:\s?(?:-|–|to|a|থেকে)\s?(?P<m>\d+(?:[.,·]\d+)*))?\s?"
    r"(?P<unit>mcg|[µμ]g|micrograms?|microgramos?|মাইক্রোগ্রাম"
    r"|mg|milligrams?|miligramos?|মিগ্রা|মিলিগ্রাম|g|grams?|gramos?|গ্রাম)(?![\w\u0980-\u09ff])"
    r"(?P<per>\s?(?:/|per |por )\s?(?:kg|m2|m²|kilo(?:gram)?s?\b))?"
    r"(?!\s?(?:/|per |por )\s?(?:d?l|ml|lit|mil)\b)"
)
_NO_DOSE = re.compile(
    r"\b(?:total|cumulative|overdos\w*|toxic\w*|lethal|serum|plasma|levels?|concentrations?|urine|blood"
    r"|stool|excret\w*|content|contains?|diet\w*|food|foods|acumulad\w*|sobredosis|toxic[oa]|niveles"
    r"|contiene|suero|sangre|orina|tumou?rs?|weigh\w*|proteins?|fib(?:re|er)|sugar|sodium|salt)\b"
)
_ROUTES = {
    "vein": r"\b(?:intravenous\w*|iv|infus\w*|intravenosa?|injection|im|intramuscular\w*)\b",
    "canal": r"\b(?:intrathecal\w*|intraventricular\w*|intratecal\w*|epidural\w*)\b",
    "skin": r"\b(?:topical\w*|cream|ointment|patch(?:es)?|gel|drops|topic[oa]|crema)\b",
    "breath": r"\b(?:inhal\w*|nebuli\w*|nasal\w*|puffs?)\b",
    "mouth": r"\b(?:oral\w*|by mouth|tablets?|capsules?|swallow\w*|comprimidos?|po)\b|মুখে|বড়ি",
}
_APART = re.compile(r"[;|+\d]|\b(?:and|or|with|plus|followed|y|o|con|mas|junto)\b")
"""What stands between a medicine and the dose of another."""
_REACH = 60
"""Letters between a medicine and its dose."""
_FAR = 200.0
"""How many times every other dose a slip of the unit is at least, where the digits differ too."""
_AGREE = 20.0
"""How many times the least the greatest of several doses is at most that go together."""


@dataclass(frozen=True, slots=True)
class _Dose:
    """A dose of a medicine: where it stands, its digits, unit, milligrams, and what it is per."""

    start: int
    end: int
    drug: str
    digits: str
    unit: str
    amount: float
    per: str
    route: str
    text: str


def check(page: Page) -> Iterator[Hit]:
    """Doses with the digits of another in another unit, and those that are far from all others."""
    by_drug: dict[tuple[str, str], list[_Dose]] = {}
    for one in _doses(page):
        by_drug.setdefault((one.drug, one.per), []).append(one)
    for some in by_drug.values():
        for one in some:
            other = _slip(one, some)
            if other is not None:
                yield _hit(one, other)


def _hit(one: _Dose, other: _Dose) -> Hit:
    factor = max(one.amount, other.amount) / min(one.amount, other.amount)
    size = "more" if one.amount > other.amount else "less"
    return Hit(
        one.start,
        one.end,
        f"this is {factor:,.0f} times {size} than elsewhere on the page: {short(other.text, 140)}",
        "look the dose up in the label and write the unit out: microgram, milligram or gram",
    )


def _one_way(one: _Dose, other: _Dose) -> bool:
    return one.route == other.route or not one.route or not other.route


def _slip(one: _Dose, some: list[_Dose]) -> _Dose | None:
    """The dose that shows one to be a slip: of two, the rarer amount is the slip, or the later."""
    rest = [each for each in some if each is not one and _one_way(one, each)]
    for other in rest:
        if other.digits == one.digits and other.unit != one.unit and _weaker(one, other, some):
            return other
    amounts = [each.amount for each in rest]
    if not rest or max(amounts) > _AGREE * min(amounts):
        return None
    if len(rest) == 1 and one.start < rest[0].start:
        return None
    far = all(max(one.amount / each, each / one.amount) >= _FAR for each in amounts)
    return rest[0] if far else None


def _weaker(one: _Dose, other: _Dose, some: list[_Dose]) -> bool:
    """Whether fewer doses go with the first than with the other, or it stands behind it."""
    mine, theirs = (
        sum(1 / _AGREE <= each.amount / dose.amount <= _AGREE for each in some)
        for dose in (one, other)
    )
    return (mine, -one.start) < (theirs, -other.start)


def _doses(page: Page) -> Iterator[_Dose]:
    for one in page.document.passages:
        if one.mark not in SHOWN or one.form is Form.CAPTION:
            continue
        low = fold(page.said(one))
        found = list(_DOSE.finditer(low))
        if not found or _NO_DOSE.search(low):
            continue
        drugs = medicines(page, one, low)
        route = next((name for name, words in _ROUTES.items() if re.search(words, low)), "")
        for match in found:
            if page.text[one.start + match.end("unit") - 1] == "G":
                continue  # the gauge of a needle
            if drug := _drug_of(match, drugs, low):
                yield _dose(page, one, match, drug, route)


def _drug_of(match: re.Match[str], drugs: list[tuple[int, int, str]], low: str) -> str:
    """The medicine straight before a dose, or the one that it is a dose of."""
    after = [one for one in drugs if 0 <= one[0] - match.end() <= 12]
    if after and re.fullmatch(r"\s?(?:of |de )?(?:la |el )?", low[match.end() : after[0][0]]):
        return after[0][2]
    if re.match(r"\s(?:of|de) (?!(?:body|peso)\b)", low[match.end() : match.end() + 12]):
        return ""
    before = [one for one in drugs if one[1] <= match.start()]
    if not before or match.start() - before[-1][1] > _REACH:
        return ""
    between = low[before[-1][1] : match.start()]
    return "" if _APART.search(between) else before[-1][2]


def _dose(page: Page, one: Passage, match: re.Match[str], drug: str, route: str) -> _Dose:
    unit = _unit(match["unit"])
    highest = value(match["m"] or match["n"])
    per = re.sub(r"per|por|[\s/]|ilo(?:gram)?s?", "", (match["per"] or "").replace("²", "2"))
    start, end = one.start + match.start(), one.start + match.end()
    digits = f"{match['n']}-{match['m'] or ''}"
    return _Dose(
        start, end, drug, digits, unit, highest * _UNITS[unit], per, route, page.said(one)
    )  # fmt: skip


def _unit(written: str) -> str:
    if written.startswith(("mc", "µ", "μ", "micro", "মাই")):
        return "mcg"
    return "mg" if written.startswith(("m", "মি")) else "g"


RULE = Rule(
    "NU018",
    "dose-unit-slip",
    Severity.ERROR,
    "A dose is about a thousand times another dose of the same medicine on the page.",
    "A gram for a milligram, or a milligram for a microgram, is a thousand times the dose.",
    "Health Quality & Safety Commission New Zealand, medication safety poll 2012: µg or mcg read "
    "as mg is a 1000-fold overdose, "
    "http://staging.hqsc.sites.silverstripe.com/our-programmes/medication-safety/medication-safety-poll/",
    Example(
        "# Fever\n\nParacetamol may be taken as 500 mg by mouth every 6 hours.\n\n## At night\n\n"
        "Take paracetamol 500 g by mouth at bedtime.\n"
    ),
    Example(
        "# Fever\n\nParacetamol may be taken as 500 mg by mouth every 6 hours.\n\n## At night\n\n"
        "Take paracetamol 1 g by mouth at bedtime.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 5,490 MedQuAD pages, 60 PDQ summaries, 269 journal articles, 1,000 case "
        "reports (three false ones were mended) and the clean pages; with the unit of one dose "
        "changed there, 48 of 58 were found"
    ),
)
