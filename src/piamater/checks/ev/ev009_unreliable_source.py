"""EV009: a reference to a site that is no evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.ev.addresses import read_address
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity


@cache
def _sites() -> dict[str, str]:
    """Hosts, each with why it is no evidence (``data/sites.toml``)."""
    text = (files("piamater.checks") / "data" / "sites.toml").read_text("utf-8")
    return {host: one["why"] for one in tomllib.loads(text)["site"] for host in one["hosts"]}


def why_unreliable(url: str) -> str:
    """Why the site of an address is no evidence; empty where nothing is known against it."""
    address = read_address(url)
    if address is None:
        return ""
    sites = _sites()
    parts = address.host.split(".")
    names = (".".join(parts[first:]) for first in range(len(parts) - 1))
    return next((sites[name] for name in names if name in sites), "")


def check(page: Page) -> Iterator[Hit]:
    """Entries on such sites."""
    for entry in page.entries:
        why = "" if entry.doi or entry.pmid else why_unreliable(entry.url)
        if why:
            yield Hit(
                entry.start,
                entry.end,
                f"reference {entry.label} is no evidence: {why}",
                "cite the guideline, review or study that says it",
            )


RULE = Rule(
    "EV009",
    "unreliable-source",
    Severity.WARNING,
    "A reference is an encyclopaedia, a social network, a shop or a self-published site.",
    "Anybody may write there; what stands behind a statement about health must be a source that "
    "somebody answers for.",
    "HONcode principle 4, recognised, scientific or official sources, "
    "https://www.hon.ch/HONcode/Guidelines/hc_p4.html",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. https://en.wikipedia.org/wiki/Doxycycline\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. https://www.nhs.uk/medicines/doxycycline/\n"
    ),
    page=check,
    precision=1.0,
    reviewed="8 findings on five seed pages, all",
)
