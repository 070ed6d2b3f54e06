"""SF020: a promise that no treatment keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.denied import undenied
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import data, holding, pattern


def check(page: Page) -> Iterator[Hit]:
    """Promises of safety and cure that the sentence neither denies nor reports."""
    for what, words, severity, report in _claims():
        for one, said in holding(page, words):
            if report and _reports().search(said):
                continue
            for match in undenied(said, words, promise=True):
                start, end = one.start + match.start(), one.start + match.end()
                yield Hit(
                    start,
                    end,
                    f'"{page.text[start:end]}": {what}',
                    "say how many were helped and how many harmed, with the source",
                    severity,
                )


_Claim = tuple[str, re.Pattern[str], Severity, bool]


@cache
def _claims() -> tuple[_Claim, ...]:
    return tuple(
        (one["what"], pattern(one["words"]), Severity(one["severity"]), one.get("report", False))
        for one in data("absolute_claims")["claim"]
    )


@cache
def _reports() -> re.Pattern[str]:
    return pattern(data("absolute_claims")["reports"])


RULE = Rule(
    "SF020",
    "absolute-claim",
    Severity.ERROR,
    "A page promises what no treatment keeps.",
    '"100 % safe" and "miracle cure" are the words of fraud; real treatments have numbers.',
    "United States Food and Drug Administration, how to spot a scam, "
    "https://www.fda.gov/consumers/free-publications-women/health-scams-dont-take-risk",
    Example(
        "# Brain tumour\n\nThis herb is a miracle cure and 100% safe. It has no side effects.\n"
    ),
    Example("# Brain tumour\n\nNo treatment is 100% safe. Beware of any miracle cure.\n"),
    page=check,
)
