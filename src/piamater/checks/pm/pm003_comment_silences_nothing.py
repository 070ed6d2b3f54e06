"""PM003: a comment that silences a rule where that rule finds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piamater.checks.page import Page
from piamater.checks.pm.comments import comments
from piamater.checks.registry import rules
from piamater.checks.rule import Example, Finding, Hit, Rule, Severity
from piamater.checks.silence import holds_for

OWN = "PM"


def check(page: Page, silenced: Sequence[Finding], run: Sequence[str]) -> Iterator[Hit]:
    """Comments that name a rule which has run and found nothing there.

    A name that stands for several rules is judged only where all of them that are on have run.
    """
    for one, (start, end), called in comments(page):
        span = (start, end) if start < end else None
        idle = [
            name
            for name in one.rules
            if _all_ran(page, name, run)
            and not any(each.rule.startswith(name) and holds_for(one, span, each)
                        for each in silenced)
        ]  # fmt: skip
        if idle:
            where = "on the page" if one.whole else "in the block behind it"
            yield Hit(
                start,
                end,
                f"{called} silences nothing: {', '.join(idle)} finds nothing {where}",
                "take the comment away, or put it straight before the block that it is about",
            )


def _all_ran(page: Page, name: str, run: Sequence[str]) -> bool:
    """Whether rules of a name are on, and all of them have run."""
    off = page.settings.ignored(page.path or page.place)
    wanted = {
        id_
        for id_, rule in rules().items()
        if id_.startswith(name)
        and not id_.startswith(OWN)
        and page.settings.chooses(id_, default=rule.default, ignored=off)
    }
    return bool(wanted) and wanted <= set(run)


RULE = Rule(
    "PM003",
    "comment-silences-nothing",
    Severity.INFO,
    "A comment silences a rule where that rule finds nothing.",
    "It was put in the wrong place or has outlived its reason, and will hide the next fault there.",
    "Ruff, rule unused-noqa (RUF100), https://docs.astral.sh/ruff/rules/unused-noqa",
    Example("# Fever\n\n<!-- piamater: ignore TX010 - as she said it -->\nIt is very high.\n"),
    Example("# Fever\n\n<!-- piamater: ignore TX010 - as she said it -->\nIt is is high.\n"),
    after=check,
)
