"""TX012: character references shown as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from piamater.checks.page import Page
from piamater.checks.rule import Example, Fix, Hit, Rule, Severity
from piamater.text import Mark

_ENTITY = re.compile(
    r"&(?:amp;)*(?:nbsp|amp|lt|gt|quot|apos|ndash|mdash|hellip|[lr]squo|[lr]dquo|deg|micro|"
    r"times|plusmn|le|ge|alpha|beta|gamma|eacute|aacute|iacute|oacute|uacute|ntilde|"
    r"#\d{2,5}|#x[0-9a-fA-F]{2,5});|(?<=\s)&nbsp(?=\s)"
)


def check(page: Page) -> Iterator[Hit]:
    """Each reference in the text, with the character that was meant."""
    if "&" not in page.text:
        return
    lists = [(one.start, one.end) for one in page.document.passages if one.mark is Mark.REFERENCE]
    for match in _ENTITY.finditer(page.text):
        if any(start <= match.start() < end for start, end in lists):
            continue
        meant = _meant(match.group())
        yield Hit(
            match.start(),
            match.end(),
            f'"{match.group()}" stands in the text in place of {_shown(meant)}',
            f"write {_shown(meant)}",
            fix=Fix(match.start(), match.end(), meant) if meant.isprintable() else None,
        )


def _meant(written: str) -> str:
    """The character behind a reference that was escaped once or more often."""
    while (plain := unescape(written)) != written:
        written = plain
    return " " if written in ("\xa0", "&nbsp") else written


def _shown(meant: str) -> str:
    return "a space" if meant == " " else f'"{meant}"'


RULE = Rule(
    "TX012",
    "stray-entity",
    Severity.WARNING,
    "A character reference is shown to readers as it is written.",
    "A less-than sign or a micro sign in such a dress makes a dose unreadable.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("Wexford fever\n\nA temperature &amp;gt; 39 °C&nbsp;is common.\n", "page.txt"),
    Example("Wexford fever\n\nA temperature above 39 °C is common.\n", "page.txt"),
    page=check,
)
