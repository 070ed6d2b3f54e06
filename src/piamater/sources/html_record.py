"""The record of an HTML page, from its metadata: citation tags, Dublin Core, schema.org, PDQ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from piamater.sources.dates import date_parts, parse_date, said_dates, writes_day_first
from piamater.sources.kinds import guess_kind, speaks_to_patients
from piamater.sources.licences import licence_of
from piamater.sources.record import Kind, Record
from piamater.text import Document

Said = Mapping[str, list[str]]
"""What a page's meta tags say, by lower-case name, in order."""

_ABOUT_THE_PAGE = (
    "article", "webpage", "medicalwebpage", "scholarlyarticle", "medicalscholarlyarticle",
    "newsarticle", "blogposting", "medicalcondition", "faqpage", "creativework", "book", "report",
)  # fmt: skip
_PUBLISHED = ("citation_publication_date", "citation_date", "date_posted",
              "article:published_time", "dc.issued", "dc.date")  # fmt: skip
_UPDATED = ("date_updated", "article:modified_time", "og:updated_time", "dc.modified",
            "last-modified")  # fmt: skip
_CSL = {
    "DOI": ("citation_doi", "dc.identifier.doi"), "PMID": ("citation_pmid",),
    "container-title": ("citation_journal_title",), "volume": ("citation_volume",),
    "issue": ("citation_issue",), "page": ("citation_firstpage",),
    "publisher": ("citation_publisher", "og:site_name", "dc.publisher"),
    "abstract": ("description", "dc.description", "og:description"),
}  # fmt: skip


def record_of(root: Any, document: Document, name: str) -> Record:
    """The record of a page."""
    said = _meta(root)
    data = _structured(root)
    title = _title(root, said) or name
    url = (
        _one(said, "url", "citation_abstract_html_url") or _canonical(root) or _one(said, "og:url")
    )
    locale = _one(said, "og:locale") or root.get("lang") or document.languages[0]
    language = (_one(said, "lang") or root.get("lang") or document.languages[0])[:2].lower()
    dates = _dates(said, data, document.text, writes_day_first(locale))
    kind, why = _kind(said, title, url, document.text)
    cdr = _one(said, "cdr_id")
    csl: dict[str, Any] = {
        "type": "article-journal" if "citation_journal_title" in said else "webpage",
        "title": title,
        "author": [{"literal": one} for one in _authors(said, data)],
        "URL": url,
        "language": language,
    }
    csl |= {field: _one(said, *names) for field, names in _CSL.items()}
    csl["DOI"] = csl["DOI"].lower().removeprefix("doi:").removeprefix("https://doi.org/")
    if cdr:
        csl["publisher"] = "National Cancer Institute"
    if dates["published"]:
        csl["issued"] = date_parts(dates["published"])
    return Record(
        _identifier(cdr, language, csl),
        title,
        kind,
        why,
        {key: value for key, value in csl.items() if value},
        licence="US public domain" if cdr else _licence(root, said, data),
        audience=_audience(said, kind),
        published=dates["published"],
        updated=dates["updated"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
    )


def _meta(root: Any) -> Said:
    found: dict[str, list[str]] = {}
    for one in root.iter("meta"):
        name = (one.get("name") or one.get("property") or one.get("itemprop") or "").lower()
        if name and (content := (one.get("content") or "").strip()):
            found.setdefault(name.replace("dcterms.", "dc."), []).append(content)
    return found


def _one(said: Said, *names: str) -> str:
    """The first value of the first of these names that the page has."""
    return next((said[name][0] for name in names if name in said), "")


def _structured(root: Any) -> dict[str, Any]:
    """The fields of the schema.org object about the page itself; the first that says it counts."""
    found: dict[str, Any] = {}
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                held = json.loads(script.text or "")
            except (json.JSONDecodeError, RecursionError):
                continue
            for one in _objects(held):
                types = one.get("@type")
                names = types if isinstance(types, list) else [types]
                if any(str(name).lower() in _ABOUT_THE_PAGE for name in names):
                    found = one | found
    return found


def _objects(held: Any) -> Iterator[dict[str, Any]]:
    for one in held if isinstance(held, list) else [held]:
        if isinstance(one, dict):
            graph = one.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict))
                if isinstance(graph, list)
                else (one,)
            )


def _title(root: Any, said: Said) -> str:
    """The title as cited; else the one main heading of the page; else what its head says."""
    headings = [
        text for one in root.iter("h1") if (text := " ".join("".join(one.itertext()).split()))
    ]
    head = root.find(".//title")
    return (
        _one(said, "citation_title", "dc.title")
        or (headings[0] if len(set(headings)) == 1 else "")
        or _one(said, "og:title")
        or (" ".join((head.text or "").split()) if head is not None else "")
        or (headings[0] if headings else "")
    )


def _dates(
    said: Said, data: Mapping[str, Any], text: str, day_first: bool | None
) -> dict[str, str]:
    """Published, updated, reviewed and due dates, from metadata first, then the page's words."""
    words = said_dates(text, day_first=day_first)
    meta = {
        "published": _one(said, *_PUBLISHED) or data.get("datePublished"),
        "updated": _one(said, *_UPDATED) or data.get("dateModified"),
        "reviewed": data.get("lastReviewed"),
        "review_due": None,
    }
    return {
        what: parse_date(str(value or ""), day_first=day_first) or words[what]
        for what, value in meta.items()
    }


def _kind(said: Said, title: str, url: str, text: str) -> tuple[Kind, str]:
    audience = _one(said, "audience")
    if audience.lower().startswith("patient"):
        return Kind.PATIENT_INFORMATION, f"the page's audience is {audience!r}"
    if "cdr_id" in said:
        return Kind.REFERENCE, f"a PDQ summary of evidence for {audience or 'professionals'}"
    kind, why = guess_kind(
        types=said.get("citation_article_type", []) + said.get("dc.type", []),
        title=title,
        url=url,
        fallback=Kind.REFERENCE,
        why="a web page that states no kind",
    )
    if kind is Kind.REFERENCE and (words := speaks_to_patients(text)):
        return Kind.PATIENT_INFORMATION, f"it speaks to patients: {words!r}"
    return kind, why


def _audience(said: Said, kind: Kind) -> str:
    audience = _one(said, "audience").lower()
    if "patient" in audience or (not audience and kind is Kind.PATIENT_INFORMATION):
        return "patient"
    return "clinician" if "profession" in audience else ""


def _identifier(cdr: str, language: str, csl: Mapping[str, Any]) -> str:
    if cdr:
        return f"pdq:CDR{cdr.zfill(10)}:{language}"
    if csl["PMID"]:
        return f"pmid:{csl['PMID']}"
    return f"doi:{csl['DOI']}" if csl["DOI"] else ""


def _authors(said: Said, data: Mapping[str, Any]) -> list[str]:
    for name in ("citation_author", "dc.creator", "author", "article:author"):
        if named := [one for one in said.get(name, []) if "://" not in one]:
            return named
    held = data.get("author")
    names = (
        one.get("name") if isinstance(one, dict) else one
        for one in (held if isinstance(held, list) else [held])
    )
    return [str(one) for one in names if one]


def _canonical(root: Any) -> str:
    links = (one for one in root.iter("link") if one.get("rel") == "canonical")
    return next((one.get("href", "") for one in links), "")


def _licence(root: Any, said: Said, data: Mapping[str, Any]) -> str:
    """A licence that the page names by metadata or by a link, never by mere mention."""
    stated = [
        *said.get("dc.rights", []),
        *said.get("citation_license", []),
        str(data.get("license")),
    ]
    stated += [
        one.get("href") or "" for one in root.iter("a", "link") if one.get("rel") == "license"
    ]
    stated += [
        one.get("href") or ""
        for one in root.iter("a")
        if "creativecommons.org" in (one.get("href") or "")
    ]
    return next((found for one in stated if (found := licence_of(one))), "")
