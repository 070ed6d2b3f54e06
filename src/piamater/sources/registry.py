"""Registry: which reader reads a file, by its suffix and by what it begins with."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from piamater.errors import EmptySourceError, InputError, PiamaterError, UnsupportedFormatError
from piamater.sources.damage import find_damage
from piamater.sources.reader import MAX_BYTES, Original, Reader
from piamater.sources.record import Kind, Reading
from piamater.text import Mark, remark

GROUP = "piamater.readers"
CONNECTORS = "piamater.connectors"
"""The entry-point group of connectors to live services; a later release brings the first."""

READERS_REVISION = 1
"""Raised when readers get better, so that files that were read before are read again."""

_HEAD = 4096
_ORDER = (
    "note",
    "medquad",
    "jats",
    "pubmed",
    "pubmedqa",
    "docx",
    "pdf",
    "html",
    "markdown",
    "plain",
)


@cache
def readers() -> dict[str, Reader]:
    """The registered readers by name, those with the narrowest formats first."""
    found: dict[str, Reader] = {point.name: point.load()() for point in entry_points(group=GROUP)}
    order = {name: place for place, name in enumerate(_ORDER)}
    return dict(sorted(found.items(), key=lambda one: (order.get(one[0], -1), one[0])))


def reader_for(original: Original, head: bytes) -> Reader:
    """The reader of a file.

    Raises:
        UnsupportedFormatError: none knows it; the known suffixes are listed.
    """
    for reader in readers().values():
        if original.suffix in reader.suffixes and reader.recognises(head, original.suffix):
            return reader
    for reader in readers().values():
        if original.suffix not in _suffixes() and reader.recognises(head, original.suffix):
            return reader
    raise UnsupportedFormatError(
        f"no reader knows this kind of file ({original.suffix or 'no suffix'})",
        where=original.location,
        todo=f"known: {', '.join(sorted(_suffixes()))}, and .zip and .tar archives of them",
    )


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(one for reader in readers().values() for one in reader.suffixes)


def read_original(
    original: Original, *, kind: Kind | None = None, limit: int = MAX_BYTES
) -> list[Reading]:
    """The works that a file holds, template damage marked, ready for the corpus.

    Raises:
        InputError: the file cannot be read; the message says why.
    """
    data = original.read(limit)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptySourceError("the file is empty", where=original.location, todo="leave it out")
    held = Original(original.name, original.location, data=data)
    reader = reader_for(held, data[:_HEAD])
    try:
        found = [_finished(one, kind) for one in reader.read(held)]
    except PiamaterError as error:
        if not error.where:
            raise type(error)(error.what, where=original.location, todo=error.todo) from error
        raise
    except (
        RecursionError,
        MemoryError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        raise InputError(
            f"the {reader.name} reader failed on it: {type(error).__name__}: {error}",
            where=original.location,
            todo="please report it; the other files are not touched",
        ) from error
    evidence = [one for one in found if _has_evidence(one) or one.record.notices]
    if not evidence:
        raise EmptySourceError(
            "it holds no text that could serve as evidence", where=original.location
        )
    return evidence


def _has_evidence(reading: Reading) -> bool:
    return any(one.mark is Mark.CONTENT for one in reading.document.passages)


def _finished(reading: Reading, kind: Kind | None) -> Reading:
    """A reading with its damage marked and its kind as the user says."""
    from dataclasses import replace

    document = reading.document
    damage = find_damage(document.text)
    if damage:
        document = remark(document, [(start, end) for start, end, _ in damage], Mark.DAMAGE)
    record = reading.record
    if kind is not None:
        record = replace(record, kind=kind, kind_reason="given with --kind")
    return replace(reading, record=record, document=document)
