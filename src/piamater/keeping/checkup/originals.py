"""Check of the originals: each is the file its name tells, and none that is needed is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from piamater.errors import LibraryError
from piamater.keeping.archive import read_blocks
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.parts import NEW
from piamater.keeping.parts import ORIGINALS as FOLDER

_NAME = re.compile(r"[0-9a-f]{64}")


def originals(state: LibraryState) -> Iterator[Finding]:
    """Every original has the SHA-256 that is its name; those the corpus names are there."""
    held: set[str] = set()
    for path in sorted((state.folder / FOLDER).glob("*/*")):
        if path.name.startswith(NEW) or not path.is_file():
            continue
        state.progress(1)
        name = _NAME.match(path.name)
        if name is None or name[0][:2] != path.parent.name:
            yield Finding(
                "originals",
                Severity.WARNING,
                state.path(path),
                "it is not named by its SHA-256",
                "move it away: no source refers to it",
            )
            continue
        held.add(name[0])
        if file_digest(path) != name[0]:
            yield Finding(
                "originals",
                Severity.ERROR,
                state.path(path),
                "it is not the file that was taken in: the SHA-256 differs",
                RESTORE,
            )
    yield from _missing(state, held)


def _missing(state: LibraryState, held: set[str]) -> Iterator[Finding]:
    corpus = state.corpus
    for number in range(1, corpus.last_number() + 1) if corpus else ():
        try:
            version = corpus.by_numbers([number]).get(number) if corpus else None
        except LibraryError:
            continue  # the check of the texts tells it
        if version and version.original and not _is_held(state, version.original, held):
            yield Finding(
                "originals",
                Severity.ERROR,
                f"{version.source}, version {version.version[:12]}",
                f"its original {version.original[:12]} ({version.name}) is not there",
                f"add the same file again, or {RESTORE}",
            )


def _is_held(state: LibraryState, original: str, held: set[str]) -> bool:
    """Whether an original is there, those included that an add brought a moment ago."""
    place = state.folder / FOLDER / original[:2]
    return original in held or any(place.glob(f"{original}*"))


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, whatever its size."""
    digest = sha256()
    with path.open("rb") as file:
        for block in read_blocks(file):
            digest.update(block)
    return digest.hexdigest()


ORIGINALS = Check("originals", "every original is the file that was taken in", originals)
