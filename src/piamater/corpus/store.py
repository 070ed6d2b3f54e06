"""CorpusStore: the contract of a place where documents, their versions and notices are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from piamater.sources import Notice, Reading, Record, Reference
from piamater.text import Document, Form, Mark, Section


@dataclass(frozen=True, slots=True)
class Deposit:
    """A reading on its way into the store, with where it came from.

    ``original`` is the SHA-256 of the file it was read from; ``location`` the file's place and
    ``name`` its path relative to what was added.
    """

    reading: Reading
    original: str
    name: str
    location: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a deposit: ``added``, ``new-version``, ``unchanged``, ``record-updated``."""

    source: str
    version: str
    result: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a store that is not what was written: where it is, and what is wrong."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a source as the store holds it.

    ``number`` grows with every change to the store and never names two different versions: an
    index keeps up with the corpus by it.
    """

    number: int
    source: str
    version: str
    record: Record
    languages: tuple[str, ...]
    added: str
    original: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is read back, its text cut from the stored version.

    ``number`` is the StoredVersion's, ``position`` the index among the document's passages.
    """

    number: int
    position: int
    start: int
    end: int
    text: str
    path: tuple[str, ...]
    section: int
    form: Form
    mark: Mark
    language: str
    lead: int


class CorpusStore(Protocol):
    """Holds documents; nothing in it is ever overwritten.

    A version is known by its source and the SHA-256 of its text. Every method that writes does
    so in one transaction: after a crash it happened whole or not at all. Writers take turns, so
    that whoever sees a number sees all lower ones too. Texts are kept to the character, U+0000
    included. A store belongs to the thread that opened it; many may be open on the same
    documents, in many processes.
    """

    def deposit(
        self, deposits: Sequence[Deposit], files: Sequence[tuple[str, int]] = ()
    ) -> list[Outcome]:
        """Keep the readings, in order, in one transaction; one outcome for each.

        ``files`` are the keys of files that are wholly taken in with these deposits, each with
        how many works it gave; ``known_files`` tells of them later.

        Raises:
            InputError: a text holds half a character (a lone surrogate, which UTF-8 cannot), or
                an id, place, name or notice holds U+0000; nothing of the call is kept.
            LibraryError: the store cannot be written; nothing of the call is kept.
        """
        ...

    def known_files(self, keys: Iterable[str]) -> dict[str, int]:
        """Of these file keys, those wholly taken in before, with how many works each gave."""
        ...

    def version(self, source: str, version: str = "") -> StoredVersion:
        """A version of a source, the current one by default; ``version`` may be a prefix of 8+.

        Raises:
            UnknownNameError: no such source or version.
        """
        ...

    def versions(self, source: str) -> list[StoredVersion]:
        """All versions of a source, oldest first."""
        ...

    def sources(self, offset: int = 0, limit: int = -1) -> Iterator[StoredVersion]:
        """The current version of every source, by source id."""
        ...

    def text(self, source: str, version: str = "") -> str:
        """The exact text that offsets count in.

        Raises:
            UnknownNameError: no such source or version.
        """
        ...

    def document(self, number: int) -> Document:
        """The whole document of a version, by its number."""
        ...

    def sections(self, number: int) -> list[Section]:
        """The sections of a version, by its number, in order."""
        ...

    def bibliography(self, number: int) -> tuple[Reference, ...]:
        """The reference list of a version; empty for an unknown number."""
        ...

    def shape(self, number: int) -> str:
        """The digest of a version's structure, as it was taken in; empty for an unknown number."""
        ...

    def passages(self, keys: Sequence[tuple[int, int]]) -> list[StoredPassage]:
        """Passages by (number, position), in the order asked; unknown ones are left out."""
        ...

    def neighbours(self, number: int, first: int, last: int) -> list[StoredPassage]:
        """The passages of a version from position ``first`` to ``last``, both included."""
        ...

    def in_section(self, number: int, section: int, limit: int) -> list[StoredPassage]:
        """The first passages that stand directly in a section of a version, in order."""
        ...

    def by_numbers(self, numbers: Sequence[int]) -> dict[int, StoredVersion]:
        """Versions by number; unknown ones are left out."""
        ...

    def changes(self, after: int) -> Iterator[StoredVersion]:
        """Versions with a number over ``after``, in order: what an index has yet to take in."""
        ...

    def retired(self, after: int) -> list[int]:
        """Numbers that left retrieval through a change numbered over ``after``."""
        ...

    def last_number(self) -> int:
        """The highest number given so far; 0 in an empty store."""
        ...

    def notices(self, record: Record, source: str) -> tuple[Notice, ...]:
        """All notices about a source: its own, other works', and this library's own decisions."""
        ...

    def decide(self, source: str, decision: str, reason: str, on: str) -> None:
        """Append a decision of this library: ``withdraw`` or ``restore``, with reason and date."""
        ...

    def source_count(self) -> int:
        """How many sources there are; quick, whatever their number."""
        ...

    def counts(self) -> dict[str, int]:
        """How many ``sources``, ``versions`` and ``passages`` (content only) there are."""
        ...

    def faults(self) -> Iterator[Fault]:
        """What is not as it was written: each row but texts and passages, at one moment.

        ``where`` names the source and version, as far as the row can tell. Texts are proven by
        their version, passages by ``shape``. Quick: 100,000 versions take seconds.

        Raises:
            LibraryError: the store cannot be read.
        """
        ...

    def stamp(self) -> object:
        """Something that compares unequal after a write by anybody; as cheap as can be."""
        ...

    def identity(self) -> str:
        """What tells this store's numbers from another's; empty for the one in the folder."""
        ...

    def close(self) -> None:
        """Let go of the store; it can be opened again."""
        ...
