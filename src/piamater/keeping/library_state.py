"""LibraryState: a library as its checks see it, opened no further than it can be."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from piamater.corpus import CorpusStore, Library
from piamater.corpus.settings import FILE as SETTINGS
from piamater.corpus.tables import FORMAT
from piamater.errors import LibraryError, UnknownNameError
from piamater.guides import EditionStore
from piamater.keeping.parts import CORPUS, EDITIONS

KEPT = 64
"""Texts that are held at once."""


class LibraryState:
    """What the checks share. ``progress`` is told how many things more were looked at.

    Raises:
        LibraryError: there is no library in ``folder``.
    """

    def __init__(self, folder: Path, progress: Callable[[int], None] = lambda more: None) -> None:
        if not folder.is_dir():
            raise LibraryError(
                "there is no such folder", where=str(folder), todo="name a library with --library"
            )
        if not (folder / SETTINGS).is_file() and not (folder / CORPUS).exists():
            raise LibraryError(
                f"there is no library here (no {SETTINGS})",
                where=str(folder),
                todo=f"make one with: piamater init {folder}",
            )
        self.folder = folder
        self.progress = progress
        self.now = time.time()
        self._texts: dict[tuple[str, str], str | None] = {}

    @property
    def has_settings(self) -> bool:
        """Whether the file of the settings is there."""
        return (self.folder / SETTINGS).is_file()

    @cached_property
    def library(self) -> Library:
        """The opened library.

        Raises:
            LibraryError: it has no settings.
        """
        return Library(self.folder)

    @property
    def layout(self) -> int:
        """The layout of the corpus; -1 where it cannot be read, or is not there."""
        try:
            return self.library_layout()
        except LibraryError:
            return -1

    def library_layout(self) -> int:
        """The layout of the corpus, which is not opened and stays as it is; 0 where it is empty.

        Raises:
            LibraryError: it cannot be read, or is not there.
        """
        if not self.in_folder:
            from piamater.corpus.postgres import layout_at

            settings = self.library.settings
            return layout_at(settings.store, settings.schema)
        import sqlite3

        path = self.folder / CORPUS
        try:
            db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
            try:
                return int(db.execute("PRAGMA user_version").fetchone()[0])
            finally:
                db.close()
        except sqlite3.Error as error:
            raise LibraryError(f"it cannot be read: {error}", where=CORPUS) from error

    @property
    def corpus(self) -> CorpusStore | None:
        """The corpus; none where it is missing, of another layout, or no database.

        Opening is what brings an older layout forward, so one is not opened here.
        """
        try:
            opened = "library" in self.__dict__ and "corpus" in self.library.__dict__
            if not opened and self.layout != FORMAT:
                return None
            return self.library.corpus
        except LibraryError:
            return None

    @property
    def in_folder(self) -> bool:
        """Whether the corpus is a file of the folder, not a database elsewhere."""
        try:
            return self.library.settings.store == "sqlite"
        except LibraryError:
            return True

    @property
    def editions(self) -> EditionStore:
        """The published editions."""
        return EditionStore(self.folder / EDITIONS)

    def text_of(self, source: str, version: str) -> str | None:
        """The text of a version; none where the corpus does not hold it."""
        key = source, version
        if key not in self._texts:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            self._texts[key] = self._read(source, version)
        return self._texts[key]

    def _read(self, source: str, version: str) -> str | None:
        corpus = self.corpus
        try:
            return corpus.text(source, version) if corpus else None
        except UnknownNameError:
            return None

    def path(self, path: Path) -> str:
        """A path as it is shown: within the library."""
        return path.relative_to(self.folder).as_posix()

    def forget(self) -> None:
        """Look at everything anew."""
        self._texts.clear()
        if "library" in self.__dict__:
            library = self.__dict__.pop("library")
            if "corpus" in library.__dict__:
                library.corpus.close()
