"""TX020: a heading that was cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_SPLIT = re.compile(
    r"\b(CASE|CLINICAL|PATIENTS?|MATERIALS?|SUBJECTS|DIFFERENTIAL|CASO|PACIENTES?|MATERIAL)"
    r"(?:[ \t]*\r?\n\s*)+(REPORTS?|DESCRIPTION|PRESENTATION|CASE|AND METHODS|DIAGNOSIS|CLÍNICO|"
    r"CL[IÍ]NICOS?|Y M[EÉ]TODOS?)\b"
)


def check(page: Page) -> Iterator[Hit]:
    """Known headings in capitals with a line break inside, in the original."""
    if not page.name.lower().endswith((".txt", ".text")):
        return
    for match in _SPLIT.finditer(page.raw):
        whole = f"{match[1]} {match[2]}"
        start = page.text.upper().find(whole.upper())
        yield Hit(
            max(start, 0),
            start + len(whole) if start >= 0 else 0,
            f'the heading "{whole}" is cut in two by a line break',
            "set it on one line, and as a heading",
        )


RULE = Rule(
    "TX020",
    "split-heading",
    Severity.INFO,
    "A heading is cut in two.",
    "Its first half reads as the end of the section before, its second as a word of the next.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "Wexford fever\n\nBACKGROUND The fever is rare. CASE\n\nREPORT A man of 34 had it.\n",
        "page.txt",
    ),
    Example(
        "Wexford fever\n\nBACKGROUND The fever is rare.\n\nCASE REPORT A man of 34 had it.\n",
        "page.txt",
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages, 2026-11-21",
)
