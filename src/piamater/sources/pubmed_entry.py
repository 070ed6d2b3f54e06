"""A PubMed record in either of its formats, and what becomes of it: record and document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from piamater.sources.dates import date_parts
from piamater.sources.kinds import guess_kind
from piamater.sources.record import Kind, Notice, NoticeKind, Reading, Record
from piamater.text import DocumentBuilder

LANGUAGES = {"eng": "en", "spa": "es", "ben": "bn", "por": "pt", "fre": "fr", "ger": "de"}

IN_OTHERS = {
    "RetractionIn": NoticeKind.RETRACTION,
    "PartialRetractionIn": NoticeKind.CORRECTION,
    "ErratumIn": NoticeKind.CORRECTION,
    "CorrectedandRepublishedIn": NoticeKind.CORRECTION,
    "RetractedandRepublishedIn": NoticeKind.RETRACTION,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "UpdateIn": NoticeKind.SUPERSESSION,
}
"""What is said elsewhere of this article, by the type of the link."""

ABOUT_OTHERS = {
    "RetractionOf": NoticeKind.RETRACTION,
    "PartialRetractionOf": NoticeKind.CORRECTION,
    "ErratumFor": NoticeKind.CORRECTION,
    "CorrectedandRepublishedFrom": NoticeKind.CORRECTION,
    "RetractedandRepublishedFrom": NoticeKind.RETRACTION,
    "ExpressionOfConcernFor": NoticeKind.CONCERN,
    "UpdateOf": NoticeKind.SUPERSESSION,
}
"""What this article says of another, by the type of the link."""

_SPECIFIC = (
    *("guideline", "consensus", "meta-analysis", "systematic review", "randomized"),
    *("clinical trial", "observational", "case reports", "review"),
)
_NOTICES = ("Published Erratum", "Retraction of Publication", "Expression of Concern")
_OPINIONS = ("Editorial", "Letter", "Comment", "News", "Interview", "Biography")


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract: its parts as (label, text), the label empty where it has none."""

    parts: tuple[tuple[str, str], ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a PubMed record holds, whichever way it was written; ``csl`` as far as it goes."""

    pmid: str
    title: str
    abstracts: tuple[Abstract, ...] = ()
    published: str = ""
    types: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()  # type, PMID, words of the source
    csl: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, Sequence[str]] = field(default_factory=dict)
    book: bool = False

    def reading(self) -> Reading | None:
        """The record and its document; None where it has neither an abstract nor a notice."""
        notices = self._notices()
        if not self.abstracts and not notices:
            return None
        document = self._document()
        kind, why = self._kind(document.text)
        csl = {
            "type": "chapter" if self.book else "article-journal",
            "title": self.title,
            **self.csl,
            "PMID": self.pmid,
            "URL": f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/",
            "issued": date_parts(self.published) if self.published else None,
            "custom": {key: list(value) for key, value in self.custom.items() if value},
        }
        record = Record(
            f"pmid:{self.pmid}",
            self.title,
            kind,
            why,
            {key: value for key, value in csl.items() if value},
            published=self.published,
            audience="clinician",
            notices=notices,
        )
        return Reading(record, document)

    def _document(self) -> Any:
        """The abstracts; where there is none, the title, which then tells of another article."""
        builder = DocumentBuilder("en")
        if not self.abstracts:
            builder.paragraph(self.title, locator="ArticleTitle")
        for number, abstract in enumerate(self.abstracts):
            over = f"Abstract ({abstract.language})" if number else "Abstract"
            builder.leave()
            if number:
                builder.heading(over, 1, locator="OtherAbstract")
            for place, (label, text) in enumerate(abstract.parts):
                if label or (not place and not number):
                    builder.heading(label.capitalize() or over, 2 if number else 1)
                builder.paragraph(text, locator="AbstractText", language=abstract.language)
        return builder.build()

    def _kind(self, text: str) -> tuple[Kind, str]:
        """The kind by the publication types, the most telling first."""
        for one in self.types:
            if one in _NOTICES:
                return Kind.REFERENCE, f"publication type {one!r}: a notice about another article"
        ranked = sorted(self.types, key=_rank)
        opinion = next((one for one in self.types if one in _OPINIONS), "")
        if opinion or self.book:
            return guess_kind(
                types=ranked,
                title=self.title,
                fallback=Kind.NARRATIVE_REVIEW,
                why="a chapter of a book" if self.book else f"publication type {opinion!r}",
            )
        return guess_kind(
            types=ranked,
            title=self.title,
            text=text,
            fallback=Kind.COHORT,
            why="a journal article whose record names no design",
        )

    def _notices(self) -> tuple[Notice, ...]:
        """Retractions, corrections, concerns and updates that the record tells of."""
        found = []
        for sort, pmid, source in self.links:
            if sort in IN_OTHERS:
                by = f"pmid:{pmid}" if pmid else source
                found.append(Notice(IN_OTHERS[sort], "", "", by))
            elif sort in ABOUT_OTHERS and pmid:
                about = f"pmid:{pmid}"
                found.append(Notice(ABOUT_OTHERS[sort], about, self.published, f"pmid:{self.pmid}"))
        own = any(one.kind is NoticeKind.RETRACTION and not one.about for one in found)
        said = "Retracted Publication" in self.types or self.title.upper().startswith("RETRACTED")
        if said and not own:
            found.append(Notice(NoticeKind.RETRACTION))
        return tuple(dict.fromkeys(found))


def bare_title(title: str) -> str:
    """A title without the brackets that PubMed puts around a translated one."""
    title = " ".join(title.split())
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        title = title.rstrip(".")[1:-1]
    return title.removesuffix(".").strip() or "Untitled article"


def _rank(label: str) -> int:
    low = label.lower()
    return next((n for n, one in enumerate(_SPECIFIC) if one in low), len(_SPECIFIC))
