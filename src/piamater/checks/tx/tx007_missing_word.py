"""TX007: a sentence in which a word is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import shown
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form

_MISSING = {
    "en": re.compile(
        r"\b(?:with|of|from|into|without|among|between|during|because of|such as|including|by|for|"
        r"at|to)\s+(?:might|could|should|would|cannot|may(?= (?:be|have|not|need|also|develop"
        r"|cause))|"
        r"must(?= (?:be|have|not)))\b"
        r"|\b(?:the|a|an)\s+(?:should|would|could|are|were)\b|\bis (?:a|an|the) is\b"
        r"|\ba of (?:the|a|an)\b|\b(?:an|the) (?:of|and|with|in|for) (?:the|a|an)\b"
        r"|\b(?:the|an|your|their|and|or)\s*[.;](?=\s|$)"
    ),
    "es": re.compile(
        r"\b(?:con|por|para|sin|durante|entre|de|en|a|hacia|desde)\s+"
        r"(?:podr[ií]an?|pueden?|deben?|deber[ií]an?|suelen?|tienen?|hay)\b"
        r"|\b(?:el|la|los|las|un|una|unos|unas|del|con|por|para|y|o)\s*[.;](?=\s|$)"
    ),
}
_SAID = {
    "en": re.compile(
        r"^(?:vitamin|type|group|grade|hepatitis|blood type|option|plan|part|step|class"
        r"|stage)\s+a\b",
        re.IGNORECASE,
    ),
    "es": re.compile(r"\b(?:vitamina|hepatitis|tipo|grupo) [ayo]\b", re.IGNORECASE),
}


def check(page: Page) -> Iterator[Hit]:
    """Two words, or a word and a stop, that cannot stand side by side."""
    for passage in shown(page, Form.SENTENCE, Form.ITEM):
        pattern = _MISSING.get(passage.language)
        if pattern is None:
            continue
        for match in pattern.finditer(page.text, passage.start, passage.end):
            if _is_named(page.text, passage.language, match):
                continue
            yield Hit(
                match.start(),
                match.end(),
                f'a word is missing in "{_around(page.text, *match.span())}"',
                "put back the word that stood there; who or what is meant may depend on it",
            )


def _is_named(text: str, language: str, match: re.Match[str]) -> bool:
    """Whether the last word is a letter that names something (hepatitis A.)."""
    behind = text[max(0, match.start() - 14) : match.end()]
    tail = behind[behind.rfind(" ", 0, len(behind) - len(match.group()) - 1) + 1 :]
    return bool(_SAID[language].search(tail)) or match.group()[:1].isupper()


def _around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(" ", 0, max(0, start - 12)) + 1, text.rfind("\n", 0, start) + 1)
    last = text.find(" ", end + 8)
    return text[first : last if 0 <= last < end + 30 else end + 8].replace("\n", " ").strip()


RULE = Rule(
    "TX007",
    "missing-word",
    Severity.WARNING,
    "A word is missing in a sentence.",
    "A number without the people it is about says something else, or nothing.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nBetween 5 to 10 out of every 100 people with might develop a rash.\n"
    ),
    Example(
        "# Wexford fever\n\nOf every 100 people with the fever, 5 to 10 might develop a rash.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="3: 2 on MedQuAD, 1 on five real pages; it was mended after it took et al. for "
    "Spanish, 2026-11-21",
)
