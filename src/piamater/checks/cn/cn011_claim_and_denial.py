"""CN011: a page states something and denies it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.statements import CONFLICTING, Statement, alike, short, statements
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form
from piamater.vocabulary.fold import fold

_LIKE = 0.9
_WORDS = 4
_HEDGED = re.compile(r"\b(?:may|might|could|puede|pueden|podria)\b|পারে")
"""What may be so does not deny what is not."""


def check(page: Page) -> Iterator[Hit]:
    """Sentences with nearly the same words, one of which denies."""
    some = [
        one
        for one in statements(page)
        if one.passage.form is Form.SENTENCE and not one.text.rstrip().endswith((":", "?"))
    ]
    for one, other in alike(some, _LIKE, _WORDS):
        if _contrary(one, other):
            yield Hit(
                other.start,
                other.end,
                f"elsewhere the page says the contrary: {short(one.text, 160)}",
                "find out which of the two the source says",
            )


def _contrary(one: Statement, other: Statement) -> bool:
    if bool(one.denial.hard) == bool(other.denial.hard) or one.denial.soft or other.denial.soft:
        return False
    if _HEDGED.search(fold(one.text)) or _HEDGED.search(fold(other.text)):
        return False
    if one.names != other.names or one.stems ^ other.stems:
        return False
    return one.values.digits == other.values.digits


RULE = Rule(
    "CN011",
    "claim-and-denial",
    Severity.WARNING,
    "A page states something and denies it elsewhere.",
    "One of the two is wrong, and a reader acts on whichever comes first.",
    CONFLICTING,
    Example(
        "# Wexford fever\n\n## Spread\n\nWexford fever spreads from person to person through "
        "coughing.\n\n## Prevention\n\nWexford fever does not spread from person to person through "
        "coughing.\n"
    ),
    Example(
        "# Wexford fever\n\n## Spread\n\nWexford fever does not spread from person to person "
        "through coughing.\n\n## Prevention\n\nWexford fever spreads from ticks to people "
        "through bites.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; one false among 1,000 more answers, mended; known by its "
        "planted faults only"
    ),
)
