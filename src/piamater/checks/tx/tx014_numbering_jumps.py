"""TX014: numbered headings, steps or lines that leave a number out or give it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.text.bangla import to_ascii_digits

_STEP = re.compile(
    r"^((?:step|stage|part|paso|etapa|parte|ধাপ)\s+)(\d{1,2}|[০-৯]{1,2})\b(?!\s*[-–/&]|\.\d)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^()(\d{1,2}|[০-৯]{1,2})[.):।]\s+\S")
_LINE = re.compile(r"^([ \t]*)(\d{1,2})[.)][ \t]+(?=\S)")
Numbered = tuple[int, int, int, str]
"""Start, end, number, and what the number belongs to."""


def check(page: Page) -> Iterator[Hit]:
    """Runs from 1 up in which the next number is not one more."""
    for run in (*_steps(page), *_lines(page), *_inline(page)):
        for (_, _, before, _), (start, end, number, _) in pairwise(run):
            if number == before + 1:
                continue
            what = "comes twice" if number == before else f"follows {before}"
            yield Hit(
                start,
                end,
                f"number {number} {what} in a numbered run",
                "number the run anew; see that no step was lost",
            )


def _steps(page: Page) -> Iterator[list[Numbered]]:
    """Steps and numbered headings, each kind in its section, from the one numbered 1."""
    open_runs: dict[tuple[str, tuple[str, ...]], list[Numbered]] = {}
    sections = page.document.sections
    for block in blocks(page):
        if block.mark is Mark.REFERENCE:
            continue
        match = _STEP.match(block.text) or (_HEADING.match(block.text) if block.heading else None)
        if match is None:
            continue
        above = sections[block.section].path[:-1] if block.heading else sections[block.section].path
        word = match[1].strip().lower()
        key = (word, above)
        number = int(to_ascii_digits(match[2]))
        place = (block.start, block.start + match.end(2), number, word)
        if number == 1 or key not in open_runs:
            if key in open_runs:
                yield open_runs.pop(key)
            if number != 1:
                continue
            open_runs[key] = []
        open_runs[key].append(place)
    yield from (run for run in open_runs.values() if len(run) > 1)


def _lines(page: Page) -> Iterator[list[Numbered]]:
    """Numbered lines of a page that was saved as text; Markdown and HTML number by themselves."""
    if not page.name.lower().endswith((".txt", ".text")):
        return
    run: list[Numbered] = []
    at = 0
    depth = ""
    for line in page.raw.split("\n"):
        match = _LINE.match(line)
        if match is None:
            continue
        words = line[match.end() :].strip()
        number = int(match[2])
        start = max(at, page.text.find(words[:40], at) if words else at)
        at = start
        if number == 1 or match[1] != depth:
            if len(run) > 2:
                yield run
            run, depth = [], match[1]
            if number != 1:
                continue
        if run or number == 1:
            run.append((start, start + len(words.split(" ", 1)[0]), number, ""))
    if len(run) > 2:
        yield run


def _inline(page: Page) -> Iterator[list[Numbered]]:
    """Steps within a paragraph: 1. Call. 2. Wait. 4. Treat."""
    for block in blocks(page):
        if block.heading or block.mark is Mark.REFERENCE:
            continue
        run: list[Numbered] = []
        for match in _WITHIN.finditer(block.text):
            number = int(match[1])
            if number == 1 and not run:
                run = [(block.start + match.start(1), block.start + match.end(), 1, "")]
            elif run and run[-1][2] < number <= run[-1][2] + 2:
                place = block.start + match.start(1), block.start + match.end(), number, ""
                run.append(place)
            elif run:
                run = []
                break
        if len(run) > 2:
            yield run


_WITHIN = re.compile(r"(?:(?<=[:.;] )|(?<=\()|^)([1-9]\d?)[.)](?= [A-Z\u0980-\u09ff¿])")


RULE = Rule(
    "TX014",
    "numbering-jumps",
    Severity.WARNING,
    "A numbered run leaves a number out or gives it twice.",
    "A step that is missing may be the one that keeps the patient safe.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Rash\n\n## Step 1: wash\n\nWash it.\n\n## Step 2: dry\n\nDry it.\n\n## Step 4: "
        "rest\n\nRest.\n"
    ),
    Example(
        "# Rash\n\n## Step 1: wash\n\nWash it.\n\n## Step 2: dry\n\nDry it.\n\n## Step 3: "
        "rest\n\nRest.\n"
    ),
    page=check,
)
