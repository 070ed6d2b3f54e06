"""Citing a guide: as text, CSL-JSON, RIS and BibTeX; all made from the one CSL-JSON item."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from piamater.guides import Edition, Guide

Writer = Callable[[Edition, Guide, str, str], str]


@dataclass(frozen=True, slots=True)
class CiteFormat:
    """A file format for citations; ``write`` takes edition, guide, address and the site's name."""

    name: str
    content_type: str
    write: Writer


def cite_formats() -> dict[str, CiteFormat]:
    """The formats by file suffix."""
    return {
        "ris": CiteFormat("RIS", "application/x-research-info-systems; charset=utf-8", _ris),
        "bib": CiteFormat("BibTeX", "application/x-bibtex; charset=utf-8", _bibtex),
        "json": CiteFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", _csl),
    }


def csl_item(edition: Edition, guide: Guide, address: str, site: str) -> dict[str, Any]:
    """A guide as a CSL-JSON item (CSL 1.0.2 schema): a web page in its edition."""
    year, month, day = map(int, edition.published.split("-"))
    item: dict[str, Any] = {
        "id": f"{edition.guide}-{edition.number}",
        "type": "webpage",
        "title": guide.title,
        "author": [{"literal": one} for one in guide.authors],
        "container-title": site,
        "issued": {"date-parts": [[year, month, day]]},
        "version": str(edition.number),
        "language": guide.language,
        "URL": address,
        "note": f"Edition {edition.number}, content SHA-256 {edition.hash}",
    }
    if doi := guide.front.get("doi"):
        item["DOI"] = str(doi)
    return item


def citation_text(edition: Edition, guide: Guide, address: str, site: str) -> str:
    """A citation in words, in the manner of the NLM's guide for web sites (Patrias, 2007)."""
    authors = ", ".join(guide.authors)
    return (
        f"{authors}. {guide.title} [Internet]. {site}; edition {edition.number}, "
        f"{edition.published}. Available from: {address}"
    )


def _csl(edition: Edition, guide: Guide, address: str, site: str) -> str:
    return json.dumps([csl_item(edition, guide, address, site)], ensure_ascii=False, indent=1)


def _ris(edition: Edition, guide: Guide, address: str, site: str) -> str:
    import rispy

    item = csl_item(edition, guide, address, site)
    entry = {
        "type_of_reference": "ELEC",
        "title": item["title"],
        "authors": [one["literal"] for one in item["author"]],
        "secondary_title": item["container-title"],
        "year": edition.published[:4],
        "date": edition.published.replace("-", "/"),
        "edition": item["version"],
        "language": item["language"],
        "urls": [item["URL"]],
        "notes": [item["note"]],
    }
    if "DOI" in item:
        entry["doi"] = item["DOI"]
    return str(rispy.dumps([entry]))


def _bibtex(edition: Edition, guide: Guide, address: str, site: str) -> str:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    item = csl_item(edition, guide, address, site)
    fields = {
        "title": f"{{{item['title']}}}",
        "author": " and ".join(f"{{{one['literal']}}}" for one in item["author"]),
        "organization": item["container-title"],
        "year": edition.published[:4],
        "month": str(int(edition.published[5:7])),
        "edition": item["version"],
        "language": item["language"],
        "url": item["URL"],
        "note": item["note"],
    }
    if "DOI" in item:
        fields["doi"] = item["DOI"]
    library = Library()
    library.add(Entry("misc", item["id"], [Field(key, value) for key, value in fields.items()]))
    return str(write_string(library))
