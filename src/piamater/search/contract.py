"""SearchIndex: the contract every search engine is held to, and the words it speaks.

An index holds one entry for each passage of content in the current versions of a library. It
can always be rebuilt from the corpus; ``upto`` says how far it has kept up with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as an index takes it in.

    ``number`` and ``position`` name it in the corpus. ``title`` is the document's, ``path`` the
    headings over the passage, ``concepts`` the ids of the concepts it speaks of.
    """

    number: int
    position: int
    text: str
    title: str = ""
    path: str = ""
    language: str = "en"
    kind: str = ""
    source: str = ""
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A way of putting what is sought, in one language, with its weight."""

    text: str
    language: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought: wordings and concepts, of which any may match; filters, which all must.

    An empty filter does not filter. ``heading_weight`` is the weight of a match in title and
    headings over one in the passage with all that stands over it.
    """

    wordings: tuple[Wording, ...]
    concepts: tuple[tuple[str, float], ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    heading_weight: float = 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, by its corpus key; scores compare within one result only."""

    number: int
    position: int
    score: float


class SearchIndex(Protocol):
    """Finds passages. One writer at a time; any number of readers, who see whole commits only."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in; they are found after ``commit``. Each key once only."""
        ...

    def delete(self, numbers: Iterable[int]) -> None:
        """Take out all entries of these documents at ``commit``; unknown ones are no error."""
        ...

    def commit(self, upto: int) -> None:
        """Make all changes visible and lasting, and remember the corpus number they reach."""
        ...

    def upto(self) -> int:
        """The corpus number remembered by the last commit; 0 for a new index."""
        ...

    def refresh(self) -> None:
        """See what other processes have committed since this one opened the index."""
        ...

    def search(self, query: Query, limit: int = 10, offset: int = 0) -> list[Hit]:
        """The best passages, best first; ``offset`` pages on. An empty query finds nothing."""
        ...

    def count(self) -> int:
        """How many entries can be found."""
        ...

    def document_frequency(self, word: str, language: str) -> int:
        """In how many entries a word stands, as this engine analyses it; 0 for an unknown word."""
        ...

    def term_frequency(self, term: str, language: str) -> int:
        """In how many entries an index term stands (see ``search.analysis.terms``)."""
        ...

    def clear(self) -> None:
        """Take everything out; ``upto`` is 0 again."""
        ...


def keys(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """The corpus keys of hits, in order."""
    return [(hit.number, hit.position) for hit in hits]
