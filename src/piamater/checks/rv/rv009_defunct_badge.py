"""RV009: a quality mark of a scheme that no longer exists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark


@dataclass(frozen=True, slots=True)
class Badge:
    """A quality mark, how a page shows it, and when its scheme ended."""

    name: str
    ended: date
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    images: re.Pattern[str]


@cache
def badges() -> tuple[Badge, ...]:
    """The marks of the data file."""
    text = (files("piamater.checks") / "data" / "defunct_badges.toml").read_text("utf-8")
    return tuple(
        Badge(
            one["name"],
            one["ended"],
            tuple(one["hints"]),
            re.compile("|".join(one["claims"]), re.IGNORECASE),
            re.compile("|".join(one["images"]), re.IGNORECASE),
        )
        for one in tomllib.loads(text)["badge"]
    )


def check(page: Page) -> Iterator[Hit]:
    """Words that claim a mark, or an image or link of it in the original."""
    small, raw = page.text.lower(), page.raw.lower()
    for badge in badges():
        if badge.ended > page.settings.today:
            continue
        if not any(hint in small or hint in raw for hint in badge.hints):
            continue
        near = windows(small, badge.hints, 120, 120)
        claims = (one for span in near for one in badge.pattern.finditer(page.text, *span))
        match = next((one for one in claims if _own(page, one)), None)
        start, end = match.span() if match else (0, 0)
        if match or badge.images.search(page.raw):
            yield Hit(
                start,
                end,
                f"the page shows the mark of {badge.name}, a scheme that ended {badge.ended:%B %Y}",
                "take the mark off; nobody has checked the page under it since",
            )


def _own(page: Page, match: re.Match[str]) -> bool:
    return not any(
        one.start <= match.start() < one.end
        for one in page.document.passages
        if one.mark is Mark.REFERENCE
    )


RULE = Rule(
    "RV009",
    "defunct-badge",
    Severity.WARNING,
    "The page shows a quality mark of a scheme that has ended.",
    "The mark says that somebody outside checks the page; nobody does any more.",
    "Health On the Net Foundation: permanently discontinued on December 15, 2022, "
    "https://en.wikipedia.org/wiki/Health_On_the_Net_Foundation",
    Example(
        "# Wexford fever\n\nThis site complies with the HONcode standard for trustworthy "
        "health information.\n"
    ),
    Example(
        "# Wexford fever\n\nThe HONcode asked sites to name their authors; it closed in 2022.\n"
    ),
    page=check,
)
