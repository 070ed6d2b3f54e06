"""Registry: which reader reads a file, by its suffix and by what it begins with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from piamater.errors import (
    EmptySourceError,
    InputError,
    PiamaterError,
    UnsupportedFormatError,
)
from piamater.plugins import Plugins
from piamater.sources.damage import find_damage
from piamater.sources.reader import MAX_BYTES, Original, Reader
from piamater.sources.record import Kind, Reading
from piamater.sources.sniff import HEAD, narrow_first
from piamater.text import Mark, remark

READERS: Plugins[Reader] = Plugins("piamater.readers", "reader named")
CONNECTORS: Plugins[object] = Plugins("piamater.connectors", "connector named")
"""Connectors to live services; a later release brings the first."""

READERS_REVISION = 5
"""Raised when readers get better, so that files that were read before are read again."""


@cache
def readers() -> dict[str, Reader]:
    """The registered readers by name, those with the narrowest formats first."""
    return {name: READERS.named(name) for name in narrow_first(READERS.points)}


def reader_for(original: Original, head: bytes | None = None) -> Reader:
    """The reader of a file, by its suffix and its first 4 KiB (``head``; read where not given).

    Raises:
        UnsupportedFormatError: none knows it; the known suffixes are listed.
    """
    head = original.read()[:HEAD] if head is None else head
    known = _suffixes()
    for reader in readers().values():
        fits = original.suffix in reader.suffixes or original.suffix not in known
        if fits and reader.recognises(head, original.suffix):
            return reader
    what = (
        f"it is named {original.suffix} and does not begin as any format of that name"
        if original.suffix in known
        else f"no reader knows this kind of file ({original.suffix or 'no suffix'})"
    )
    raise UnsupportedFormatError(
        what,
        where=original.location,
        todo=f"known: {', '.join(sorted(known))}, and .zip and .tar archives of them",
    )


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(one for reader in readers().values() for one in reader.suffixes)


def read_original(
    original: Original, *, kind: Kind | None = None, reader: str = "", limit: int = MAX_BYTES
) -> list[Reading]:
    """The works that a file holds, template damage marked, ready for the corpus.

    ``kind`` overrides what the reader makes of the source, ``reader`` names the reader instead
    of having it found, ``limit`` is the largest size in bytes.

    Raises:
        InputError: the file cannot be read; the message says why.
        EmptySourceError: nothing in it could serve as evidence.
        UnknownNameError: no reader is named ``reader``.
    """
    data = original.read(limit)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptySourceError("the file is empty", where=original.location, todo="leave it out")
    held = Original(original.name, original.location, data=data)
    chosen = READERS.named(reader) if reader else reader_for(held, data[:HEAD])
    evidence = [one for one in _read(chosen, held, kind) if _has_evidence(one)]
    if not evidence:
        raise EmptySourceError(
            "it holds no text that could serve as evidence",
            where=original.location,
            todo="leave it out, or check that it is the right file",
        )
    return evidence


def _read(reader: Reader, original: Original, kind: Kind | None) -> list[Reading]:
    """What a reader makes of a file; whatever it raises is told as one clear error."""
    try:
        return [_finished(one, kind) for one in reader.read(original)]
    except PiamaterError as error:
        if error.where:
            raise
        raise type(error)(error.what, where=original.location, todo=error.todo) from error
    except Exception as error:  # a reader is not to take the other files with it
        raise InputError(
            f"the {reader.name} reader failed on it: {type(error).__name__}: {error}",
            where=original.location,
            todo="please report it; the other files are not touched",
        ) from error


def _has_evidence(reading: Reading) -> bool:
    """Whether a reading holds a passage of content, or tells of the standing of some work."""
    passages = reading.document.passages
    return bool(reading.record.notices) or any(one.mark is Mark.CONTENT for one in passages)


def _finished(reading: Reading, kind: Kind | None) -> Reading:
    """A reading with its damage marked and its kind as the user says."""
    document = reading.document
    if damage := find_damage(document.text):
        document = remark(document, [(start, end) for start, end, _ in damage], Mark.DAMAGE)
    record = reading.record
    if kind is not None:
        record = replace(record, kind=kind, kind_reason="given with --kind")
    return replace(reading, record=record, document=document)
