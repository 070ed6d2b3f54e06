"""Checks of the databases: layout, SQLite's own integrity check, rows that need each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from piamater.corpus.sqlite import unwritable
from piamater.corpus.tables import FORMAT
from piamater.errors import LibraryError
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.parts import CORPUS, is_database

RESTORE = "take the library back from a copy: piamater restore FILE DIR"
SHOWN = 20
"""Problems of a database that are told."""


def database(state: LibraryState) -> Iterator[Finding]:
    """The corpus database is there, of this layout, and whole."""
    problems: list[str] = []
    where = CORPUS
    if state.in_folder:
        path = state.folder / CORPUS
        if not path.is_file():
            yield Finding("database", Severity.ERROR, CORPUS, "the corpus is not there", RESTORE)
            return
        problems = list(integrity(path))
    else:
        where = f"the schema {state.library.settings.schema}"
        try:
            state.library_layout()
        except LibraryError as error:
            todo = error.todo or RESTORE
            yield Finding("database", Severity.ERROR, error.where or where, error.what, todo)
            return
    for problem in problems:
        todo = unwritable(state.folder / CORPUS) or RESTORE
        yield Finding("database", Severity.ERROR, where, problem, todo)
    layout = state.layout
    if layout > FORMAT:
        what = f"it was written by a newer Piamater (layout {layout})"
        yield Finding("database", Severity.ERROR, where, what, "update Piamater")
    elif 0 <= layout < FORMAT:
        yield _older(where, layout, problems)
    elif not problems:
        yield from _opens(state, where)


def _older(where: str, layout: int, problems: list[str]) -> Finding:
    if layout == 0:
        what = "there are no tables, or the number of their layout is damaged"
        return Finding("database", Severity.ERROR, where, what, RESTORE)
    return Finding(
        "database",
        Severity.WARNING,
        where,
        f"it has the older layout {layout}, so its texts were not checked",
        "any command brings it forward, after a copy",
        mendable=not problems,
    )


def _opens(state: LibraryState, where: str) -> Iterator[Finding]:
    """It is of this layout, so all other checks can look at it."""
    try:
        if state.has_settings:
            state.library.corpus.last_number()
    except LibraryError as error:
        yield Finding("database", Severity.ERROR, where, error.what, error.todo or RESTORE)


def bring_forward(state: LibraryState) -> Iterator[str]:
    """Bring an older layout forward."""
    before = state.layout
    if 0 < before < FORMAT:
        state.library.corpus.close()
        state.forget()
        where = CORPUS if state.in_folder else f"the schema {state.library.settings.schema}"
        yield f"{where}: layout {before} is now {state.layout}"


def integrity(path: Path) -> Iterator[str]:
    """What SQLite finds wrong with a database file."""
    try:
        with closing(opened(path)) as db:
            for (line,) in db.execute(f"PRAGMA integrity_check({SHOWN})"):
                if line != "ok":
                    yield str(line)
    except (sqlite3.Error, UnicodeError) as error:
        yield f"it cannot be read: {error}"


def opened(path: Path) -> sqlite3.Connection:
    """A database, for reading; it is not made where it is missing."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
    db.text_factory = lambda kept: kept.decode("utf-8", "replace")
    db.execute("PRAGMA query_only=ON")
    return db


def beside(state: LibraryState) -> Iterator[Finding]:
    """The other databases of the folder are whole."""
    for path in sorted([*state.folder.glob("*.sqlite3"), *state.folder.glob("*/*.sqlite3")]):
        if path.name == CORPUS:
            continue
        state.progress(1)
        if not is_database(path) and path.stat().st_size:
            problems = ["it is no database any more"]
        else:
            problems = list(integrity(path))
        todo = "delete it: it holds counts alone" if path.name == "counts.sqlite3" else RESTORE
        todo = unwritable(path) or todo
        for problem in problems:
            yield Finding("databases", Severity.ERROR, state.path(path), problem, todo)


DATABASE = Check("database", "the corpus database is whole, its rows fit", database, bring_forward)
BESIDE = Check("databases", "the other databases are whole", beside)
