"""Declared languages: what a page says its language is, and which of its parts it marks."""

from __future__ import annotations

import re
from itertools import islice

from piamater.checks.page import Page

_HTML = re.compile(r"<html\b[^>]{0,600}?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){0,60}?lang(?:uage)?:\s*[\"']?([a-z]{2})\b"
)
_ELEMENT = re.compile(
    r"<(?P<tag>[a-z][a-z0-9]*)\b[^>]{0,600}?\blang\s*=\s*[\"']?(?P<lang>[a-z]{2})[^>]{0,600}>",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_LONGEST = 2_000_000
"""Code points of an original that are looked through."""

_MOST = 300
"""Marked parts of a page that are looked at."""

Parts = tuple[tuple[str, str], ...]
"""The language and the letters of each part of a page that is marked."""


def declared_language(page: Page) -> str:
    """The language that a page names in its root element or front matter; empty for none."""
    match = _HTML.search(page.raw[:20_000]) or _FRONT.match(page.raw[:20_000])
    return match[1].lower() if match else ""


def marked_parts(page: Page) -> Parts:
    """The elements below the root that have a language of their own."""
    raw = page.raw[:_LONGEST]
    found = []
    for match in islice(_ELEMENT.finditer(raw), _MOST):
        if match["tag"].lower() not in ("html", "body"):
            inner = raw[match.end() : _close(raw, match["tag"], match.end())]
            found.append((match["lang"].lower(), _letters(_TAGS.sub(" ", inner))))
    return tuple(found)


def is_marked(said: str, language: str, parts: Parts) -> bool:
    """Whether these words stand in a part that is marked as being in this language."""
    letters = _letters(said)
    return any(lang == language and letters in held for lang, held in parts)


def _close(raw: str, tag: str, at: int) -> int:
    """Where an element ends, elements of its name within it reckoned in; else the end."""
    depth = 1
    for match in re.compile(rf"<(/?){tag}\b", re.IGNORECASE).finditer(raw, at):
        depth += -1 if match[1] else 1
        if not depth:
            return match.start()
    return len(raw)


def _letters(text: str) -> str:
    import html

    return "".join(char for char in html.unescape(text).lower() if char.isalpha())
