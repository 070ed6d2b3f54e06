"""Snapshots: copies of what changes while it is copied, each as it was at one moment."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from piamater.corpus.sqlite import unwritable
from piamater.errors import LibraryError

_PAGES = 2_000
HEAD = "head.json"
_DECISIVE = (
    "meta.json",
    ".managed.json",
    "piamater-index.json",
    "dense/keys.json",
    "dense/vectors.npy",
)


def snapshot_database(source: Path, into: Path, progress: Callable[[int], None]) -> None:
    """Copy an SQLite database as it is at this moment, what is still in its log included.

    Readers and writers of a database in WAL mode are not held up: the copy reads one snapshot,
    and never begins anew. ``progress`` is told bytes.

    Raises:
        sqlite3.Error: it is damaged, or the disk is full.
        LibraryError: this user may not write it.
    """
    try:
        _copy_database(source, into, progress)
    except sqlite3.Error as error:
        if todo := unwritable(source):
            what = f"a database cannot be copied: {error}"
            raise LibraryError(what, where=str(source), todo=todo) from error
        raise
    into.chmod(stat.S_IMODE(source.stat().st_mode))


def _copy_database(source: Path, into: Path, progress: Callable[[int], None]) -> None:
    with closing(_opened(source)) as db, closing(sqlite3.connect(into)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        db.execute("BEGIN")
        page = int(db.execute("PRAGMA page_size").fetchone()[0])
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the snapshot begins here
        before = 0

        def step(_: int, remaining: int, total: int) -> None:
            nonlocal before
            done = (total - remaining) * page
            progress(done - before)
            before = done

        db.backup(copy, pages=_PAGES, progress=step, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _opened(path: Path) -> sqlite3.Connection:
    """The database, never made anew; for reading alone where it cannot be written."""
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=30, isolation_level=None
    )


def read_settled(folder: Path, names: list[str], limit: float = 30.0) -> dict[str, bytes]:
    """Read small files of a folder so that they fit each other, without holding up who writes.

    All are read between two looks that find none of them touched; the head of a ledger, which
    is replaced after each entry, is among them. A ledger that is read so has the entries its
    head counts, or the one more that was being signed.

    Raises:
        LibraryError: they do not rest for a moment within ``limit`` seconds.
    """
    end = time.monotonic() + limit
    while True:
        before = _looks(folder, names)
        found = {}
        for name in sorted(names, key=lambda one: one.endswith(HEAD)):
            try:
                found[name] = (folder / name).read_bytes()
            except FileNotFoundError:
                continue
        if _looks(folder, names) == before:
            return found
        if time.monotonic() > end:
            raise LibraryError(
                f"the files were being written all the {limit:.0f} seconds",
                where=str(folder),
                todo="wait until the others have finished, then try again",
            )
        time.sleep(0.05)


def wait_until_rested(path: Path, rest: float = 0.25, limit: float = 1.0) -> None:
    """Wait until a file was not written for a moment: editors empty a file, then fill it."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        try:
            age = time.time() - path.stat().st_mtime
        except OSError:
            return
        if not 0 <= age < rest:
            return
        time.sleep(rest - age)


def _looks(folder: Path, names: list[str]) -> list[tuple[int, int, int] | None]:
    looks: list[tuple[int, int, int] | None] = []
    for name in names:
        try:
            found = (folder / name).stat()
            looks.append((found.st_ino, found.st_size, found.st_mtime_ns))
        except FileNotFoundError:
            looks.append(None)
    return looks


def pin_index(index: Path, room: Path, wait: float) -> bool:
    """Give the files of a search index second names in the new folder ``room``.

    An index changes by new files, and by replacing the few that say which ones count; files that
    are there do not change. So it is whole if those few were not replaced while all were pinned.
    False where that did not happen within ``wait`` seconds.
    """
    end = time.monotonic() + wait
    while True:
        before = _looks(index, list(_DECISIVE))
        _pin(index, room)
        if _looks(index, list(_DECISIVE)) == before:
            return True
        shutil.rmtree(room)
        if time.monotonic() > end:
            return False
        time.sleep(0.05)


def _pin(source: Path, target: Path) -> None:
    target.mkdir()
    for one in source.iterdir():
        if one.is_dir():
            _pin(one, target / one.name)
        else:
            _link(one, target / one.name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        return
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)
