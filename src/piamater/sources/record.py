"""Record, Kind and Notice: what is known about a source, kept as CSL-JSON and a few fields more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from piamater.text import Document


class Kind(StrEnum):
    """The kind of a source, as DESIGN names them."""

    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic-review"
    TRIAL = "trial"
    COHORT = "cohort"
    CASE_REPORT = "case-report"
    NARRATIVE_REVIEW = "narrative-review"
    PATIENT_INFORMATION = "patient-information"
    DRUG_LABEL = "drug-label"
    REFERENCE = "reference"
    ANSWER_PAGE = "answer-page"


class NoticeKind(StrEnum):
    """What a notice does to the standing of the work it is about."""

    RETRACTION = "retraction"
    CONCERN = "concern"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    SUPERSESSION = "supersession"


@dataclass(frozen=True, slots=True)
class Notice:
    """A retraction, correction, expression of concern, withdrawal or supersession.

    ``about`` names the work by identifier (``doi:…``, ``pmid:…``, ``pmcid:…`` or a source id);
    empty means the record's own work. ``by`` names where the notice itself was published.
    """

    kind: NoticeKind
    about: str = ""
    date: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's reference list; ``start`` and ``end`` are offsets in its text."""

    label: str
    start: int
    end: int
    doi: str = ""
    pmid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation mark that the text alone does not show as one; offsets are those of the text.

    ``start == end`` where the text leaves the mark out. ``labels`` are the entries that it names,
    none where it leads to something that is in no list. ``kind`` is ``linked`` (it leads to a
    place of the same page), ``outward`` (a number that leads to another page) or ``raised`` (a
    raised number, which may be a power or a unit as well).
    """

    start: int
    end: int
    labels: tuple[str, ...]
    kind: str = "linked"


@dataclass(frozen=True, slots=True)
class Record:
    """The bibliographic record of a source.

    ``id`` is stable over versions: the best identifier the source has (``pmid:…``, ``doi:…``,
    ``pmcid:…``, ``pdq:…``, ``medquad:…``, ``note:…``), or empty, in which case the corpus names
    the source by where it came from. ``csl`` is the CSL-JSON item (title, author, publisher,
    container-title, issued, DOI, PMID, PMCID, URL, language). Dates are ISO 8601, possibly
    partial (``2023``, ``2023-08``). ``review_status`` is what the page states of itself.
    """

    id: str
    title: str
    kind: Kind
    kind_reason: str
    csl: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    published: str = ""
    updated: str = ""
    reviewed: str = ""
    review_due: str = ""
    review_status: str = ""
    audience: str = ""  # "patient", "clinician" or unknown
    notices: tuple[Notice, ...] = ()

    @property
    def doi(self) -> str:
        """The DOI in lower case, or empty."""
        return str(self.csl.get("DOI", "")).lower()

    @property
    def pmid(self) -> str:
        """The PubMed identifier, or empty."""
        return str(self.csl.get("PMID", ""))

    @property
    def url(self) -> str:
        """The address of the work, or empty."""
        return str(self.csl.get("URL", ""))

    @property
    def looked_up(self) -> str:
        """The day on which the work behind an evidence note was read; empty for other sources.

        An evidence note's text is the note writer's own summary, not the words of the work that
        the record describes.
        """
        custom = self.csl.get("custom", {})
        return str(custom.get("looked-up", "")) if custom.get("note") else ""

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors' names as printed: ``Family G`` or an organisation's name."""
        return tuple(_printed(name) for name in self.csl.get("author", ()))


def _printed(name: Mapping[str, str]) -> str:
    """One CSL name on one line."""
    if literal := name.get("literal"):
        return literal
    return " ".join(part for part in (name.get("family", ""), name.get("given", "")) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of an original: record, document, reference list, warnings, marks."""

    record: Record
    document: Document
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    markers: tuple[Marker, ...] = ()
