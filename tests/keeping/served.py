"""Libraries whose documents are on a PostgreSQL server, each in a schema of its own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import cast

from piamater.corpus import Library
from piamater.corpus.library import open_store
from piamater.corpus.settings import load_settings
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.tables import TABLES, columns
from piamater.keeping import Choice, Place, backup, rebuild_index, restore
from piamater.testing.postgres_server import PostgresServer

EVERYTHING = Choice(index=True, questions=True, keys=True)
_NUMBERS = count(1)

NewPlace = Callable[[], Place]


def new_place(server: PostgresServer) -> Place:
    """A schema that holds nothing."""
    return Place(server.address(), f"kept_{next(_NUMBERS)}")


def moved(home: Path, to: Path, place: Place) -> Path:
    """The library in ``home`` once more, its documents in another database, with its index."""
    copy = backup(home, to.with_name(to.name + ".tar.gz"), EVERYTHING)
    restore(copy.file, to, place=place)
    library = Library(to)
    rebuild_index(library)
    library.corpus.close()
    return to


def corpus_of(home: Path) -> SqlCorpus:
    return cast(SqlCorpus, open_store(home, load_settings(home)))


def documents(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that both databases keep, with its seal."""
    store = corpus_of(home)
    try:
        with store.moment() as rows:
            return {
                one: sorted(rows(f"SELECT {columns(one)} FROM {one}"), key=repr) for one in TABLES
            }
    finally:
        store.close()
