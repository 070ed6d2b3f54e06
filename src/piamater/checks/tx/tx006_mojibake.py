"""TX006: text that was read in the wrong encoding."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.checks.tx.damage import damage


def mended(said: str) -> str:
    """What the bytes say when they are read as UTF-8; empty where they say nothing."""
    for encoding in ("cp1252", "latin-1"):
        try:
            plain = said.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if plain != said:
            return plain
    return ""


def check(page: Page) -> Iterator[Hit]:
    """Each word that holds such characters, with the word that was meant where that is sure."""
    for start, end, kind in damage(page):
        if kind != "mojibake":
            continue
        said = page.text[start:end]
        meant = mended(said)
        yield Hit(
            start,
            end,
            f'"{said[:60]}" was read in the wrong encoding'
            + (f': "{meant[:60]}"' if meant else ""),
            f'write "{meant[:60]}"'
            if meant
            else "take the words from the original again, as UTF-8",
            fix=Fix(start, end, meant) if meant else None,
        )


RULE = Rule(
    "TX006",
    "mojibake",
    Severity.ERROR,
    "Characters stand in the text that come of a wrong encoding.",
    "A micro sign or a less-than sign that is lost this way changes a dose.",
    "W3C, Encoding: choosing and applying a character encoding, https://www.w3.org/International/questions/qa-choosing-encodings",
    Example("# Wexford fever\n\nIt is GuÃ©rinâ€™s disease.\n"),
    Example("# Wexford fever\n\nIt is Guérin’s disease.\n"),
    page=check,
)
