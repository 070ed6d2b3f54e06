"""The record of a page saved as text, from what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from piamater.sources.dates import date_parts, said_dates, writes_day_first
from piamater.sources.kinds import guess_kind, speaks_to_patients
from piamater.sources.licences import licence_of
from piamater.sources.record import Kind, Record
from piamater.text import Document

_PMID = re.compile(r"\bPMID:?\s*(\d{5,9})")
_DOI = re.compile(r"\bDOI:?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
_CITED_AS = re.compile(
    r"^(?P<authors>[^\[\n]{10,400})\[(?P<journal>[A-Z][\w .&-]+?)\s+(?P<year>\d{4});\s*"
    r"(?P<volume>\d+)(?:\((?P<issue>[^)\]]+)\))?:\s*(?P<page>[\w–-]+)\]",
    re.MULTILINE,
)
_RUBRIC = re.compile(
    r"(?:nota cl[ií]nica|original(?: article)?|case reports?|caso cl[ií]nico|review(?: article)?|"
    r"revisi[oó]n|editorial|letter to the editor|short communication)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:what|how|which|who|when|why|is|are|can|does|qu[eé]|cu[aá]l|c[oó]mo)\b.*\?$|\?$",
    re.IGNORECASE,
)
_SECTIONS_BY_SOURCE = re.compile(
    r"^From (?:the )?(?:Guidelines|Research|Literature|Evidence)\b", re.MULTILINE
)
_PENDING = re.compile(r"pending (?:human )?review|under review", re.IGNORECASE)
_STATES = re.compile(r"^submitted\n+under review\n+approved$", re.IGNORECASE | re.MULTILINE)
_HEAD = 3_000


def is_rubric(line: str) -> bool:
    """Whether a line only names the rubric of a journal, as "Case report" above a title."""
    return bool(_RUBRIC.fullmatch(line.strip()))


def record_of(text: str, document: Document, title: str) -> Record:
    """The record of a page; ``title`` is its title, or the name of the file that has none."""
    name = title.rsplit("/", 1)[-1]
    title = re.sub(r"\.(?:txt|text)$", "", name) if name.endswith((".txt", ".text")) else title
    rubric = next((line for line in text.splitlines() if line.strip()), "")
    spanish = document.languages[0] == "es" or (is_rubric(rubric) and "nota" in rubric.lower())
    dates = said_dates(text, day_first=spanish or writes_day_first(document.languages[0]))
    csl: dict[str, Any] = {"type": "document", "title": title, "language": document.languages[0]}
    csl |= _cited_as(text)
    if match := _PMID.search(text[:_HEAD]):
        csl["PMID"] = match.group(1)
    if match := _DOI.search(text[:_HEAD]):
        csl["DOI"] = match.group(1).lower().rstrip(".")
    published = dates["published"] or csl.pop("year", "")
    csl.pop("year", None)
    if published:
        csl["issued"] = date_parts(published)
    kind, why = _kind(title, text)
    return Record(
        f"pmid:{csl['PMID']}" if "PMID" in csl else f"doi:{csl['DOI']}" if "DOI" in csl else "",
        title,
        kind,
        why,
        csl,
        review_status=_review_status(text),
        audience="patient" if kind is Kind.PATIENT_INFORMATION else "",
        licence=licence_of(text[:_HEAD]) or licence_of(text[-_HEAD:]),
        published=published,
        updated=dates["updated"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
    )


def _cited_as(text: str) -> dict[str, Any]:
    """Authors, journal, volume and pages, where a journal's page says how it is cited."""
    match = _CITED_AS.search(text[:_HEAD])
    if not match:
        return {}
    names = (one.strip() for one in match["authors"].split(","))
    found: dict[str, Any] = {
        "type": "article-journal",
        "author": [{"literal": one} for one in names if one],
        "container-title": match["journal"].title(),
    }
    return found | {
        name: match[name] for name in ("year", "volume", "issue", "page") if match[name]
    }


def _kind(title: str, text: str) -> tuple[Kind, str]:
    if _QUESTION.match(title) and _SECTIONS_BY_SOURCE.search(text):
        return (
            Kind.ANSWER_PAGE,
            "its title is a question, and sections say where the answer is from",
        )
    kind, why = guess_kind(
        title=title, text=text, fallback=Kind.REFERENCE, why="a text that states no kind"
    )
    if kind is not Kind.CASE_REPORT and (words := speaks_to_patients(text)):
        return Kind.PATIENT_INFORMATION, f"it speaks to patients: {words!r}"
    return kind, why


def _review_status(text: str) -> str:
    """What the page says of its own review, at its head."""
    if _STATES.search(text[:_HEAD]) and not _PENDING.search(_STATES.sub("", text[:_HEAD])):
        return "submitted"
    return "pending review" if _PENDING.search(text[:_HEAD]) else ""
