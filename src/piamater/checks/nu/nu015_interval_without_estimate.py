"""NU015: a confidence interval that does not hold its estimate, or runs backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, value
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, matches

_UNIT = r"(?:\s?%|\s?(?:months?|years?|weeks?|days?|meses|anos|mm hg|kg|mg|points?|fold|times))?"
_INTERVAL = re.compile(
    r"(?<![a-z])(?:cis?|confidence intervals?|ic|intervalo de confianza(?: del)?|আস্থা ব্যবধান)"
    r"(?:\s?(?:del )?\d+(?:[.,]\d+)?\s?%)?(?![a-z])"
)
_BEFORE = re.compile(
    rf"(?<![\w.,<>=*×^-])(?P<est>{NUMBER})(?P<unit>{_UNIT})\s?["
    rf"(\[;,]{{1,2}}\s?(?:\d+(?:\.\d+)?\s?%,?\s?)?$"
)
_AFTER = re.compile(
    rf"\s?[:=,]?\s?(?:of |from |was |de )?[\[(]?(?P<low>{NUMBER}){_UNIT}\s?(?:-|to|,|;|a|y|and"
    rf"|থেকে)\s?"
    rf"(?P<high>{NUMBER})(?![\d.]*\d|\s?-)"
)
_NOT_ESTIMATE = re.compile(
    r"\b(?:p|n|value|no|number|table|q|i2|trials|studies|df|z|t|k)\s?[=<>:]?\s?$"
)
_TIME = re.compile(r"year|month|week|day|mes|ano")
_WHEN = re.compile(r"\b(?:at|age|aged|en|by|after|over|a los)\s?$")
_LOOK_BACK = 48


def check(page: Page) -> Iterator[Hit]:
    """Estimates that stand straight before the words of their interval."""
    text = folded(page.text)
    for passage, words in matches(page, _INTERVAL):
        start = max(passage.start, words.start() - _LOOK_BACK)
        before, after = _BEFORE.search(text[start : words.start()]), _AFTER.match(text, words.end())
        if before is None or after is None or _is_another(before):
            continue
        low, high, told = value(after["low"]), value(after["high"]), value(before["est"])
        at = start + before.start("est")
        if low > high:
            yield _hit(page, at, after.end(), "the interval runs from large to small")
        elif not low <= told <= high:
            why = f"{told:g} does not lie between {low:g} and {high:g}"
            yield _hit(page, at, after.end(), why)


def _is_another(before: re.Match[str]) -> bool:
    """Whether the number before an interval is a time, a p-value, a count or the level itself."""
    lead = before.string[: before.start("est")]
    if _NOT_ESTIMATE.search(lead) or (_TIME.search(before["unit"]) and _WHEN.search(lead)):
        return True
    return "%" in before["unit"] and value(before["est"]) in (90.0, 95.0, 99.0)


def _hit(page: Page, start: int, end: int, why: str) -> Hit:
    return Hit(
        start,
        end,
        f"“{page.text[start:end]}”: {why}",
        "look the estimate and its interval up in the source and correct them",
    )


RULE = Rule(
    "NU015",
    "interval-without-estimate",
    Severity.ERROR,
    "A confidence interval does not hold its own estimate.",
    "An estimate always lies within its interval; one of the numbers is false.",
    "CONSORT statement, item 17: estimated effect size and its precision, "
    "https://www.yumpu.com/en/document/view/19223402/the-revised-consort-statement-for-reporting-randomized-trials/20",
    Example("# Trial\n\nThe hazard ratio for death was 1.59 (95% CI 0.37 to 0.94).\n"),
    Example("# Trial\n\nThe hazard ratio for death was 0.59 (95% CI 0.37 to 0.94; p = 0.02).\n"),
    page=check,
    precision=1.0,
    reviewed="all 13 findings on 60 PDQ pages and 75 JATS articles (two works), errors in print",
)
