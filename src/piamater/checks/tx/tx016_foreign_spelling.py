"""TX016: a medical word in an English text that is spelled, or made up, in the Spanish way."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.blocks import folded, shown
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity


@cache
def _table() -> dict[str, dict[str, str]]:
    text = (files("piamater.checks") / "data" / "misspellings.toml").read_text("utf-8")
    return {
        kind: {one["written"]: one["meant"] for one in entries}
        for kind, entries in tomllib.loads(text).items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    roots, calques = "|".join(_table()["root"]), "|".join(_table()["calque"])
    return re.compile(rf"(?<![\w/@.-])(?:(?P<root>{roots})[a-z]{{2,}}|(?P<calque>{calques}))\b")


def check(page: Page) -> Iterator[Hit]:
    """Such words in the sentences of English; names and words in italics cannot be told apart."""
    plain = folded(page)
    for passage in shown(page):
        if passage.language != "en":
            continue
        for match in _pattern().finditer(plain, passage.start, passage.end):
            written = page.text[match.start() : match.end()]
            if not written.islower() and not _begins(page.text, match.start()):
                continue
            meant = _meant(match)
            yield Hit(
                match.start(),
                match.end(),
                f'"{written}" is not an English word in this sense',
                f'write "{meant}"',
            )


def _meant(match: re.Match[str]) -> str:
    root = match["root"]
    if root is None:
        return _table()["calque"][match["calque"]]
    return _table()["root"][root] + match.group()[len(root) :]


def _begins(text: str, at: int) -> bool:
    """Whether a word begins a sentence, where even a common word has a capital."""
    before = text[max(0, at - 2) : at]
    return at == 0 or before.endswith("\n") or before.strip() in (".", "!", "?", ":")


RULE = Rule(
    "TX016",
    "foreign-spelling",
    Severity.INFO,
    "A medical word is spelled in the way of another language.",
    "Neither a reader nor a search finds the disease under a name that it has not.",
    "PIF TICK guide, Finding trusted health information: check for spelling errors, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# A case of leukemia\n\nThe woman had a mielomonoblastic leukemia that was treated, and "
        "the scan showed hypercaptation of the nerves in both legs.\n"
    ),
    Example(
        "# A case of leukemia\n\nThe woman had a myelomonoblastic leukemia that was treated, and "
        "the scan showed increased uptake in the nerves of both legs.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="5 findings on five real pages, 1 on MedQuAD, 2026-11-21",
)
