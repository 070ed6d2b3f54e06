"""Checks of the databases: layout, SQLite's own integrity check, rows that need each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from piamater.corpus.sqlite import FORMAT
from piamater.errors import LibraryError
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.parts import CORPUS, is_database

RESTORE = "take the library back from a copy: piamater restore FILE DIR"
SHOWN = 20
"""Findings of one kind that are told."""

ORPHANS = {
    "SELECT 'version ' || number || ' of ' || source FROM versions"
    " WHERE version NOT IN (SELECT version FROM texts)": "its text is missing",
    "SELECT 'source ' || id FROM sources WHERE current NOT IN (SELECT number FROM versions)": (
        "its current version is missing"
    ),
    "SELECT 'version ' || number FROM versions WHERE source NOT IN (SELECT id FROM sources)": (
        "its source is missing"
    ),
    "SELECT 'passage ' || position || ' of version ' || number FROM passages p WHERE NOT EXISTS"
    " (SELECT 1 FROM sections s WHERE s.number = p.number AND s.position = p.section)": (
        "its section is missing"
    ),
    "SELECT DISTINCT 'version ' || number FROM passages"
    " WHERE number NOT IN (SELECT number FROM versions)": "its passages have no version",
}
"""What must not be found in the corpus, and what it means."""


def database(state: LibraryState) -> Iterator[Finding]:
    """The corpus database is there, of this layout, and whole."""
    if not state.in_folder:
        yield from _elsewhere(state)
        return
    path = state.folder / CORPUS
    if not path.is_file():
        yield Finding("database", Severity.ERROR, CORPUS, "the corpus is not there", RESTORE)
        return
    problems = list(integrity(path))
    for problem in problems:
        yield Finding("database", Severity.ERROR, CORPUS, problem, RESTORE)
    layout = state.layout
    if layout > FORMAT:
        yield Finding(
            "database",
            Severity.ERROR,
            CORPUS,
            f"it was written by a newer Piamater (layout {layout})",
            "update Piamater",
        )
    elif 0 <= layout < FORMAT:
        yield Finding(
            "database",
            Severity.WARNING,
            CORPUS,
            f"it has the older layout {layout}, so its texts were not checked",
            "any command brings it forward, after a copy",
            mendable=True,
        )
    elif not problems:
        yield from _orphans(path)


def _elsewhere(state: LibraryState) -> Iterator[Finding]:
    """A corpus in a database of its own can be opened; keeping it whole is that database's work."""
    try:
        state.library.corpus.last_number()
    except LibraryError as error:
        where = error.where or "corpus.store"
        yield Finding("database", Severity.ERROR, where, error.what, error.todo or RESTORE)


def bring_forward(state: LibraryState) -> Iterator[str]:
    """Bring an older layout forward."""
    before = state.layout
    if 0 <= before < FORMAT:
        state.library.corpus.close()
        state.forget()
        yield f"{CORPUS}: layout {before} is now {state.layout}"


def _orphans(path: Path) -> Iterator[Finding]:
    with closing(opened(path)) as db:
        for query, what in ORPHANS.items():
            for (where,) in db.execute(f"{query} LIMIT {SHOWN}"):
                yield Finding("database", Severity.ERROR, f"{CORPUS}, {where}", what, RESTORE)


def integrity(path: Path) -> Iterator[str]:
    """What SQLite finds wrong with a database."""
    try:
        with closing(opened(path)) as db:
            for (line,) in db.execute(f"PRAGMA integrity_check({SHOWN})"):
                if line != "ok":
                    yield str(line)
    except sqlite3.Error as error:
        yield f"it cannot be read: {error}"


def opened(path: Path) -> sqlite3.Connection:
    """A database, for reading; it is not made where it is missing."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
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
        for problem in problems:
            yield Finding("databases", Severity.ERROR, state.path(path), problem, todo)


DATABASE = Check("database", "the corpus database is whole, its rows fit", database, bring_forward)
BESIDE = Check("databases", "the other databases are whole", beside)
