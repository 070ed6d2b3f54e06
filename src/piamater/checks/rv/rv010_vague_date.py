"""RV010: a review or update dated "recently"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.rv.dates import told_dates

_VAGUE = re.compile(
    r"\b(?:last |page |content )?(?:reviewed|updated) (?:very )?"
    r"(?:recently|regularly|(?:this|last) (?:week|month|year))\b"
    r"|\b(?:this|the) (?:page|article|guide|content|information|leaflet) (?:has been |was |is )?"
    r"(?:recently|newly|regularly|continuously) (?:reviewed|updated|checked)\b"
    r"|^(?:recently|newly|regularly) (?:reviewed|updated)\b"
    r"|\b(?:last )?(?:reviewed|updated):?\s*"
    r"(?:recently|today|yesterday|n/?a|soon|\d+ (?:day|week|month|year)s? ago)\b"
    r"|\b(?:revisad[oa]|actualizad[oa]) (?:recientemente|periodicamente|hace poco)\b"
    r"|\b(?:recientemente|periodicamente) (?:revisad[oa]|actualizad[oa])\b"
    r"|(?:ultima revision|ultima actualizacion):?\s*(?:reciente|hoy|hace \d+)"
    r"|(?:সম্প্রতি|নিয়মিত|নিয়মিত) (?:পর্যালোচনা|হালনাগাদ)"
    r"|(?:পর্যালোচনা|হালনাগাদ):?\s*(?:সম্প্রতি|আজ)",
    re.MULTILINE,
)
_HINTS = ("review", "updat", "checked", "revis", "actualiz", "পর্যালোচনা", "হালনাগাদ")
_DATES = ("reviewed", "updated")


def check(page: Page) -> Iterator[Hit]:
    """Vague words, on a page that gives no day for the same."""
    if any(one in told_dates(page) for one in _DATES):
        return
    plain = folded(page)
    near = windows(plain, _HINTS, 60, 60)
    match = next((one for span in near for one in _VAGUE.finditer(plain, *span)), None)
    if match:
        yield Hit(
            match.start(),
            match.end(),
            f'"{page.text[match.start() : match.end()]}" gives no day, and the page gives none',
            "write the day, month and year of the last review",
        )


RULE = Rule(
    "RV010",
    "vague-date",
    Severity.INFO,
    "A review or update is dated by a vague word.",
    "Recently stays true on the page for ever; only a day can grow old.",
    "PIF TICK guide, Finding trusted health information: is there a date, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nWexford fever is mild. This page was recently reviewed.\n"),
    Example("# Wexford fever\n\nWexford fever is mild.\n\nLast reviewed: 3 March 2026\n"),
    page=check,
)
