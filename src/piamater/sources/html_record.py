"""The record of an HTML page, from its metadata: citation tags, Dublin Core, schema.org, PDQ."""

from __future__ import annotations

import json
import re
from typing import Any

from piamater.sources.dates import date_parts, parse_date
from piamater.sources.kinds import guess_kind
from piamater.sources.record import Kind, Record
from piamater.text import Document

_REVIEWED = re.compile(
    r"(?:page )?(?:last|medically) reviewed[^:\n]{0,20}:?\s*([^\n.]{4,40})", re.IGNORECASE
)
_DUE = re.compile(r"next review(?: due| date)?:?\s*([^\n.]{4,40})", re.IGNORECASE)
_LICENCE = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")


def record_of(root: Any, document: Document, name: str) -> Record:
    """The record of a page."""
    meta = _meta(root)
    data = _structured(root)
    title = meta.get("citation_title") or meta.get("dc.title") or meta.get("og:title") or ""
    title = title or _first(root, "h1") or _first(root, "title") or name
    dates = _dates(meta, data, document.text)
    kind, why = _kind(meta, title, document.text)
    cdr = meta.get("cdr_id", "")
    language = (meta.get("lang") or root.get("lang") or document.languages[0])[:2].lower()
    csl: dict[str, Any] = {
        "type": "webpage",
        "title": title,
        "author": [{"literal": one} for one in _authors(meta, data)],
        "publisher": "National Cancer Institute"
        if cdr
        else meta.get("og:site_name") or meta.get("dc.publisher", ""),
        "container-title": meta.get("citation_journal_title", ""),
        "DOI": (meta.get("citation_doi") or "").lower(),
        "PMID": meta.get("citation_pmid", ""),
        "URL": meta.get("url") or _canonical(root),
        "language": language,
        "abstract": meta.get("description", ""),
    }
    if dates["published"]:
        csl["issued"] = date_parts(dates["published"])
    audience = meta.get("audience", "").lower()
    return Record(
        f"pdq:CDR{cdr.zfill(10)}:{language}" if cdr else "",
        title,
        kind,
        why,
        {key: value for key, value in csl.items() if value},
        licence="US public domain" if cdr else _licence(root),
        audience="patient"
        if "patient" in audience
        else "clinician"
        if "profession" in audience
        else "",
        published=dates["published"],
        updated=dates["updated"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
    )


def _meta(root: Any) -> dict[str, str]:
    """The page's meta tags by lower-case name; the first of each counts."""
    found: dict[str, str] = {}
    for one in root.iter("meta"):
        name = (one.get("name") or one.get("property") or one.get("itemprop") or "").lower()
        if name and (content := (one.get("content") or "").strip()):
            found.setdefault(name.replace("dcterms.", "dc."), content)
    return found


def _structured(root: Any) -> dict[str, Any]:
    """The fields of the page's schema.org objects, merged."""
    found: dict[str, Any] = {}
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                held = json.loads(script.text or "")
            except json.JSONDecodeError:
                continue
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict):
                    for inner in one.get("@graph", [one]):
                        found |= inner if isinstance(inner, dict) else {}
    return found


def _dates(meta: dict[str, str], data: dict[str, Any], text: str) -> dict[str, str]:
    """Published, updated, reviewed and due dates, from metadata first, then the page's words."""
    reviewed = _REVIEWED.search(text)
    due = _DUE.search(text)
    return {
        "published": parse_date(
            meta.get("citation_publication_date")
            or meta.get("date_posted")
            or meta.get("article:published_time")
            or meta.get("dc.date")
            or str(data.get("datePublished", ""))
        ),
        "updated": parse_date(
            meta.get("date_updated")
            or meta.get("article:modified_time")
            or meta.get("dc.modified")
            or str(data.get("dateModified", ""))
        ),
        "reviewed": parse_date(
            str(data.get("lastReviewed", "")) or (reviewed.group(1) if reviewed else "")
        ),
        "review_due": parse_date(due.group(1)) if due else "",
    }


def _kind(meta: dict[str, str], title: str, text: str) -> tuple[Kind, str]:
    audience = meta.get("audience", "")
    if audience.lower().startswith("patient"):
        return Kind.PATIENT_INFORMATION, f"the page's audience is {audience!r}"
    if meta.get("cdr_id"):
        return Kind.REFERENCE, f"a PDQ summary of evidence for {audience or 'professionals'}"
    return guess_kind(
        types=[meta.get("citation_article_type", "")],
        title=title,
        text="",
        fallback=Kind.PATIENT_INFORMATION,
        why="a web page that states no kind",
    )


def _authors(meta: dict[str, str], data: dict[str, Any]) -> list[str]:
    if author := meta.get("citation_author") or meta.get("dc.creator") or meta.get("author"):
        return [author]
    held = data.get("author")
    names = [
        one.get("name")
        for one in (held if isinstance(held, list) else [held])
        if isinstance(one, dict)
    ]
    return [str(one) for one in names if one]


def _first(root: Any, tag: str) -> str:
    found = root.find(f".//{tag}")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _canonical(root: Any) -> str:
    return next(
        (one.get("href", "") for one in root.iter("link") if one.get("rel") == "canonical"), ""
    )


def _licence(root: Any) -> str:
    for one in root.iter("a", "link"):
        if match := _LICENCE.search(one.get("href") or ""):
            return f"CC-{match.group(1).upper()}-{match.group(2)}"
    return ""
