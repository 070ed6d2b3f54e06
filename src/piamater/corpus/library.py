"""Library: one folder that holds settings, originals, corpus, vocabulary and index."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from contextlib import AbstractContextManager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path

from piamater.corpus.lock import writer_lock
from piamater.corpus.settings import FILE, TEMPLATE, Settings, check_store, load_settings
from piamater.corpus.sqlite import SqliteCorpus
from piamater.corpus.standing import Judgement, judge
from piamater.corpus.store import CorpusStore, StoredVersion
from piamater.errors import LibraryError


class Library:
    """An opened library folder. ``today`` may be set, to read the library as of another day."""

    def __init__(self, folder: Path, today: date | None = None) -> None:
        self.folder = folder
        self._today = today
        if not (folder / FILE).is_file():
            raise LibraryError(
                f"there is no library here (no {FILE})",
                where=str(folder),
                todo=f"make one with: piamater init {folder}",
            )

    @classmethod
    def create(cls, folder: Path, name: str = "", store: str = "sqlite") -> Library:
        """Make a library in a new or empty folder, and open it; ``store`` as in the settings.

        Raises:
            LibraryError: the folder holds something already, or cannot be written; the store
                cannot be opened.
        """
        check_store(store, "store")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise LibraryError(
                    "the folder is not empty", where=str(folder), todo="name a new or empty folder"
                )
            if store != "sqlite":
                open_store(folder, Settings(store=store)).close()
            (folder / "originals").mkdir()
            text = TEMPLATE.format(
                name=json.dumps(name or folder.name, ensure_ascii=False),
                store=json.dumps(store, ensure_ascii=False),
            )
            write_whole(folder / FILE, text.encode("utf-8"))
        except OSError as error:
            raise LibraryError(
                f"the library cannot be made: {error.strerror}",
                where=str(folder),
                todo="check the path and its permissions",
            ) from error
        library = cls(folder)
        library.corpus.close()
        return cls(folder)

    @property
    def today(self) -> date:
        """The day that standings are judged on."""
        return self._today or date.today()

    @cached_property
    def settings(self) -> Settings:
        """What ``piamater.toml`` says."""
        return load_settings(self.folder)

    @cached_property
    def corpus(self) -> CorpusStore:
        """The store of documents, opened when it is first asked for.

        Raises:
            LibraryError: it cannot be opened.
        """
        return open_store(self.folder, self.settings)

    @property
    def index_folder(self) -> Path:
        """Where the search index of this store lives; it can always be rebuilt.

        The numbers in an index mean nothing in another store, so each store has its own.
        """
        other = self.corpus.identity()
        return self.folder / (f"index-{other[:8]}" if other else "index")

    @property
    def vocabulary_folder(self) -> Path:
        """Where imported vocabularies live."""
        return self.folder / "vocabulary"

    def writing(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the writer lock, waiting so many seconds for it; see ``writer_lock``."""
        return writer_lock(self.folder, wait)

    def judge(self, version: StoredVersion) -> Judgement:
        """The standing of a version today; one that is not its source's current is superseded."""
        notices = self.corpus.notices(version.record, version.source)
        found = judge(version.record, notices, self.today, self.settings.review_months)
        if version.current:
            return found
        from piamater.corpus.standing import Standing

        if not found.standing.citable:
            return found
        return Judgement(
            Standing.SUPERSEDED, "a newer version of this source is held", found.review_due
        )

    def keep_original(self, source: Path | bytes, digest: str, suffix: str) -> None:
        """Keep a copy of an original under its SHA-256, unless it is there."""
        target = self.folder / "originals" / digest[:2] / (digest + suffix)
        if target.exists():
            return
        name = ""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, bytes):
                write_whole(target, source, durable=False)
                return
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
            os.close(handle)
            shutil.copyfile(source, name)
            os.replace(name, target)
        except OSError as error:
            if name:
                Path(name).unlink(missing_ok=True)
            raise LibraryError(
                f"the original cannot be kept: {error.strerror}",
                where=str(source) if isinstance(source, Path) else str(target.parent),
                todo="free some space or check permissions, then run the same add again",
            ) from error


def open_store(folder: Path, settings: Settings) -> CorpusStore:
    """The store that the settings name.

    Raises:
        LibraryError: it cannot be opened, or needs an extra that is not installed.
    """
    if settings.store == "sqlite":
        return SqliteCorpus(folder / "corpus.sqlite3")
    try:
        from piamater.corpus.postgres import PostgresCorpus
    except ImportError as error:
        raise LibraryError(
            f"the library is kept in PostgreSQL, and its driver is not installed: {error}",
            where=str(folder / FILE),
            todo="pip install 'piamater[postgres]'",
        ) from error
    return PostgresCorpus(settings.store, settings.schema)


def write_whole(path: Path, data: bytes, *, durable: bool = True, mode: int = 0o600) -> None:
    """Write a file so that it is there whole or not at all; ``durable`` waits for the disk.

    A file that is replaced keeps its permissions; a new one gets ``mode``.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
