"""What the reports share: counts, rules by id, addresses, pairs of finding and fix."""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
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


def read_as(some: Sequence[Checked]) -> str:
    """For whom, in which language and for which country the pages were checked, and what of that
    was assumed because neither they nor the settings say it; empty for no page.
    """
    if not some:
        return ""
    pages = [one.page for one in some]
    audiences = (("patients", "patient"), ("clinicians", "clinician"))
    who = [_read_for(pages, name, key) for name, key in audiences]
    tongues = Counter(one.language for one in pages)
    places = Counter(one.settings.country or "not said" for one in pages)
    parts = (
        f"for {' and '.join(one for one in who if one)}",
        f"language {_each(tongues, len(pages))}",
        f"country {_each(places, len(pages))}",
    )
    more = [] if all(one.audience_is_told for one in pages) else ["--audience"]
    more += ["--country"] if "not said" in places else []
    hint = f" ({' and '.join(more)} {'says' if len(more) == 1 else 'say'} it)" if more else ""
    return f"Read as: {'; '.join(parts)}{hint}."


def _read_for(pages: Sequence[Page], name: str, audience: str) -> str:
    some = [one for one in pages if one.audience == audience]
    if not some:
        return ""
    assumed = sum(not one.audience_is_told for one in some)
    number = f" {len(some)}" if len(some) < len(pages) else ""
    share = "" if assumed == len(some) else f" of {assumed}"
    return f"{name}{number}" + (f" (assumed{share})" if assumed else "")


def _each(counts: Counter[str], whole: int) -> str:
    """What there is, each with its number where it is not all."""
    return ", ".join(
        name if number == whole else f"{name} {number}" for name, number in counts.most_common()
    )


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
    starts = [one.start for one in checked.findings]
    longest = max(map(_width, checked.findings), default=0)
    for fix in checked.fixes:
        first, last = bisect_left(starts, fix.end - longest), bisect_right(starts, fix.start)
        near = [
            one
            for one in range(first, last)
            if one not in taken and fix.end <= checked.findings[one].end
        ]
        if near:
            taken[min(near, key=lambda one: _width(checked.findings[one]))] = fix
    for number, finding in enumerate(checked.findings):
        yield finding, taken.get(number)


def _width(one: Finding) -> int:
    return one.end - one.start


def clean(text: str) -> str:
    """A text without what a terminal or an XML reader would take for a command."""
    return _CONTROL.sub("\ufffd", text)
