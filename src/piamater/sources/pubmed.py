"""PubMed: article sets in XML as efetch gives them (PubmedArticleSet DTD)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from piamater.errors import EmptySourceError
from piamater.sources.dates import date_parts, parse_date
from piamater.sources.kinds import guess_kind
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Notice, NoticeKind, Reading, Record
from piamater.sources.xml import parse, text_of
from piamater.text import DocumentBuilder

_LANGUAGES = {"eng": "en", "spa": "es", "ben": "bn"}
_NOTICES = {
    "RetractionIn": NoticeKind.RETRACTION,
    "PartialRetractionIn": NoticeKind.CORRECTION,
    "ErratumIn": NoticeKind.CORRECTION,
    "CorrectedandRepublishedIn": NoticeKind.CORRECTION,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "UpdateIn": NoticeKind.SUPERSESSION,
}
_ABOUT = {
    "RetractionOf": NoticeKind.RETRACTION,
    "ErratumFor": NoticeKind.CORRECTION,
    "ExpressionOfConcernFor": NoticeKind.CONCERN,
    "UpdateOf": NoticeKind.SUPERSESSION,
}


class PubmedReader:
    """Reads PubMed records."""

    name = "pubmed"
    suffixes = (".xml",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a PubMed article set does."""
        return b"<PubmedArticle" in head or b"<MedlineCitation" in head

    def read(self, original: Original) -> Iterator[Reading]:
        """The articles that have an abstract; the others are named in a warning.

        Raises:
            EmptySourceError: none has.
        """
        root = parse(original.read())
        readings: list[Reading] = []
        bare: list[str] = []
        for article in root.iter("MedlineCitation"):
            reading = _reading(article)
            if reading is None:
                bare.append(text_of(article.find("PMID")))
            else:
                readings.append(reading)
        if not readings:
            raise EmptySourceError(
                "no article in it has an abstract", where=original.location, todo="leave it out"
            )
        if bare:
            told = f"without an abstract, left out: PMID {', '.join(bare[:20])}"
            readings[0] = Reading(
                readings[0].record, readings[0].document, readings[0].references, (told,)
            )
        yield from readings


def _reading(citation: Any) -> Reading | None:
    """One article; None where it has no abstract and no notice."""
    article = citation.find("Article")
    found = tuple(_notices(citation))
    parts = article.findall("Abstract/AbstractText") if article is not None else []
    if not any(text_of(one) for one in parts) and not found:
        return None
    language = _LANGUAGES.get(text_of(article.find("Language")), "")
    builder = DocumentBuilder(language if not article.findall("Abstract") else "en")
    title = text_of(article.find("ArticleTitle")).strip("[]") or "Untitled article"
    if not any(text_of(one) for one in parts):
        builder.paragraph(title)
    for part in parts:
        label = (part.get("Label") or part.get("NlmCategory") or "Abstract").capitalize()
        if part.get("Label") or part is parts[0]:
            builder.heading(label, 1, locator="Abstract")
        builder.paragraph(text_of(part), locator="AbstractText")
    for other in citation.findall("OtherAbstract"):
        spoken = _LANGUAGES.get(other.get("Language", ""), "")
        builder.heading(f"Abstract ({spoken or other.get('Language', 'other')})", 1)
        for part in other.findall("AbstractText"):
            builder.paragraph(text_of(part), language=spoken)
    document = builder.build()
    return Reading(_record(citation, article, title, document.text, found), document)


def _record(
    citation: Any, article: Any, title: str, text: str, found: tuple[Notice, ...]
) -> Record:
    pmid = text_of(citation.find("PMID"))
    types = [text_of(one) for one in article.iter("PublicationType")]
    kind, why = guess_kind(
        types=types, title=title, text=text, fallback=Kind.COHORT,
        why="a journal article whose record names no design",
    )  # fmt: skip
    published = _published(article)
    doi = next(
        (
            text_of(one).lower()
            for one in article.findall("ELocationID")
            if one.get("EIdType") == "doi"
        ),
        "",
    )
    journal = article.find("Journal")
    csl: dict[str, Any] = {
        "type": "article-journal",
        "title": title,
        "author": list(_authors(article)),
        "container-title": text_of(journal.find("Title")) if journal is not None else "",
        "volume": text_of(article.find("Journal/JournalIssue/Volume")),
        "issue": text_of(article.find("Journal/JournalIssue/Issue")),
        "page": text_of(article.find("Pagination/MedlinePgn")),
        "DOI": doi,
        "PMID": pmid,
        "URL": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        "language": _LANGUAGES.get(text_of(article.find("Language")), ""),
        "custom": {"mesh": [text_of(one) for one in citation.iter("DescriptorName")]},
    }
    if published:
        csl["issued"] = date_parts(published)
    if "Retracted Publication" in types:
        found = (*found, Notice(NoticeKind.RETRACTION))
    return Record(
        f"pmid:{pmid}",
        title,
        kind,
        why,
        {key: value for key, value in csl.items() if value},
        published=published,
        audience="clinician",
        notices=tuple(dict.fromkeys(found)),
    )


def _authors(article: Any) -> Iterator[dict[str, str]]:
    for one in article.iter("Author"):
        if one.find("CollectiveName") is not None:
            yield {"literal": text_of(one.find("CollectiveName"))}
        elif one.find("LastName") is not None:
            yield {"family": text_of(one.find("LastName")), "given": text_of(one.find("ForeName"))}


def _published(article: Any) -> str:
    for path in ("ArticleDate", "Journal/JournalIssue/PubDate"):
        found = article.find(path)
        if found is not None:
            words = [text_of(found.find(part)) for part in ("Year", "Month", "Day")]
            year, month, day = words
            if year and month.isdigit():
                return parse_date("-".join(word for word in (year, month.zfill(2), day) if word))
            if year:
                return (
                    parse_date(f"{day} {month} {year}".strip())
                    if day
                    else (parse_date(f"1 {month} {year}")[:7] if month else year)
                )
            if season := text_of(found.find("MedlineDate")):
                return parse_date(season[:4])
    return ""


def _notices(citation: Any) -> Iterator[Notice]:
    """Retractions, corrections, concerns and updates that a record tells of."""
    for one in citation.iter("CommentsCorrections"):
        sort = one.get("RefType", "")
        pmid = text_of(one.find("PMID"))
        if sort in _NOTICES:
            yield Notice(
                _NOTICES[sort], "", "", f"pmid:{pmid}" if pmid else text_of(one.find("RefSource"))
            )
        elif sort in _ABOUT and pmid:
            yield Notice(_ABOUT[sort], f"pmid:{pmid}", "", f"pmid:{text_of(citation.find('PMID'))}")
