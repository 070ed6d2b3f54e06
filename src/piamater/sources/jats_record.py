"""The record of a JATS article: bibliography, kind, licence, dates and notices."""

from __future__ import annotations

import re
from typing import Any

from piamater.sources.dates import date_parts, parse_date
from piamater.sources.jats_inline import XLINK, inline
from piamater.sources.kinds import guess_kind
from piamater.sources.record import Kind, Notice, NoticeKind, Record
from piamater.sources.xml import text_of

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LICENCE = re.compile(r"creativecommons\.org/(licenses/([a-z-]+)/(\d(?:\.\d)?)|publicdomain/zero)")

_NOTICES = ("correction", "retraction", "expression of concern", "addendum", "partial retraction")
_OPINIONS = (
    *("editorial", "letter", "discussion", "article commentary", "book review", "reply", "news"),
    *("introduction", "obituary", "announcement", "product review", "oration"),
)
_ABOUT_OTHERS = {
    "retracted-article": NoticeKind.RETRACTION,
    "corrected-article": NoticeKind.CORRECTION,
    "object-of-concern": NoticeKind.CONCERN,
    "partial-retraction-of": NoticeKind.CORRECTION,
    "addended-article": NoticeKind.CORRECTION,
}
_ABOUT_ITSELF = {
    "retraction-forward": NoticeKind.RETRACTION,
    "correction-forward": NoticeKind.CORRECTION,
    "concern-forward": NoticeKind.CONCERN,
    "expression-of-concern": NoticeKind.CONCERN,
    "partial-retraction": NoticeKind.CORRECTION,
}


def record_of(root: Any, text: str, found: tuple[Notice, ...]) -> Record:
    """The record of an article; ``text`` is the beginning of its document."""
    meta = root.find(".//article-meta")
    title = _title(meta) or "Untitled article"
    ids = {one.get("pub-id-type"): text_of(one) for one in meta.findall("article-id")}
    pmcid = ids.get("pmc") or ids.get("pmcid") or ""
    pmcid = f"PMC{pmcid.removeprefix('PMC')}" if pmcid else ""
    journal = text_of(root.find(".//journal-title"))
    published = _published(meta)
    sort = root.get("article-type", "").replace("-", " ")
    subjects = [text_of(one) for one in meta.iter("subject")][:4]
    kind, why = _kind(sort, subjects, title, text)
    csl: dict[str, Any] = {
        "type": "article-journal",
        "title": title,
        "author": list(_authors(meta)),
        "container-title": journal,
        "publisher": text_of(root.find(".//publisher-name")),
        "DOI": ids.get("doi", "").lower(),
        "PMID": ids.get("pmid", ""),
        "PMCID": pmcid,
        "URL": f"https://doi.org/{ids['doi'].lower()}" if ids.get("doi") else "",
        "volume": text_of(meta.find("volume")),
        "issue": text_of(meta.find("issue")),
        "page": text_of(meta.find("fpage")) or text_of(meta.find("elocation-id")),
        "language": (root.get(_LANG) or "en").lower(),
        "keyword": ", ".join(text_of(one) for one in meta.iter("kwd")),
    }
    if published:
        csl["issued"] = date_parts(published)
    identifier = (
        f"pmid:{ids['pmid']}" if ids.get("pmid")
        else f"doi:{ids['doi'].lower()}" if ids.get("doi")
        else f"pmcid:{pmcid}" if pmcid else ""
    )  # fmt: skip
    return Record(
        identifier,
        title,
        kind,
        why,
        {key: value for key, value in csl.items() if value},
        licence=_licence(meta),
        published=published,
        audience="clinician",
        notices=found,
    )


def _kind(sort: str, subjects: list[str], title: str, text: str) -> tuple[Kind, str]:
    """The kind of an article; one that reports no study of its own is no cohort."""
    if sort in _NOTICES:
        return Kind.REFERENCE, f"article type {sort!r}: a notice about another article"
    if sort in _OPINIONS:
        return guess_kind(
            types=[sort, *subjects], title=title, fallback=Kind.NARRATIVE_REVIEW,
            why=f"article type {sort!r}: no study of its own",
        )  # fmt: skip
    return guess_kind(
        types=[sort, *subjects], title=title, text=text, fallback=Kind.COHORT,
        why="an article of a journal that says no more of its design",
    )  # fmt: skip


def _title(meta: Any) -> str:
    """The title and subtitle, without the marks of notes."""
    group = meta.find("title-group")
    if group is None:
        return ""
    parts = [group.find("article-title"), *group.findall("subtitle")]
    found = [" ".join(inline(one).split()).rstrip("*†‡ ") for one in parts if one is not None]
    return ": ".join(one.rstrip(":") for one in found if one)


def notices(root: Any) -> tuple[Notice, ...]:
    """What an article says of its own standing, and of that of others."""
    meta = root.find(".//article-meta")
    doi = next(
        (
            text_of(one).lower()
            for one in meta.findall("article-id")
            if one.get("pub-id-type") == "doi"
        ),
        "",
    )
    day = _published(meta)
    found = []
    for related in meta.iter("related-article"):
        sort = related.get("related-article-type", "")
        target = _target(related)
        if sort in _ABOUT_OTHERS and target:
            found.append(Notice(_ABOUT_OTHERS[sort], target, day, f"doi:{doi}" if doi else ""))
        elif sort in _ABOUT_ITSELF:
            found.append(Notice(_ABOUT_ITSELF[sort], "", "", target))
    title = _title(meta)
    if re.match(r"(?:\[?retracted\b|withdrawn\b)", title, re.IGNORECASE):
        found.append(Notice(NoticeKind.RETRACTION))
    return tuple(dict.fromkeys(found))


def _target(related: Any) -> str:
    """The identifier of the article that a link goes to."""
    link = (related.get(XLINK) or "").strip()
    sort = related.get("ext-link-type", "")
    doi = re.search(r"10\.\d{4,9}/\S+", link)
    if doi:
        return f"doi:{doi.group().lower().rstrip('.')}"
    if sort in ("pubmed", "pmid") and link.isdigit():
        return f"pmid:{link}"
    pmc = re.search(r"PMC\d+", link)
    return f"pmcid:{pmc.group().lower()}" if pmc else ""


def _authors(meta: Any) -> Any:
    for one in meta.findall("contrib-group/contrib"):
        if one.get("contrib-type", "author") != "author":
            continue
        name = one.find("name")
        if name is None:
            name = one.find("name-alternatives/name")
        if name is not None:
            yield {
                "family": text_of(name.find("surname")),
                "given": text_of(name.find("given-names")),
            }
        elif one.find("collab") is not None:
            yield {"literal": " ".join((one.find("collab").text or "").split()) or "A group"}


def _published(meta: Any) -> str:
    """The earliest full date of publication, as far as it is given."""
    dates = []
    for one in meta.findall("pub-date"):
        year, month, day = (text_of(one.find(part)) for part in ("year", "month", "day"))
        if year.isdigit():
            dates.append(_iso(year, month, day))
    return min(dates, key=lambda iso: (iso[:4], -len(iso), iso), default="")


def _iso(year: str, month: str, day: str) -> str:
    """A date of its parts, the month in figures or by its name."""
    if month.isdigit():
        return parse_date("-".join((year, month.zfill(2), *([day.zfill(2)] if day else []))))
    if month:
        return parse_date(f"{day} {month} {year}" if day else f"{month} {year}") or year
    return year


def _licence(meta: Any) -> str:
    """The licence as an SPDX identifier where it is a Creative Commons one, else its address."""
    for licence in meta.iter("license"):
        links = [licence.get(XLINK) or "", *((one.get(XLINK) or "") for one in licence.iter())]
        said = " ".join([*links, text_of(licence)])
        if match := _LICENCE.search(said):
            number = f"{match.group(3)}.0"[:3] if match.group(3) else ""
            return f"CC-{match.group(2).upper()}-{number}" if number else "CC0-1.0"
        if "Creative Commons Attribution" in said:
            return "CC-BY-4.0" if "4.0" in said else "CC-BY"
    return ""
