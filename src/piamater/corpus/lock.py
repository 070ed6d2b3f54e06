"""One writer at a time: an advisory lock on a file of the library, freed when the process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from piamater.errors import LibraryError


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the library's writer lock; the kernel frees it even when the process is killed.

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
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
