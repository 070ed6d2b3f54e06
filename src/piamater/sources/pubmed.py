"""PubMed: article sets in XML (PubmedArticleSet DTD, NLM), and the MEDLINE text format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from piamater.errors import EmptySourceError
from piamater.sources.dates import parse_date
from piamater.sources.decoding import decode
from piamater.sources.jats_inline import inline
from piamater.sources.pubmed_entry import LANGUAGES, Abstract, Entry, bare_title
from piamater.sources.pubmed_medline import entries_of
from piamater.sources.reader import Original
from piamater.sources.record import Reading
from piamater.sources.xml import parse, text_of


class PubmedReader:
    """Reads PubMed records."""

    name = "pubmed"
    suffixes = (".xml", ".nbib", ".txt")

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as an article set does, or as MEDLINE text."""
        if suffix == ".xml" or head.lstrip()[:1] == b"<":
            marks = (b"<PubmedArticle", b"<MedlineCitation", b"<PubmedBookArticle")
            return any(one in head for one in marks)
        return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"PMID- ")

    def read(self, original: Original) -> Iterator[Reading]:
        """The articles that have an abstract or are notices; the others are named in a warning.

        Raises:
            EmptySourceError: none has.
        """
        data = original.read()
        if data.lstrip()[:1] == b"<" or b"<PubmedArticle" in data[:4096]:
            found = list(_entries(parse(data)))
        else:
            found = list(entries_of(decode(data)))
        readings = [(one.pmid, one.reading()) for one in found]
        held = [reading for _, reading in readings if reading is not None]
        bare = [pmid for pmid, reading in readings if reading is None]
        if not held:
            raise EmptySourceError(
                "no article in it has an abstract", where=original.location, todo="leave it out"
            )
        if bare:
            more = f" and {len(bare) - 20} more" if len(bare) > 20 else ""
            told = f"without an abstract, left out: PMID {', '.join(bare[:20])}{more}"
            held[0] = replace(held[0], warnings=(told,))
        yield from held


def _entries(root: Any) -> Iterator[Entry]:
    for one in root.iter("MedlineCitation", "BookDocument"):
        if one.tag == "BookDocument":
            yield _book(one)
        elif one.find("Article") is not None:
            yield _article(one)


def _article(citation: Any) -> Entry:
    article = citation.find("Article")
    whole = citation.getparent()
    ids = _ids(whole.find("PubmedData/ArticleIdList") if whole is not None else None)
    for one in article.findall("ELocationID"):
        ids.setdefault(one.get("EIdType", ""), text_of(one))
    journal = "Journal/JournalIssue"
    return Entry(
        pmid=text_of(citation.find("PMID")),
        title=bare_title(_line(article.find("ArticleTitle"))),
        abstracts=tuple(_abstracts(article, citation)),
        published=_published(article, "ArticleDate", "Journal/JournalIssue/PubDate"),
        types=_texts(article, "PublicationTypeList/PublicationType"),
        links=tuple(
            (one.get("RefType", ""), text_of(one.find("PMID")), text_of(one.find("RefSource")))
            for one in citation.findall("CommentsCorrectionsList/CommentsCorrections")
        ),
        csl={
            "author": list(_authors(article)),
            "container-title": text_of(article.find("Journal/Title")),
            "volume": text_of(article.find(f"{journal}/Volume")),
            "issue": text_of(article.find(f"{journal}/Issue")),
            "page": text_of(article.find("Pagination/MedlinePgn")),
            "DOI": ids.get("doi", "").lower(),
            "PMCID": ids.get("pmc", ""),
            "language": _language(text_of(article.find("Language"))),
            "original-title": _line(article.find("VernacularTitle")),
            "keyword": ", ".join(_texts(citation, "KeywordList/Keyword")),
        },
        custom={"mesh": _texts(citation, "MeshHeadingList/MeshHeading/DescriptorName")},
    )


def _book(document: Any) -> Entry:
    """A chapter of a book on the shelf of the National Library of Medicine."""
    book = document.find("Book")
    whole = document.find("ArticleTitle")
    ids = _ids(document.find("ArticleIdList"))
    title = whole if whole is not None else document.find("Book/BookTitle")
    return Entry(
        pmid=text_of(document.find("PMID")),
        title=bare_title(_line(title)),
        abstracts=tuple(_abstracts(document, document)),
        published=_published(document, "ContributionDate", "Book/PubDate"),
        types=_texts(document, "PublicationType"),
        csl={
            "author": list(_authors(document)) or list(_authors(book)),
            "container-title": text_of(document.find("Book/BookTitle")),
            "publisher": text_of(document.find("Book/Publisher/PublisherName")),
            "DOI": ids.get("doi", "").lower(),
            "language": _language(text_of(document.find("Language"))),
            "keyword": ", ".join(_texts(document, "KeywordList/Keyword")),
        },
        custom={},
        book=True,
    )


def _abstracts(article: Any, citation: Any) -> Iterator[Abstract]:
    """The abstract, then those in other languages."""
    others = citation.findall("OtherAbstract")
    for one in (*article.findall("Abstract"), *others):
        parts = []
        for part in one.findall("AbstractText"):
            category = (part.get("NlmCategory") or "").replace("UNASSIGNED", "")
            if text := _line(part):
                parts.append((part.get("Label") or category, text))
        if parts:
            language = _language(one.get("Language", "")) if one in others else "en"
            yield Abstract(tuple(parts), language)


def _authors(article: Any) -> Iterator[dict[str, str]]:
    for one in article.findall("AuthorList/Author"):
        if one.find("CollectiveName") is not None:
            yield {"literal": text_of(one.find("CollectiveName"))}
        elif one.find("LastName") is not None:
            given = text_of(one.find("ForeName")) or text_of(one.find("Initials"))
            yield {"family": text_of(one.find("LastName")), "given": given}


def _published(article: Any, *paths: str) -> str:
    """The first date given as far as it goes, a named month or a season with the rest."""
    for path in paths:
        found = article.find(path)
        if found is None:
            continue
        year, month, day = (text_of(found.find(part)) for part in ("Year", "Month", "Day"))
        if not year:
            return parse_date(text_of(found.find("MedlineDate"))[:4])
        if month.isdigit():
            return parse_date("-".join((year, month.zfill(2), *([day.zfill(2)] if day else []))))
        return (parse_date(" ".join((day, month, year)).strip()) if month else "") or year
    return ""


def _ids(ids: Any) -> dict[str, str]:
    """Identifiers by their type."""
    held = ids if ids is not None else ()
    return {one.get("IdType", ""): text_of(one) for one in held}


def _language(code: str) -> str:
    return LANGUAGES.get(code.lower(), code.lower()[:2])


def _line(element: Any) -> str:
    return " ".join(inline(element).split()) if element is not None else ""


def _texts(element: Any, path: str) -> tuple[str, ...]:
    return tuple(text for one in element.findall(path) if (text := text_of(one)))
