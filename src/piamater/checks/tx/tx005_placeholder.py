"""TX005: a note to editors or a gap to be filled in, shown to readers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import fold

_NEAR = 160
"""How far from a hint a pattern is tried, in characters."""


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    text = (files("piamater.checks") / "data" / "placeholders.toml").read_text("utf-8")
    return tuple(
        (
            one["kind"],
            tuple(fold(_composed(hint)) for hint in one["hint"]),
            _compiled(one["patterns"], one.get("sentences", [])),
        )
        for one in tomllib.loads(text)["placeholder"]
    )


def _compiled(marks: list[str], sentences: list[str]) -> tuple[re.Pattern[str], ...]:
    """Marks by themselves, and words whose whole sentence is the note; each on its own.

    Patterns that begin with a fixed letter are found faster one by one than together.
    """
    written = [*marks, *(f"(?P<sentence>{one})" for one in sentences)]
    return tuple(re.compile(_composed(one), re.MULTILINE) for one in written)


def _composed(pattern: str) -> str:
    """A pattern in the form in which pages are held (NFC)."""
    return unicodedata.normalize("NFC", pattern)


def _whole(text: str, match: re.Match[str]) -> tuple[int, int]:
    """A note to editors with the sentence that it stands in; other marks as they are."""
    start, end = match.span()
    if not match.lastgroup:
        return start, end
    before = max(text.rfind(mark, 0, start) for mark in "\n.।")
    after = [at for mark in "\n.।" if (at := text.find(mark, end - 1)) >= 0]
    stop = min(after, default=len(text))
    return before + 1, min(len(text), stop + (text[stop : stop + 1] in (".", "।")))


def check(page: Page) -> Iterator[Hit]:
    """Each place, the longest first, outside reference lists."""
    lists = [(one.start, one.end) for one in page.document.passages if one.mark is Mark.REFERENCE]
    plain = folded(page)
    found: list[tuple[int, int, str]] = []
    for kind, hints, patterns in _patterns():
        for span in windows(plain, hints, _NEAR, _NEAR):
            matches = (match for one in patterns for match in one.finditer(page.text, *span))
            found += [(*_whole(page.text, match), kind) for match in matches]
    last = -1
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        start += len(page.text[start:end]) - len(page.text[start:end].lstrip())
        if start < last or any(one <= start < other for one, other in lists):
            continue
        if _is_defined(page.text, page.text[start : start + 3]):
            continue
        last = end
        yield Hit(
            start,
            end,
            f'"{page.text[start:end][:80]}" is {kind}, shown to readers',
            "write what is meant to stand there, or take the place out of the page",
        )


def _is_defined(text: str, short: str) -> bool:
    """Whether the page says what TBC or TBD stands for: tick-borne complex (TBC)."""
    if short not in ("TBC", "TBD"):
        return False
    if re.search(rf"\b{short} ?\((?i:{short[0]})", text):
        return True
    words = re.findall(rf"((?:[\w]+[ -]){{2,4}})\({short}\)", text)
    return any(
        "".join(word[0] for word in re.findall(r"\w+", one)).upper().endswith(short)
        for one in words
    )


RULE = Rule(
    "TX005",
    "placeholder",
    Severity.ERROR,
    "A note to editors or an unfilled place is shown to readers.",
    "What is missing may be the dose or the number to ring, and the page is seen to be unfinished.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nCall [insert phone number] at once.\n"),
    Example("# Wexford fever\n\nCall 112 at once.\n"),
    page=check,
    precision=1.0,
    reviewed="8 findings on five real pages; none on PDQ; it was mended after it took 47,XXX for "
    "a mark, 2026-11-21",
)
