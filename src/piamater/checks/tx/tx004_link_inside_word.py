"""TX004: a link that begins or ends within a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_HTML = re.compile(r"<a\b[^<>]*\bhref[^<>]*>(?P<words>[^<>]{1,80})</a>")
_MARKDOWN = re.compile(r"(?<!!)\[(?P<words>[^\]\[\n^]{1,80})\]\([^()\s]+\)")
_BEFORE = re.compile(r"[^\W\d_]{2,}\Z")
_AFTER = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = frozenset({"es", "er", "or", "ed", "ing", "al", "ly", "র", "ের", "কে", "তে", "গুলো"})


def check(page: Page) -> Iterator[Hit]:
    """Links of the original with letters of a word on the other side of their edge."""
    html = page.name.lower().endswith((".html", ".htm", ".xhtml"))
    if "](" not in page.raw and "<a" not in page.raw:
        return
    at = 0
    for match in (_HTML if html else _MARKDOWN).finditer(page.raw):
        left = _BEFORE.search(page.raw[max(0, match.start() - 40) : match.start()])
        right = _AFTER.match(page.raw, match.end())
        before, after = left.group() if left else "", right.group() if right else ""
        words = unescape(match["words"])
        if before and not words[:1].isalpha():
            before = ""
        if after and (not words[-1:].isalpha() or after.lower() in _ENDINGS or _is_bangla(after)):
            after = ""
        if not before and not after:
            continue
        whole = " ".join(f"{before}{words}{after}".split())
        start = page.text.find(whole, at)
        start = start if start >= 0 else page.text.find(whole)
        at = max(start, 0)
        yield Hit(
            max(start, 0),
            start + len(whole) if start >= 0 else 0,
            f'the link "{words.strip()}" is set inside "{whole}"',
            "link the whole word, or put the space back",
        )


def _is_bangla(letters: str) -> bool:
    """Whether letters are Bangla, where case endings are written on to a linked word."""
    return "\u0980" <= letters[0] <= "\u09ff"


RULE = Rule(
    "TX004",
    "link-inside-word",
    Severity.WARNING,
    "A link begins or ends within a word.",
    "A glossary that links by letters puts the wrong definition under a part of another word.",
    "PIF TICK guide, Finding trusted health information: make sure links work, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nIt is seen in neuro[sarcoid](https://example.org/s)osis.\n"),
    Example("# Wexford fever\n\nIt is seen in [neurosarcoidosis](https://example.org/s) too.\n"),
    page=check,
)
