"""EV016: a reference or link that leads to nothing."""

from __future__ import annotations

import ipaddress
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from urllib.parse import urljoin, urlsplit

from piamater.checks.page import Page
from piamater.checks.reach import State, reached
from piamater.checks.rule import Example, Hit, Rule, Severity

MOST = 200
"""Addresses of a page that are asked for."""
_NOWHERE = ("localhost", "test", "invalid", "local", "internal", "lan", "home.arpa")
"""Endings of names that no public host has: RFC 6761, RFC 6762, RFC 8375, and two in use."""
_DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class _Address:
    """An address of the page: where it stands, and what it is called in a message."""

    start: int
    end: int
    url: str
    name: str


def check(page: Page) -> Iterator[Hit]:
    """Addresses that no reader can reach, and, where asking is allowed, those that are gone."""
    found = list(_addresses(page))
    public = []
    for one in found:
        if why := _unreachable(one.url):
            yield Hit(one.start, one.end, f"{one.name} leads to {why}", _TODO)
        else:
            public.append(one)
    most = int(page.settings.option("EV016", "most", MOST))
    urls = list(dict.fromkeys(one.url for one in public))
    known = reached(urls[:most])
    for one in public:
        came = known.get(one.url)
        if came is not None and came.state is State.GONE:
            yield Hit(one.start, one.end, f"{one.name} is dead: {came.why} ({one.url})", _TODO)
        elif came is not None and came.state is State.UNREACHED:
            yield Hit(
                one.start, one.end, f"{one.name} could not be reached: {came.why} ({one.url})",
                "try again later, or open it in a browser", Severity.INFO,
            )  # fmt: skip
    if known and len(urls) > most:
        yield Hit(
            0, 0, f"only the first {most} of {len(urls)} addresses were asked for",
            "raise the option most of EV016 to ask for more", Severity.INFO,
        )  # fmt: skip


_TODO = "find where it has moved to or an archived copy, or cite a source that can be opened"


_FETCHED = ("http://", "https://", "file:")


def _addresses(page: Page) -> Iterator[_Address]:
    """The addresses of the reference list, then those of links elsewhere."""
    for entry in page.entries:
        url = entry.url or (_DOI + entry.doi if entry.doi else "")
        if url.startswith(_FETCHED):
            at = entry.text.find(url)
            start = entry.start + at if at >= 0 else entry.start
            end = start + len(url) if at >= 0 else entry.end
            yield _Address(start, end, url, f"reference {entry.label}")
    listed = sorted((one.start, one.end) for one in page.entries)
    base = page.name if page.name.startswith(("http://", "https://")) else ""
    for link in page.links:
        if not link.target.startswith(_FETCHED) and not base:
            continue
        try:
            target = urljoin(base, link.target) if base else link.target
        except ValueError:
            continue
        place = bisect_right(listed, (link.start, inf)) - 1
        inside = place >= 0 and link.start < listed[place][1]
        if not inside and target.startswith(_FETCHED):
            yield _Address(link.start, link.end, target, "the link")


def _unreachable(url: str) -> str:
    """What an address names that is on no reader's network; empty for a public one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    if parts.scheme == "file":
        return "a file of the writer's own machine"
    if any(host == one or host.endswith(f".{one}") for one in _NOWHERE):
        return f"{host}, which is no host of the public web"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return ""
    from piamater.checks.fetch import is_public

    return "" if is_public(host) else f"{host}, which is an address of a private network"


RULE = Rule(
    "EV016",
    "dead-link",
    Severity.WARNING,
    "A reference or link leads to nothing: a private address, or with --online a dead one.",
    "A reader cannot check what cannot be opened; one article in five rests on web pages that are "
    "gone or changed.",
    "Klein et al., Scholarly Context Not Found: One in Five Articles Suffers from Reference Rot, "
    "PLoS ONE 2014, https://doi.org/10.1371/journal.pone.0115253",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. Archer B. Doxycycline in Wexford fever. 2024. http://localhost:8000/wexford-fever\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. Archer B. Doxycycline in Wexford fever. 2024. https://doi.org/10.1000/182\n"
    ),
    page=check,
    options=(("most", MOST, "addresses of a page that are asked for with --online"),),
)
