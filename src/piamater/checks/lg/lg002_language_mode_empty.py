"""LG002: a page offers another language and has nothing in it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_NAMES = re.compile(
    r"bangla|bengali|spanish|español|english|inglés|hindi|french|francés|বাংলা|ইংরেজি", re.IGNORECASE
)
_ENOUGH = 0.08
"""Share of a page's letters in a language from which the page has a text in it."""


def check(page: Page) -> Iterator[Hit]:
    """Offers of a language in which the page holds next to nothing, and admissions of that."""
    offers, empty, languages = _patterns()
    admitted = []
    offered = []
    if not _NAMES.search(page.text):
        return
    for one in page.document.passages:
        if not _NAMES.search(page.text, one.start, one.end):
            continue
        said = fold(page.said(one))
        named = [code for code, pattern in languages.items() if pattern.search(said)]
        other = [code for code in named if code != page.language]
        if empty.search(said) and other:
            admitted.append(one)
        elif offers.search(said) and other and not _has(page, other[0]) and not _linked(page, one):
            offered.append(one)
    for one in admitted:
        yield Hit(
            one.start,
            one.end,
            "the page tells its readers that its text in this language is not there yet",
            "show the choice of language only where there is something to read",
        )
    for one in offered:
        yield Hit(
            one.start,
            one.end,
            "the page offers a language in which it says next to nothing",
            "add the text, or take the offer away",
        )


def _has(page: Page, language: str) -> bool:
    """Whether a good part of the page is in a language."""
    share = sum(
        one.end - one.start for one in page.document.passages if one.language == language
    ) / max(1, len(page.text))
    return share >= _ENOUGH


def _linked(page: Page, passage: object) -> bool:
    """Whether the offer is a link that leads elsewhere."""
    start, end = getattr(passage, "start", 0), getattr(passage, "end", 0)
    return any(start <= one.start < end and not one.target.startswith("#") for one in page.links)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, re.Pattern[str]]]:
    text = (files("piamater.checks") / "data" / "language_modes.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return (
        _any(table["offers"]["patterns"]),
        _any(table["empty"]["patterns"]),
        {code: _any(some) for code, some in table["languages"].items()},
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(unicodedata.normalize("NFC", one) for one in patterns))


RULE = Rule(
    "LG002",
    "language-mode-empty",
    Severity.WARNING,
    "A page offers another language and has no text in it.",
    "The reader who needs that language most is sent to an empty box.",
    "WCAG, success criterion 3.1.2, language of parts, "
    "https://www.w3.org/WAI/GL/WCAG20/WD-UNDERSTANDING-WCAG20-20071218/meaning-other-lang-id.html",
    Example(
        "# Wexford fever\n\nSwitch between simple English and easy Bangla patient notes.\n\n"
        "Doxycycline cures the fever in most people who take it for 14 days.\n\n"
        "বাংলা রোগী নোট এখনো যোগ করা হয়নি।\n"
    ),
    Example(
        "# Wexford fever\n\n[Read this in Bangla](https://example.org/bn/fever)\n\n"
        "Doxycycline cures the fever in most people who take it for 14 days.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "all findings on the five seed pages (4), 60 PDQ summaries, 401 MedQuAD answers and "
        "the clean pages were read"
    ),
)
