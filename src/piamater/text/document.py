"""Document, Section, Passage and Quote: the frozen types that evidence is made of.

All offsets are Unicode code points into ``Document.text``, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from piamater.errors import QuoteError


class Mark(StrEnum):
    """What a passage is good for. Only ``CONTENT`` is ever evidence."""

    CONTENT = "content"
    FURNITURE = "furniture"  # site tools, menus, disclaimers, generic boxes, related links
    DAMAGE = "damage"  # text that a broken template wrote into the page
    REFERENCE = "reference"  # entries of the reference list


class Form(StrEnum):
    """The shape in which a passage stands in its document."""

    SENTENCE = "sentence"
    ITEM = "list-item"
    ROW = "table-row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading.

    ``path`` holds the headings from the outermost to this section's own; ``()`` for text that
    stands before any heading. ``start`` to ``end`` covers the heading, all that follows it and
    its subsections.
    """

    path: tuple[str, ...]
    level: int
    start: int
    end: int
    mark: Mark = Mark.CONTENT

    @property
    def heading(self) -> str:
        """This section's own heading, empty before the first one."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item, table row or caption, with its span and its section.

    ``section`` indexes ``Document.sections``. ``lead`` is the index in ``Document.passages`` of
    the sentence that introduces a list item, or of the header row of a table row; -1 for none.
    ``language`` is an ISO 639-1 code, or ``und``.
    """

    start: int
    end: int
    section: int
    form: Form = Form.SENTENCE
    mark: Mark = Mark.CONTENT
    language: str = "en"
    lead: int = -1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of the text came from: a locator such as ``chars 10-80`` or ``page 3``."""

    start: int
    end: int
    locator: str


@dataclass(frozen=True)
class Document:
    """One immutable version of a source's text, known by the SHA-256 of that text.

    ``sections`` and ``passages`` stand in the order of the text; ``languages`` by how much of
    the text is in each, the main one first; ``origins`` cover the blocks of the text in order.
    """

    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    languages: tuple[str, ...] = ("und",)
    origins: tuple[Origin, ...] = ()

    @cached_property
    def version(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def quote(self, passage: Passage) -> Quote:
        """The quote that stands at a passage."""
        return Quote(
            self.version, passage.start, passage.end, self.text[passage.start : passage.end]
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact stretch of one document version; it can be verified, and is, on every read path."""

    version: str
    start: int
    end: int
    exact: str

    def verify(self, text: str) -> None:
        """Check the quote against the text of its version.

        Raises:
            QuoteError: the text at the offsets is not the quote.
        """
        if not self.exact or text[self.start : self.end] != self.exact:
            raise QuoteError(
                f"the quote at {self.start}-{self.end} is not what stands there",
                where=f"version {self.version[:12]}",
                todo="take the library back from a copy",
            )
