"""Placing: the documents of a copy into the database that they are to be kept in.

A copy holds its documents as an SQLite database, whichever database they were kept in. So it
comes back into either, and moves a library from one to the other.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from piamater.corpus.library import write_whole
from piamater.corpus.settings import FILE as SETTINGS
from piamater.corpus.settings import Settings, check_store, load_settings
from piamater.errors import InputError, LibraryError
from piamater.keeping.parts import CORPUS, is_index

_TABLE = re.compile(r"\s*\[")


@dataclass(frozen=True, slots=True)
class Place:
    """A database for documents: ``store`` and ``schema`` as in the settings; empty as it was."""

    store: str = ""
    schema: str = ""

    def check(self) -> None:
        """Refuse what names no database, before anything is done.

        Raises:
            LibraryError: it is no address, holds a password, or a schema is named without one.
        """
        if self.store:
            check_store(self.store, "--database")
        if self.schema and self.store in ("", "sqlite"):
            raise LibraryError(
                "a schema is one of a PostgreSQL database",
                where="--schema",
                todo="name the database too: --database postgresql://user@host/database",
            )


def place_documents(unpacked: Path, place: Place, progress: Callable[[int], None]) -> str:
    """Put the documents of an unpacked library where they belong; gives where that is.

    A PostgreSQL schema is filled in one transaction, and must be empty. ``progress`` is told
    characters of texts.

    Raises:
        InputError: it is not said where they are to be, or the copy holds none.
        LibraryError: the database holds something already, or cannot be written.
    """
    before = _settings(unpacked, place)
    holds = (unpacked / CORPUS).is_file()
    if not place.store:
        if before.store != "sqlite" and holds:
            raise InputError(
                "its documents were kept in PostgreSQL, and nothing is written to a server that"
                " a copy names",
                where=f"{SETTINGS} of the copy: {_shown(before)}",
                todo="say where they are to be: --database sqlite, or --database"
                " postgresql://user@host/database, one that is empty",
            )
        return _shown(before)
    if not holds:
        raise InputError(
            "the copy holds no documents: they were copied apart, with pg_dump",
            where=_shown(before),
            todo="restore it without --database, and the documents with pg_restore",
        )
    text = (unpacked / SETTINGS).read_text("utf-8")
    kept = place.schema or (before.schema if place.store != "sqlite" else "")
    write_whole(unpacked / SETTINGS, _with_store(text, place.store, kept).encode("utf-8"))
    after = load_settings(unpacked)
    if (after.store, after.schema) != (before.store, before.schema):
        for one in unpacked.iterdir():
            if is_index(one.name):  # of a store with other numbers; the next command makes one
                shutil.rmtree(one)
    if after.store != "sqlite":
        _to_server(unpacked, after, progress)
    return _shown(after)


def _settings(unpacked: Path, place: Place) -> Settings:
    """What the copy's settings say; those that cannot be read are nobody's to change."""
    try:
        return load_settings(unpacked)
    except LibraryError as error:
        if not place.store:
            return Settings()
        raise InputError(
            f"its settings say nowhere that can be changed: {error.what}",
            where=SETTINGS,
            todo="restore it without --database and mend piamater.toml",
        ) from error


def _to_server(unpacked: Path, settings: Settings, progress: Callable[[int], None]) -> None:
    """Move the documents from the file to the server."""
    from piamater.corpus.sqlite import SqliteCorpus
    from piamater.corpus.transfer import transfer

    try:
        from piamater.corpus.postgres import PostgresCorpus
    except ImportError as error:
        raise LibraryError(
            f"the driver of PostgreSQL is not installed: {error}",
            where="--database",
            todo="pip install 'piamater[postgres]'",
        ) from error
    source = SqliteCorpus(unpacked / CORPUS)
    try:
        target = PostgresCorpus(settings.store, settings.schema, restoring=True)
        try:
            transfer(source, target, progress)
        finally:
            target.close()
    finally:
        source.close()
    for one in unpacked.glob(f"{CORPUS}*"):
        one.unlink()


def _with_store(text: str, store: str, schema: str) -> str:
    """Settings that name this store, every other line as it was."""
    lines = text.splitlines(keepends=True)
    begin = next((n for n, one in enumerate(lines) if one.strip().startswith("[corpus]")), None)
    if begin is None:
        lines.append("\n[corpus]\n" if not lines or lines[-1].endswith("\n") else "\n\n[corpus]\n")
        begin = len(lines) - 1
    end = next((n for n in range(begin + 1, len(lines)) if _TABLE.match(lines[n])), len(lines))
    kept = [one for one in lines[begin + 1 : end] if not re.match(r"\s*(store|schema)\s*=", one)]
    said = [
        f"store = {json.dumps(store)}\n",
        *([f"schema = {json.dumps(schema)}\n"] * bool(schema)),
    ]
    found = "".join([*lines[:begin], lines[begin].rstrip("\n") + "\n", *said, *kept, *lines[end:]])
    if _others(found) != _others(text):
        raise InputError(
            "its table [corpus] is written in a way that cannot be changed line by line",
            where=SETTINGS,
            todo="restore it without --database and mend piamater.toml",
        )
    return found


def _others(text: str) -> dict[str, object]:
    """All settings but where the documents are kept."""
    found = tomllib.loads(text)
    corpus = {k: v for k, v in found.pop("corpus", {}).items() if k not in ("store", "schema")}
    return {**found, "corpus": corpus}


def _shown(settings: Settings) -> str:
    """Where documents are kept, as people read it; without a password."""
    if settings.store == "sqlite":
        return "sqlite"
    try:
        from piamater.corpus.postgres_connect import shown
    except ImportError:
        return "postgresql"
    return f"{shown(settings.store)}, schema {settings.schema}"
