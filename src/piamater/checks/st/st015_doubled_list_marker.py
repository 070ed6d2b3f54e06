"""ST015: items that carry two marks, a number and a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_DOUBLE = re.compile(
    r"^[ \t]*(?:\d{1,2}[.)]|[-*+•·])[ \t]+((?:\(?[a-zA-Z][.)]|\(?\d{1,2}[.)](?!\d)"
    r"|[•·▪–])[ \t]+)(\S[^\n]*)",
    re.MULTILINE,
)
LEAST = 2
"""So many lines in a row show a list that was numbered twice; a single one may be a name."""


def check(page: Page) -> Iterator[Hit]:
    """Runs of lines of the original with two marks each; one hit a run."""
    runs: list[list[re.Match[str]]] = []
    for match in _DOUBLE.finditer(page.raw):
        near = runs and page.raw.count("\n", runs[-1][-1].end(), match.start()) <= APART
        if near:
            runs[-1].append(match)
        else:
            runs.append([match])
    at = 0
    for run in runs:
        marks = [one[1].strip() for one in run]
        if len(run) < LEAST or (len(set(marks)) == 1 and marks[0][0].isalnum()):
            continue
        words = " ".join(run[0][2].split())[:30]
        start = max(page.text.find(words, at), at)
        at = start
        yield Hit(
            start,
            min(len(page.text), start + len(words.split(" ")[0])),
            f'{len(run)} items of a list carry two marks each ("{run[0][0].strip()[:24]}")',
            "leave one of the two marks out",
        )


APART = 2
"""Line breaks between two lines of one run."""

RULE = Rule(
    "ST015",
    "doubled-list-marker",
    Severity.INFO,
    "The items of a list carry two marks each.",
    "Read aloud it is one, a, corticosteroids; and point b is point 2.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Rash\n\nDrugs:\n\n1. a. Doxycycline: kills the bacteria.\n2. b. Ibuprofen: for pain.\n"
    ),
    Example("# Rash\n\nDrugs:\n\n1. Doxycycline: kills the bacteria.\n2. Ibuprofen: for pain.\n"),
    page=check,
    precision=1.0,
    reviewed="2 findings on five real pages, 2026-11-21",
)
