"""Answer: what is told to a reader, and its machine form (DESIGN, "ask --json")."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: reference number, source, version, offsets and the quote itself."""

    number: int
    source: str
    version: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing told to a reader.

    ``support`` is ``verbatim`` where the text is the first citation's quote. ``context`` names
    the section, list or table that the statement belongs to; shown with it where the statement
    cannot stand alone, else empty.
    """

    text: str
    support: str
    citations: tuple[Citation, ...]
    context: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """Statements from one kind of source, under its heading; ``kind`` names the group."""

    heading: str
    kind: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements of different sources that do not agree, and what about."""

    about: str
    positions: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Urgent:
    """The urgent card: level, title, text, and the number to call (empty where none is known)."""

    level: str
    title: str
    text: str
    phone: str


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A numbered reference of an answer."""

    number: int
    source: str
    version: str
    title: str
    kind: str
    authors: tuple[str, ...]
    published: str
    url: str
    standing: str
    review_due: str
    evidence_note: bool = False
    """The text that is quoted is this library's own summary of the work (an evidence note)."""


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Whether people have reviewed the answer; an answer just computed is ``submitted``."""

    state: str = "submitted"
    by: str | None = None
    on: str | None = None
    next_due: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, every statement with its quotes."""

    question: str
    language: str
    reader: str
    outcome: str
    urgent: Urgent | None = None
    sections: tuple[AnswerSection, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    gaps: tuple[str, ...] = ()
    related_questions: tuple[str, ...] = ()
    references: tuple[CitedSource, ...] = ()
    review: ReviewState = field(default_factory=ReviewState)
    searched: dict[str, int] = field(default_factory=dict)
    notice: str = ""

    @property
    def statements(self) -> list[Statement]:
        """All statements of all sections, in order."""
        return [one for section in self.sections for one in section.statements]

    def to_json(self) -> dict[str, Any]:
        """The machine form, ready for ``json.dumps``."""
        return asdict(self)
