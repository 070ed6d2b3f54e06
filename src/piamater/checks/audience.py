"""Audience: for whom a page is written, where it does not say so itself."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from piamater.vocabulary.fold import fold

if TYPE_CHECKING:
    from piamater.checks.page import Page

TURNS = 5
"""How often a page must turn to its reader to be one for patients, where nothing else says so."""
FEW, SHARE = 2, 0.1
"""Fewer are enough on a short page: so many, where they are this share of what is said."""
CLEARLY = 0.25
"""Such a share makes a page one for patients whatever kind of study it is taken for."""
_GATHERED = "it speaks to patients"
"""How the readers say that they take a page for patient information by its words alone."""
_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_AUDIENCE = re.compile(
    r"^audience:[ \t]*[\"']?(patients?|carers?|public|clinicians?|professionals?)\b",
    re.MULTILINE | re.IGNORECASE,
)
_PREPARES = frozenset({"visit", "see-doctor"})


def told_audience(page: Page) -> str:
    """``patient`` or ``clinician`` where the page or the settings say so; else empty.

    A page says it in its front matter or in its record; what a reader of the format only gathered
    from the words counts for less than the settings.
    """
    record = "" if page.record.kind_reason.startswith(_GATHERED) else page.record.audience
    for said in (_in_front(page), record, page.settings.audience):
        if said in ("patient", "clinician"):
            return said
    return ""


def _in_front(page: Page) -> str:
    """What the front matter of a Markdown page says."""
    front = _FRONT.match(page.raw)
    said = _AUDIENCE.search(front[1]) if front else None
    if said is None:
        return ""
    return "patient" if said[1].lower().startswith(("patient", "carer", "public")) else "clinician"


def likely_audience(page: Page) -> str:
    """``patient`` where its kind says so, where it prepares its reader for the doctor, or where it
    turns to its reader; ``clinician`` else, and for what reports a study or a case.
    """
    if page.record.kind == "patient-information":
        return "patient"
    said = [page.said(one) for one in page.content()]
    said += [one.heading for one in page.document.sections if one.heading]
    turns = sum(bool(_turns().search(fold(one))) for one in said)
    if tells_research(page):
        speaks = turns >= TURNS and turns >= CLEARLY * len(said)
    else:
        speaks = turns >= TURNS or (turns >= FEW and turns >= SHARE * len(said))
        speaks = speaks or bool(_PREPARES & set(page.kinds))
    return "patient" if speaks else "clinician"


def tells_research(page: Page) -> bool:
    """Whether a page reports a study or a case, and advises nobody what to do."""
    advises = {*_PREPARES, "danger"} & set(page.kinds)
    return page.type in ("research", "case-report") and not advises


@cache
def _turns() -> re.Pattern[str]:
    text = (files("piamater.checks") / "data" / "audience.toml").read_text("utf-8")
    return re.compile("|".join(f"(?:{fold(one)})" for one in tomllib.loads(text)["turns"]))
