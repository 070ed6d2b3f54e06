"""One writer at a time: an advisory lock on a file of the library, freed when the process ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from piamater.errors import LibraryError

POLL = 0.05
"""Seconds between two looks at a lock that another process holds."""


@contextmanager
def writer_lock(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the library's writer lock; the kernel frees it even when the process is killed.

    ``wait``: seconds to wait for another writer to finish.

    Raises:
        LibraryError: another process holds it, or the folder cannot be written.
    """
    path = folder / ".lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LibraryError(
            f"the library cannot be written: {error.strerror}",
            where=str(folder),
            todo="check the folder's permissions",
        ) from error
    try:
        _lock(descriptor, time.monotonic() + wait)
    except OSError as error:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise LibraryError(
            f"another piamater (process {holder}) is writing to this library",
            where=str(folder),
            todo="wait until it has finished, then try again",
        ) from error
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, until: float) -> None:
    """Take the lock, looking again and again until a moment of the monotonic clock.

    Raises:
        OSError: another process holds it still.
    """
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
        time.sleep(POLL)
