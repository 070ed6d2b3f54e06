"""Checks of the folder itself: settings, permissions, room on the disk, what was left lying."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from piamater.corpus.settings import load_settings
from piamater.errors import LibraryError
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.parts import (
    CORPUS,
    DESK,
    EDITIONS,
    QUESTIONS,
    REVIEW,
    is_passing,
    is_secret,
)
from piamater.keeping.workroom import is_deserted

DAY = 86_400.0
LEAST_FREE = 256 << 20
"""Bytes below which the next add, index or copy is likely to fail."""


def settings(state: LibraryState) -> Iterator[Finding]:
    """The settings can be read."""
    try:
        load_settings(state.folder)
    except LibraryError as error:
        yield Finding(
            "settings",
            Severity.ERROR,
            "piamater.toml",
            error.what,
            error.todo or "mend the file, or take it back from a copy",
        )


def permissions(state: LibraryState) -> Iterator[Finding]:
    """Private files are private, everything can be read, nothing can be written by anybody."""
    for path in _everything(state.folder):
        name = state.path(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        if _is_private(name) and mode & 0o077:
            yield Finding(
                "permissions",
                Severity.ERROR,
                name,
                f"others can read it (mode {mode:o})",
                f"chmod go= {path}",
                mendable=True,
            )
        elif mode & 0o002:
            yield Finding(
                "permissions",
                Severity.WARNING,
                name,
                f"everybody can write it (mode {mode:o})",
                f"chmod o-w {path}",
                mendable=True,
            )
        if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
            yield Finding(
                "permissions",
                Severity.ERROR,
                name,
                "it cannot be read by this user",
                "give it to the user that runs Piamater",
            )

    yield from _links(state)


def _links(state: LibraryState) -> Iterator[Finding]:
    """What binds lies in the folder itself: who guards that guards nothing that a link leads to."""
    for top in (REVIEW, EDITIONS):
        for path in sorted((state.folder / top).rglob("*")):
            if path.is_symlink():
                yield Finding(
                    "permissions",
                    Severity.WARNING,
                    state.path(path),
                    f"it is a link to {os.readlink(path)}, outside of what is guarded here",
                    "put the file itself in its place",
                )


def mend_permissions(state: LibraryState) -> Iterator[str]:
    """Take from others what they must not have."""
    for path in _everything(state.folder):
        name = state.path(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode & (~0o077 if _is_private(name) else ~0o002)
        if wanted != mode:
            path.chmod(wanted)
            yield f"{name}: mode {mode:o} is now {wanted:o}"


def _is_private(name: str) -> bool:
    return name == DESK or name.startswith((QUESTIONS, f"{DESK}/")) or is_secret(name)


def disk(state: LibraryState) -> Iterator[Finding]:
    """There is room for the next step."""
    free = shutil.disk_usage(state.folder).free
    corpus = state.folder / CORPUS
    size = corpus.stat().st_size if corpus.is_file() else 0
    if free < LEAST_FREE + size:
        yield Finding(
            "disk",
            Severity.ERROR if free < LEAST_FREE else Severity.WARNING,
            ".",
            f"{free >> 20:,} MB are free on this disk",
            f"free some space: {LEAST_FREE + size >> 20:,} MB let the index be rebuilt",
        )


def leftovers(state: LibraryState) -> Iterator[Finding]:
    """Nothing lies about that a killed process left."""
    for path in _left(state):
        yield Finding(
            "leftovers",
            Severity.INFO,
            state.path(path),
            "a process that was killed left it",
            "remove it",
            mendable=True,
        )


def mend_leftovers(state: LibraryState) -> Iterator[str]:
    """Remove them."""
    for path in list(_left(state)):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        yield f"removed {state.path(path)}"


def _left(state: LibraryState) -> Iterator[Path]:
    for place, folders, files in os.walk(state.folder):
        for name in [*folders, *files]:
            path = Path(place) / name
            if name.endswith(".lock") or not is_passing(state.path(path)):
                continue
            old = state.now - path.lstat().st_mtime > DAY
            if name in folders:
                folders.remove(name)
                old = old and is_deserted(path)
            if old:
                yield path


def _everything(folder: Path) -> Iterator[Path]:
    """The folder and all in it, but for links and what is just being written."""
    yield folder
    for place, folders, files in os.walk(folder):
        for name in sorted([*folders, *files]):
            path = Path(place) / name
            if path.is_symlink() or is_passing(path.relative_to(folder).as_posix()):
                continue
            if path.exists():
                yield path


SETTINGS = Check("settings", "piamater.toml can be read", settings)
PERMISSIONS = Check(
    "permissions", "private files are private, and all can be read", permissions, mend_permissions
)
DISK = Check("disk", "there is room for the next step", disk)
LEFTOVERS = Check("leftovers", "nothing half-written lies about", leftovers, mend_leftovers)
