"""Migrations: how a database of an older layout is brought forward, with a copy made first.

``PRAGMA user_version`` holds the number of the layout. A step leads from one number to the next
in one transaction, so that a kill leaves the layout before it or after it, never between. Before
the first step the database as it is is copied beside itself.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from piamater.corpus.tables import SEALED, TABLES, seal_of
from piamater.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Step:
    """A step to layout ``to``; ``apply`` changes the tables, within the transaction it is given."""

    to: int
    what: str
    apply: Callable[[sqlite3.Connection], None]


def _seal(db: sqlite3.Connection) -> None:
    """Give each row its seal, of what it says on this day."""
    db.create_function("seal_of", -1, lambda table, *row: seal_of(table, row), deterministic=True)
    for table in SEALED:
        said = ", ".join(TABLES[table])
        db.execute(f"ALTER TABLE {table} ADD COLUMN seal TEXT NOT NULL DEFAULT ''")
        db.execute(f"UPDATE {table} SET seal = seal_of('{table}', {said})")  # noqa: S608


STEPS: tuple[Step, ...] = (Step(2, "a seal on each record", _seal),)
"""All steps since layout 1, the first that was ever released, in order."""


def copy_path(path: Path, layout: int) -> Path:
    """Where the copy of a database of this layout is kept while it is brought forward."""
    return path.with_name(f"{path.name}.layout-{layout}")


def migrate(
    db: sqlite3.Connection, path: Path, to: int, steps: Sequence[Step] = STEPS
) -> Path | None:
    """Bring an opened database to the layout ``to``; gives its copy, or none if it was there.

    Safe to kill, and to run in two processes at once. ``db`` is in autocommit mode.

    Raises:
        LibraryError: no step leads on from its layout, a step fails, or the copy cannot be made;
            the database is then as it was before that step.
    """
    found = layout_of(db)
    if found >= to:
        return None
    ahead = [one for one in steps if found < one.to <= to]
    if [one.to for one in ahead] != list(range(found + 1, to + 1)):
        raise LibraryError(
            f"the library has layout {found}, from which this release knows no way to {to}",
            where=str(path),
            todo="bring it forward with the release before this one",
        )
    kept = _copy(db, path, found)
    for step in ahead:
        _apply(db, path, step, kept)
    return kept


def layout_of(db: sqlite3.Connection) -> int:
    """The number of a database's layout; 0 for an empty one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _apply(db: sqlite3.Connection, path: Path, step: Step, kept: Path) -> None:
    try:
        db.execute("BEGIN IMMEDIATE")
        if layout_of(db) < step.to:  # else another process was first
            step.apply(db)
            db.execute(f"PRAGMA user_version={step.to}")
        db.execute("COMMIT")
    except BaseException as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if not isinstance(error, Exception):
            raise
        raise LibraryError(
            f"the step to layout {step.to} ({step.what}) failed and was undone: {error}",
            where=str(path),
            todo=f"free some space and try again; the database as it was is {kept}",
        ) from error


def _copy(db: sqlite3.Connection, path: Path, layout: int) -> Path:
    """A whole copy of the database, on the disk before any step is taken."""
    kept = copy_path(path, layout)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    os.close(handle)
    try:
        copy = sqlite3.connect(name)
        try:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        with open(name, "rb") as file:
            os.fsync(file.fileno())
        os.replace(name, kept)
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(
            f"the copy that is made before a new layout cannot be written: {error}",
            where=str(kept),
            todo="free as much space as the database takes, then try again",
        ) from error
    finally:
        for left in (name, f"{name}-journal"):
            Path(left).unlink(missing_ok=True)
    return kept
