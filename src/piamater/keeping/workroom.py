"""Workroom: a passing folder for work in progress, gone when the work is done, or has failed.

A killed process cannot clear up after itself. So each room holds a lock that the kernel frees
when its process ends; whoever makes a room in the same place removes those whose lock is free.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from piamater.errors import LibraryError
from piamater.keeping.parts import NEW

_LOCK = "lock"
_YOUNG = 10.0
"""Seconds in which a room is never taken for deserted: its lock may just be being made."""


@contextmanager
def workroom(parent: Path, purpose: str) -> Iterator[Path]:
    """A new folder in ``parent`` that is removed at the end, whatever happens.

    Raises:
        LibraryError: the place cannot be written, or the disk is full.
    """
    with told_when_full(parent):
        sweep(parent, purpose)
        room = Path(tempfile.mkdtemp(dir=parent, prefix=f"{NEW}{purpose}-"))
        descriptor = os.open(room / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with told_when_full(parent):
            yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        os.close(descriptor)


def sweep(parent: Path, purpose: str) -> list[str]:
    """Remove the rooms of processes that are no more; gives their names."""
    gone = []
    for room in parent.glob(f"{NEW}{purpose}-*"):
        if room.is_dir() and not room.is_symlink() and is_deserted(room):
            shutil.rmtree(room, ignore_errors=True)
            gone.append(room.name)
    return gone


def is_deserted(room: Path) -> bool:
    """Whether nobody works in a room any more."""
    try:
        if time.time() - room.stat().st_mtime < _YOUNG:
            return False
        descriptor = os.open(room / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


@contextmanager
def told_when_full(place: Path) -> Iterator[None]:
    """Turn what the disk refuses into one error that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise _told(error, place) from error
    except sqlite3.Error as error:
        raise LibraryError(
            f"a database cannot be copied: {error}",
            where=str(place),
            todo="free some space; piamater doctor says whether the database is sound",
        ) from error


def _told(error: OSError, place: Path) -> LibraryError:
    where = str(error.filename or place)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return LibraryError(
            f"the disk is full: {error.strerror}",
            where=str(place),
            todo="nothing was left behind; free some space, or name a place on another disk",
        )
    return LibraryError(
        f"it cannot be read or written: {error.strerror or error}",
        where=where,
        todo="check the path and its permissions; nothing was left behind",
    )
