"""Checked pages that are hard to report: overlaps, Bangla, and text that would be a command."""

from __future__ import annotations

from piamater.checks import Checked, Finding, Fix, Page, check_page, page_from_text
from piamater.checks.settings import CheckSettings

HOSTILE = """Headache & "rest" <script>alert(1)</script> 100% safe

Take this ]]> ::error file=a::b %0A 😀 and the the pills <img src=x onerror=alert(2)> daily.

A dose of 5 mg,, --><style>*{display:none}</style> {{ nothing }} ${nothing}
"""
BANGLA = """---
title: মাথাব্যথা
---
# মাথাব্যথা 😀 Headache

## কী করবেন

প্যারাসিটামল ৫০০ mg খান, see the **the doctor** 😀 যদি ব্যথা না কমে। দিনে ৩ বার খাবেন না।

<!-- piamater: ignore TX013 - quoted as it was printed -->
Rest,, and drink water.
"""
HOSTILE_NAME = "bad,name:100%<b>&'\".txt"
COMMANDS = "first line\nsecond 100%0A ::warning:: ]]> <script>alert(3)</script> \x1b[31m, a: b"
NAMES = {
    "TX010": "doubled-word",
    "TX013": "double-punctuation",
    "SF003": "a-name",
    "ZZ999": "of-a-plugin",
}


def finding(
    page: Page, quote: str, rule: str, severity: str, message: str = "it is wrong", more: str = ""
) -> Finding:
    """A finding on the first place of the words; on the whole page for none."""
    start = page.text.index(quote) if quote else 0
    return Finding(rule, NAMES[rule], severity, start, start + len(quote), quote, message, more)


def hostile() -> Checked:
    """A page and messages that mean something to build servers, browsers and terminals."""
    page = page_from_text(HOSTILE, HOSTILE_NAME)
    start = page.text.index("the the")
    found = (
        finding(page, "", "SF003", "error", "the page as a whole", COMMANDS),
        finding(page, "<script>alert(1)</script>", "ZZ999", "error", COMMANDS, COMMANDS),
        finding(
            page,
            "Take this ]]> ::error file=a::b %0A 😀 and the the pills",
            "SF003",
            "warning",
            COMMANDS,
        ),
        finding(page, "and the the pills <img src=x onerror=alert(2)>", "TX010", "info"),
        finding(page, "the the", "TX010", "error", '"the" is written twice', 'write "the" once'),
        finding(page, "daily.\n\nA dose", "SF003", "warning", "over two paragraphs"),
        finding(page, ",,", "TX013", "info", "one mark too many"),
    )
    return Checked(
        page, found, (Fix(start + 3, start + 7, ""),), ("SF003", "TX010", "TX013", "TX001"), ()
    )


def bangla() -> Checked:
    """A page in two scripts as the rules themselves see it, with a finding silenced in it."""
    page = page_from_text(BANGLA, "folder/মাথাব্যথা page.md", CheckSettings(select=("TX",)))
    return check_page(page)


def clean() -> Checked:
    """A page without findings."""
    page = page_from_text("# Rest\n\nRest is good.\n", "clean.md", CheckSettings(select=("TX",)))
    return check_page(page)


def all_of_them() -> list[Checked]:
    """The three."""
    return [hostile(), bangla(), clean()]
