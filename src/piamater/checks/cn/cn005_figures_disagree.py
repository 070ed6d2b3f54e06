"""CN005: two sentences of a page say the same with different figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.statements import CONFLICTING, Statement, alike, short, statements
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form

LIKE = 0.8
OVERVIEWS = frozenset({"summary", "takeaways", "conclusion", "definition"})
_MEASURED = re.compile(
    r"\d\s?%|\d (?:in|of|out of|de cada|de) (?:every )?\d"
    r"|\d[\s-](?:mg|g|ml|years?|months?|weeks?|days?|people|patients|años|meses|semanas|días"
    r"|personas|pacientes)\b|[0-9০-৯]\s?(?:শতাংশ|জন|মাস|সপ্তাহ|বছর|দিন)"
)
WORDS = 5


def check(page: Page) -> Iterator[Hit]:
    """Sentences with nearly the same words, names and sides, each with a figure of its own."""
    some = [one for one in statements(page) if _MEASURED.search(one.text)]
    for one, other in alike(some, LIKE, WORDS):
        if _one_subject(one, other) and differ(one, other):
            yield Hit(
                other.start,
                other.end,
                f"elsewhere the page says it with other figures: {short(one.text, 160)}",
                "find out which figure the source bears out and give it in both places",
            )


def _one_subject(one: Statement, other: Statement) -> bool:
    """Whether no heading can tell the two apart: one section, or an overview and its section."""
    first, second = one.passage, other.passage
    if Form.SENTENCE not in (first.form, second.form):
        return False
    return first.section == second.section or bool(
        {one.page.kind(first), one.page.kind(second)} & OVERVIEWS
    )


def differ(one: Statement, other: Statement) -> bool:
    """Whether two alike statements are about the same thing and state other figures."""
    if one.names != other.names or one.values.sides != other.values.sides:
        return False
    if one.stems ^ other.stems or one.values.words != other.values.words:
        return False
    first, second = _figures(one), _figures(other)
    return bool(first and second) and len(first - second) == len(second - first) == 1


def _figures(one: Statement) -> frozenset[object]:
    found = one.values
    return frozenset(found.digits) | frozenset(found.doses)


RULE = Rule(
    "CN005",
    "figures-disagree",
    Severity.WARNING,
    "Two sentences of a page say the same with different figures.",
    "A reader who sees both trusts neither; one who sees one may have the wrong one.",
    CONFLICTING,
    Example(
        "# Wexford fever\n\n## Summary\n\nDoxycycline cures Wexford fever in 95 of 100 adults "
        "treated early.\n\n## Treatment\n\nDoxycycline cures Wexford fever in 85 of 100 adults "
        "treated early.\n"
    ),
    Example(
        "# Wexford fever\n\n## Summary\n\nDoxycycline cures Wexford fever in 95 of 100 adults "
        "treated early.\n\n## Treatment\n\nDoxycycline cures Wexford fever in 85 of 100 children "
        "treated late.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; known by its planted faults only"
    ),
)
