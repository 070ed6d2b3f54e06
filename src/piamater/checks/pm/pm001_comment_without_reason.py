"""PM001: a comment that silences rules and does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pm.comments import comments
from piamater.checks.rule import Example, Hit, Rule, Severity


def check(page: Page) -> Iterator[Hit]:
    """Comments that name rules and no reason."""
    for one, (start, end), called in comments(page):
        if one.rules and not one.reason:
            yield Hit(
                start,
                end,
                f"{called} does not say why",
                f"write the reason behind a dash: ignore {', '.join(one.rules)} - as the patient "
                "wrote it",
            )


RULE = Rule(
    "PM001",
    "comment-without-reason",
    Severity.INFO,
    "A comment silences rules and does not say why.",
    "Who comes later cannot tell a decision from a warning that was in the way.",
    "ESLint comments plugin, rule require-description, "
    "https://eslint-community.github.io/eslint-plugin-eslint-comments/rules/require-description.html",
    Example("# Fever\n\n<!-- piamater: ignore TX010 -->\nShe said: it is is high.\n"),
    Example(
        "# Fever\n\n<!-- piamater: ignore TX010 - as she said it -->\nShe said: it is is high.\n"
    ),
    page=check,
)
