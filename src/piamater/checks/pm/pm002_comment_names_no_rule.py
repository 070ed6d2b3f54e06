"""PM002: a comment to Piamater that cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pm.comments import comments
from piamater.checks.registry import rules
from piamater.checks.rule import Example, Hit, Rule, Severity


def check(page: Page) -> Iterator[Hit]:
    """Comments that name rules that there are not, or say nothing that is understood."""
    for one, (start, end), called in comments(page):
        unknown = [name for name in one.rules if not any(id_.startswith(name) for id_ in rules())]
        if one.rules and not unknown:
            continue
        what = f"names no rule: {', '.join(unknown)}" if unknown else "says nothing to be followed"
        yield Hit(
            start,
            end,
            f"{called} {what}",
            "write ignore (for the next block) or ignore-page, and ids of rules: ignore TX010, PL",
        )


RULE = Rule(
    "PM002",
    "comment-names-no-rule",
    Severity.WARNING,
    "A comment to Piamater names a rule that does not exist, or says nothing that is understood.",
    "Its writer believes that something is silenced, and it is not.",
    "Ruff, rule invalid-suppression-comment (RUF103), "
    "https://docs.astral.sh/ruff/rules/invalid-suppression-comment",
    Example("# Fever\n\n<!-- piamater: ignore TX999 - as she said it -->\nIt is high.\n"),
    Example("# Fever\n\n<!-- piamater: ignore TX010 - as she said it -->\nIt is is high.\n"),
    page=check,
)
