"""Rule, Hit and Finding: what a check looks for and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from piamater.checks.page import Page


class Severity(StrEnum):
    """How much a finding matters: an error must be mended before anybody reads the page."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a hit without changing what is said: ``new`` in place of start to end."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule objects to: offsets in the page's text, what is wrong, how to mend it.

    A hit with ``start == end`` is about the page as a whole.
    """

    start: int
    end: int
    message: str
    suggestion: str = ""
    severity: Severity | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A page that shows a rule: its file name (which says its format) and what is in it.

    ``beside`` are the pages it is checked with: its other language versions, or its library.
    """

    text: str
    name: str = "page.md"
    beside: tuple[Example, ...] = ()
    on: str = "2026-11-21"
    """The day of the check (ISO 8601)."""


PageCheck = Callable[["Page"], Iterable[Hit]]
VersionsCheck = Callable[["Page", "Page"], Iterable[Hit]]
"""Of the original and a version in another language; the hits are in the version."""
AfterCheck = Callable[["Page", Sequence["Finding"], Sequence[str]], Iterable[Hit]]
"""Of a page, of the findings that its comments silenced, and of the rules that have run."""
LibraryCheck = Callable[[Sequence["Page"]], Iterable[tuple["Page", Hit]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a page about health.

    ``id`` is two letters for the group and three digits; ``reason`` says why it matters and
    ``source`` where that is published (a title and an address). One of ``page``, ``versions``,
    ``library`` and ``after`` (when all others have run) is the check itself. ``precision`` is the
    share of its findings that were right in the last reviewed sample (``reviewed`` says which);
    below 0.9 ``default`` is false.
    """

    id: str
    name: str
    severity: Severity
    summary: str
    reason: str
    source: str
    bad: Example
    good: Example
    page: PageCheck | None = None
    versions: VersionsCheck | None = None
    library: LibraryCheck | None = None
    after: AfterCheck | None = None
    default: bool = True
    precision: float | None = None
    reviewed: str = ""
    options: tuple[tuple[str, float, str], ...] = ()
    """Thresholds that settings may change: name, default, what it is."""

    @property
    def group(self) -> str:
        """The two letters of the rule's group."""
        return self.id[:2]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports (the contract of ``check --format json``)."""

    rule: str
    name: str
    severity: str
    start: int
    end: int
    quote: str
    message: str
    suggestion: str

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return asdict(self)
