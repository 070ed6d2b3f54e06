"""TX009: characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_INDIC = r"[\u0900-\u0dff]"
_HIDDEN = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]|[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
    r"|(?<=\S)[\u200b\u2060\ufeff]+(?=\S)"
    rf"|(?<!{_INDIC})(?<=\w)[\u200c\u200d]+(?=\w)(?!{_INDIC})"
)
_ANY = re.compile(
    r"[\u200b-\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_TURNS = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_WORD = re.compile(r"[\w\u0980-\u09ff]+")
MOST = 20
"""Hits on one page; a page with more has one fault many times."""
_NAMES = {"\u200b": "zero-width space", "\ufeff": "byte order mark", "\u2060": "word joiner",
          "\u200c": "zero-width non-joiner", "\u200d": "zero-width joiner"}  # fmt: skip


def check(page: Page) -> Iterator[Hit]:
    """Controls, bidirectional marks and zero-width characters within words of the original."""
    raw, at = page.raw, 0
    if not _ANY.search(raw):
        return
    for number, match in enumerate(_HIDDEN.finditer(raw)):
        if number == MOST:
            return
        start, end = _place(page.text, raw, match, at)
        at = start
        char = match.group()[0]
        turns = char in _TURNS
        name = _NAMES.get(char, "bidirectional mark" if turns else "control character")
        near = f' in "{page.text[start:end]}"' if end > start else ""
        yield Hit(
            start,
            end,
            f"a {name} (U+{ord(char):04X}) stands unseen{near}",
            "take it out; search and reading aloud trip over it",
            Severity.ERROR if turns else None,
        )


def _place(text: str, raw: str, match: re.Match[str], at: int) -> tuple[int, int]:
    """Where the words around the character stand in the page's text."""
    before = _WORD.findall(_HIDDEN.sub("", raw[max(0, match.start() - 60) : match.start()]))
    after = _WORD.findall(_HIDDEN.sub("", raw[match.end() : match.end() + 60]))
    left = before[-1] if before else ""
    right = after[0] if after else ""
    touching = match.start() and raw[match.start() - 1].isalnum()
    for sought in (left + right, right if not touching else left):
        if sought and (start := text.find(sought, at)) >= 0:
            return start, start + len(sought)
    return at, at


RULE = Rule(
    "TX009",
    "hidden-characters",
    Severity.WARNING,
    "The page holds characters that nobody sees.",
    "A mark that turns the direction of writing can turn a number round; a zero-width character "
    "breaks a word for search and for a screen reader.",
    "CVE-2021-42574, visual reordering of characters by control sequences, "
    "https://cvevulnerability.com/cve_vulnerabilities/cve-2021-42574",
    Example("# Wexford fever\n\nTake 12\u200b0 mg of doxy\u200bcycline.\n"),
    Example("# Wexford fever\n\nTake 120 mg of doxycycline.\n"),
    page=check,
)
