"""Guide and its parts: frozen types that hold one topic in one language.

A guide is written as Markdown (``docs/reference/guide-format.md``); `piamater.guides.parse`
reads it into these types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LANGUAGES = ("en", "es", "bn")
"""The languages that guides are published in, ISO 639-1."""


class GuideType(StrEnum):
    """The six types of guide."""

    CONDITION = "condition"
    TEST = "test"
    MEDICINE = "medicine"
    SYMPTOM = "symptom"
    QUESTION = "question"
    CASE_REPORT = "case-report"


class Audience(StrEnum):
    """Who a part of a block is written for; ``BOTH`` is shown in either view."""

    BOTH = "both"
    PATIENT = "patient"
    CLINICAL = "clinical"


@dataclass(frozen=True, slots=True)
class Cite:
    """A labelled citation of a guide: a source of the library and a quote from its text."""

    label: str
    source: str
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, list item or table row of a guide, as plain text.

    ``labels`` name the citations that stand behind it; ``claim`` is false for a question and for
    a lead-in that ends with a colon, which assert nothing. ``line`` counts from 1 in the file.
    """

    text: str
    labels: tuple[str, ...]
    claim: bool
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """The Markdown of a block for one audience; ``line`` is the file's line it begins on."""

    audience: Audience
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A typed section: its heading and its parts side by side.

    ``hash`` is the first 12 hexadecimal digits of the SHA-256 of its text; ``of`` the hash of
    the original's block that a translation was made from, empty in an original.
    """

    kind: str
    id: str
    heading: str
    parts: tuple[Part, ...]
    hash: str
    of: str = ""
    category: str = ""
    line: int = 0

    def parts_for(self, audience: Audience) -> tuple[Part, ...]:
        """The parts that a view shows, in their order in the source."""
        return tuple(one for one in self.parts if one.audience in (Audience.BOTH, audience))


@dataclass(frozen=True)
class Guide:
    """One topic in one language.

    ``cites`` maps labels to citations; in a translation those of the original are included.
    Dates are ISO 8601. ``front`` holds the fields that only some types have (a case report's
    DOI, categories and the like).
    """

    id: str
    type: GuideType
    language: str
    original: str
    title: str
    plain_title: str
    description: str
    concepts: tuple[str, ...]
    groups: tuple[str, ...]
    authors: tuple[str, ...]
    submitted: str
    review_due: str
    blocks: tuple[Block, ...]
    cites: dict[str, Cite]
    own_labels: frozenset[str] = frozenset()
    front: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    name: str = ""

    @property
    def is_translation(self) -> bool:
        """Whether this is another language's version of the original."""
        return self.language != self.original

    def block(self, key: str) -> Block | None:
        """The block with this id, or the first of this kind; none where there is neither."""
        return next((one for one in self.blocks if key in (one.id, one.kind)), None)

    def of_kind(self, *kinds: str) -> tuple[Block, ...]:
        """The blocks of these kinds, in the page's order."""
        return tuple(one for one in self.blocks if one.kind in kinds)
