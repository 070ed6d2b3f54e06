"""What the reports share: counts, rules by id, addresses, pairs of finding and fix."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from piamater.checks.engine import Checked
from piamater.checks.page import Page
from piamater.checks.registry import rules
from piamater.checks.rule import Finding, Fix, Rule

SEVERITIES = ("error", "warning", "info")
DOCS = "PIAMATER_DOCS"
"""The environment variable that holds the address of the documentation."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def counted(some: Sequence[Checked]) -> Counter[str]:
    """How many findings there are of each severity."""
    return Counter(one.severity for checked in some for one in checked.findings)


def summary(some: Sequence[Checked]) -> str:
    """The counts in one line."""
    counts = counted(some)
    silent = sum(len(one.suppressed) for one in some)
    silenced = f" ({silent} silenced in the page)" if silent else ""
    pages = plural(len(some), "page")
    if not counts:
        return f"No findings in {pages}{silenced}."
    parts = ", ".join(plural(counts[one], one) for one in SEVERITIES if counts[one])
    touched = sum(1 for one in some if one.findings)
    return f"{parts} in {touched} of {pages}{silenced}."


def plural(number: int, word: str) -> str:
    """The number with its word: ``1 page``, ``2 pages``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def named(page: Page) -> str:
    """What a page is called in a report: its file as it was given, its address, else its name."""
    return page.place


def rule_of(finding: Finding) -> Rule | None:
    """The rule of a finding; none where it is not among those installed."""
    return rules().get(finding.rule)


def rule_page(rule: Rule) -> str:
    """The address that explains a rule: its page of the documentation, else its source's."""
    if docs := os.environ.get(DOCS, ""):
        return f"{docs.rstrip('/')}/reference/rules/{rule.id}/"
    found = _ADDRESS.search(rule.source)
    return found[0] if found else ""


def paired(checked: Checked) -> Iterator[tuple[Finding, Fix | None]]:
    """Each finding with what mends it: the fix within its span that no narrower finding has."""
    taken: dict[int, Fix] = {}
    order = sorted(range(len(checked.findings)), key=lambda one: _width(checked.findings[one]))
    for fix in checked.fixes:
        for one in order:
            finding = checked.findings[one]
            if one not in taken and finding.start <= fix.start and fix.end <= finding.end:
                taken[one] = fix
                break
    for number, finding in enumerate(checked.findings):
        yield finding, taken.get(number)


def _width(one: Finding) -> int:
    return one.end - one.start


def clean(text: str) -> str:
    """A text without what a terminal or an XML reader would take for a command."""
    return _CONTROL.sub("\ufffd", text)
