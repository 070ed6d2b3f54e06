"""The record of a page saved as text, from what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from piamater.sources.dates import date_parts, parse_date
from piamater.sources.kinds import guess_kind
from piamater.sources.record import Kind, Record
from piamater.text import Document

_SAID = {
    "updated": re.compile(
        r"last updated:?\s*([^\n]{4,40})|actualizado:?\s*([^\n]{4,40})", re.IGNORECASE
    ),
    "reviewed": re.compile(r"(?:last|medically) reviewed:?\s*([^\n]{4,40})", re.IGNORECASE),
    "review_due": re.compile(r"next review(?: due| date)?:?\s*([^\n]{4,40})", re.IGNORECASE),
    "published": re.compile(
        r"publication date:?\s*([^\n]{4,20})|publicado:?\s*([^\n]{4,30})", re.IGNORECASE
    ),
}
_PMID = re.compile(r"\bPMID:?\s*(\d{5,9})")
_DOI = re.compile(r"\bDOI:?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
_CITED_AS = re.compile(
    r"^(?P<authors>[^\[\n]{10,400})\["
    r"(?P<journal>[A-Z][\w .&-]+?)\s+(?P<year>\d{4});[^\]]+\]",
    re.MULTILINE,
)
_RUBRIC = re.compile(r"(?:nota cl[ií]nica|original|case report|caso cl[ií]nico)", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:what|how|which|who|when|why|is|are|can|does|qu[eé]|cu[aá]l|c[oó]mo)\b.*\?$|\?$",
    re.IGNORECASE,
)
_PENDING = re.compile(
    r"pending (?:human )?review|submitted\n+under review\n+approved", re.IGNORECASE
)


def record_of(text: str, document: Document, name: str) -> Record:
    """The record of a page."""
    title = _title(text, name)
    dates = {what: _said(pattern, text) for what, pattern in _SAID.items()}
    csl: dict[str, Any] = {"type": "document", "title": title, "language": document.languages[0]}
    if match := _CITED_AS.search(text):
        csl |= {
            "type": "article-journal",
            "author": [
                {"literal": one.strip()} for one in match["authors"].split(",") if one.strip()
            ],
            "container-title": match["journal"].title(),
        }
        dates["published"] = dates["published"] or match["year"]
    if match := _PMID.search(text):
        csl["PMID"] = match.group(1)
    if match := _DOI.search(text):
        csl["DOI"] = match.group(1).lower().rstrip(".")
    if dates["published"]:
        csl["issued"] = date_parts(dates["published"])
    kind, why = _kind(title, text)
    identifier = (
        f"pmid:{csl['PMID']}" if "PMID" in csl else f"doi:{csl['DOI']}" if "DOI" in csl else ""
    )
    return Record(
        identifier,
        title,
        kind,
        why,
        csl,
        review_status=_review_status(text),
        audience="patient" if kind is Kind.PATIENT_INFORMATION else "",
        licence="open access" if "OPEN ACCESS" in text else "",
        published=dates["published"],
        updated=dates["updated"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
    )


def _title(text: str, name: str) -> str:
    """The first line that can be a title; where it only names a rubric, the next one."""
    lines = [" ".join(line.split()) for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    for line in lines[:3]:
        if (
            len(lines) > 1
            and len(line) <= 200
            and not line.endswith((".", ";"))
            and not _RUBRIC.fullmatch(line)
        ):
            return line
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _said(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return parse_date(next(one for one in match.groups() if one)) if match else ""


def _kind(title: str, text: str) -> tuple[Kind, str]:
    if _QUESTION.match(title) and re.search(
        r"^From the (?:Guidelines|Research)\b", text, re.MULTILINE
    ):
        return (
            Kind.ANSWER_PAGE,
            "its title is a question, and sections say where the answer is from",
        )
    kind, why = guess_kind(
        title=title, text=text, fallback=Kind.REFERENCE, why="a text that states no kind"
    )
    if kind is Kind.CASE_REPORT:
        return kind, why
    if re.search(
        r"your (?:doctor|cancer specialist|specialist nurse|individual outlook)|for patients|"
        r"patient (?:tools|mode)|su m[eé]dico|আপনার ডাক্তার",
        text,
        re.IGNORECASE,
    ):
        return Kind.PATIENT_INFORMATION, "it speaks to patients"
    return kind, why


def _review_status(text: str) -> str:
    """What the page says of its own review."""
    if match := _PENDING.search(text):
        return "pending review" if "pending" in match.group().lower() else "submitted"
    return ""
