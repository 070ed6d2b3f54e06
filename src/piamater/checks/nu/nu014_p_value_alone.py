"""NU014: a p-value with no effect beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import around, folded, matches, passage_at
from piamater.text import Form

_P = re.compile(rf"(?<![\w-])p(?:[- ]values?)?\s?[=<>≤≥]\s?{NUMBER}")
_OTHER = re.compile(r"\d")
_NOT_EFFECT = re.compile(
    rf"(?<![\w-])p(?:[- ]values?)?(?: for \w+)?\s?[=<>≤≥]\s?{NUMBER}|\[[\d, -]+\]|\b\d+-(?:year"
    rf"|month|week|day)s?\b|\b(?:19|20)\d\d\b"
    r"|\b(?:phase|stage|grade|arm|group|table|figure|fig\.?|cd|il|type|day|week|month|year|cycle"
    r"|fase|grupo|tabla|figura)s?[- ]\d+|\b[a-z]+-?\d+\b"
)


_THRESHOLD = re.compile(r"(?:\bat|\bvalor de|\blevel|\bthreshold|\bset at)[ (]*(?:of )?$")


def check(page: Page) -> Iterator[Hit]:
    """Sentences that tell a p-value and no other number."""
    text = folded(page.text)
    if "p" not in text:
        return
    for passage, match in matches(page, _P):
        if passage.form not in (Form.SENTENCE, Form.ITEM) or _THRESHOLD.search(
            text[max(passage.start, match.start() - 16) : match.start()]
        ):
            continue
        before = passage_at(page, passage.start - 2) or passage_at(page, passage.start - 1)
        apart = before is None or "\n" in text[before.end : passage.start]
        start = passage.start if before is None or apart else before.start
        start, end = around(start, passage.end, match.span())
        said = _NOT_EFFECT.sub(" ", text[start:end])
        if not _OTHER.search(said):
            yield Hit(
                match.start(),
                match.end(),
                f"“{page.text[match.start() : match.end()]}” stands without the size of the effect",
                "give the effect with its confidence interval, and both groups' numbers",
            )


RULE = Rule(
    "NU014",
    "p-value-alone",
    Severity.INFO,
    "A p-value stands in a sentence with no effect in numbers.",
    "A p-value says nothing of how large a difference is, nor whether it matters.",
    "CONSORT statement, item 17: effect size and its precision for each outcome, "
    "https://www.yumpu.com/en/document/view/19223402/the-revised-consort-statement-for-reporting-randomized-trials/20",
    Example("# Trial\n\nSurvival was significantly longer with proton treatment (p = 0.03).\n"),
    Example(
        "# Trial\n\nSurvival was longer with proton treatment: 8.2 against 4.9 months (p = 0.04).\n"
    ),
    page=check,
    precision=0.94,
    reviewed="18 findings on PDQ pages for health professionals",
)
