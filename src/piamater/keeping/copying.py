"""Backup: a library in one file, made while the library is read and written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import piamater
from piamater.corpus.library import open_store
from piamater.corpus.settings import FILE as SETTINGS
from piamater.corpus.settings import load_settings
from piamater.corpus.sql_store import SqlCorpus
from piamater.errors import LibraryError
from piamater.keeping.archive import ArchiveWriter, safe_path
from piamater.keeping.manifest import Manifest
from piamater.keeping.parts import (
    CORPUS,
    NEW,
    REVIEW,
    STAGED,
    Choice,
    LeftOut,
    Stage,
    files_of,
    folders_of,
    is_database,
    is_passing,
)
from piamater.keeping.snapshot import (
    pin_index,
    read_settled,
    snapshot_database,
    wait_until_rested,
)
from piamater.keeping.workroom import workroom

Bytes = Callable[[int], None]
INDEX_WAIT = 60.0
"""Seconds within which the search index must rest for a moment."""

RESTING = 60.0
"""Seconds within which the review ledger must rest for a moment."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds. ``digest`` is the manifest's SHA-256: it names this copy.

    ``left_out`` has the reason by path; ``missed`` are those of them that were not left by choice.
    """

    file: Path
    size: int
    files: int
    bytes: int
    digest: str
    created: str
    left_out: dict[str, str]
    missed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return {**asdict(self), "file": str(self.file)}


def estimate(folder: Path, choice: Choice) -> int:
    """About how many bytes a backup has to copy."""
    total = 0
    for stage in Stage:
        for path in files_of(folder, stage, choice, LeftOut()):
            with suppress(OSError):
                total += (folder / path).stat().st_size
    return total


def backup(
    folder: Path,
    file: Path,
    choice: Choice | None = None,
    *,
    force: bool = False,
    progress: Bytes = lambda more: None,
    total: int | None = None,
) -> BackupReport:
    """Copy the library in ``folder`` into one archive; others may read and write meanwhile.

    ``file`` is there whole or not at all. ``force`` replaces what stands there; ``progress`` is
    told bytes, of which there are ``total`` as ``estimate`` found.

    Raises:
        LibraryError: there is no library, ``file`` exists, something cannot be read, or the
            disk is full.
    """
    choice = choice or Choice()
    _check_target(folder, file, force)
    manifest = Manifest(
        piamater.__version__,
        datetime.now(UTC).isoformat(timespec="seconds"),
        _name(folder),
        asdict(choice),
    )
    with workroom(file.parent, "backup") as room:
        expected = estimate(folder, choice) if total is None else total
        writer = ArchiveWriter(room / "archive", manifest, expected)
        try:
            left_out = _Copying(folder, room, choice, writer, progress).run()
            digest = writer.close()
        finally:
            writer.abandon()
        size = (room / "archive").stat().st_size
        _put(room / "archive", file, force)
    return BackupReport(
        file,
        size,
        len(manifest.files),
        manifest.size,
        digest,
        manifest.created,
        manifest.left_out,
        tuple(sorted(left_out.missed)),
    )


@dataclass(slots=True)
class _Copying:
    """One run through the stages; see ``parts`` for why they stand in this order."""

    folder: Path
    room: Path
    choice: Choice
    writer: ArchiveWriter
    progress: Bytes

    def run(self) -> LeftOut:
        left_out = LeftOut(self.writer.manifest.left_out)
        self.writer.manifest.folders = folders_of(self.folder, self.choice)
        for stage in Stage:
            if stage is Stage.EDITIONS:
                self._editions(left_out)
                continue
            if stage is Stage.CORPUS and self._from_server(left_out):
                continue
            files = self._files(stage, left_out)
            if stage is Stage.INDEX:
                for name in sorted({one.partition("/")[0] for one in files}):
                    self._index(name, left_out)
                continue
            for path in files:
                if stage is Stage.REST:
                    wait_until_rested(self.folder / path)
                self._one(path)
        if CORPUS not in self.writer.manifest.files:
            raise LibraryError(
                "the library has no corpus database",
                where=str(self.folder / CORPUS),
                todo="piamater doctor says what is missing; take the library back from a copy",
            )
        return left_out

    def _files(self, stage: Stage, left_out: LeftOut) -> list[str]:
        found = []
        for path in files_of(self.folder, stage, self.choice, left_out):
            if safe_path(path):
                found.append(path)
            else:
                left_out.note(path, "a name that no backup can hold")
        return found

    def _editions(self, left_out: LeftOut) -> None:
        """Editions and the review ledger, fitting each other: again until the ledger has rested.

        Nobody is held up: an edition, once there, never changes, and the ledger's head is
        replaced after each entry. One that is staged and not yet shown is copied as it is.
        """
        end = time.monotonic() + RESTING
        while True:
            files = self._files(Stage.EDITIONS, left_out)
            reviews = [one for one in files if one.startswith(f"{REVIEW}/")]
            staged = [one for one in files if one.rpartition("/")[2].startswith(STAGED)]
            before = read_settled(self.folder, reviews)
            for path in files:
                if path not in (*reviews, *staged) and path not in self.writer.manifest.files:
                    self._one(path)
            waiting = read_settled(self.folder, staged)
            again = self._files(Stage.EDITIONS, left_out)
            if again == files and read_settled(self.folder, reviews) == before:
                break
            if time.monotonic() > end:
                raise LibraryError(
                    f"editions were published without a rest for {RESTING:.0f} seconds",
                    where=str(self.folder),
                    todo="wait until the others have finished, then try again",
                )
        for path, data in sorted({**before, **waiting}.items()):
            self.writer.add_bytes(path, data, _mode(self.folder / path))
            self.progress(len(data))

    def _from_server(self, left_out: LeftOut) -> bool:
        """Documents that are kept on a server, as of one moment, in a database like the folder's.

        False where they are in the folder, or the settings cannot tell.
        """
        try:
            settings = load_settings(self.folder)
        except LibraryError:
            return False
        if settings.store == "sqlite":
            return False
        if (self.folder / CORPUS).exists():
            left_out.note(CORPUS, "the documents are in PostgreSQL, not in this", missed=False)
        from piamater.corpus.sqlite import SqliteCorpus
        from piamater.corpus.transfer import transfer

        source = open_store(self.folder, settings)
        try:
            target = SqliteCorpus(self.room / "database", durable=False)
            try:
                transfer(cast(SqlCorpus, source), target, self.progress)
            finally:
                target.close()
        finally:
            source.close()
        self.writer.add_file(CORPUS, self.room / "database", lambda more: None)
        (self.room / "database").unlink()
        return True

    def _index(self, name: str, left_out: LeftOut) -> None:
        """One search index; ``name`` is its folder."""
        with workroom(self.folder, "backup") as room:
            if not pin_index(self.folder / name, room / name, INDEX_WAIT):
                left_out.note(name, f"it was being written for {INDEX_WAIT:.0f} seconds")
                return
            for path in sorted((room / name).rglob("*")):
                inside = path.relative_to(room).as_posix()
                if path.is_file() and not is_passing(inside):
                    self.writer.add_file(inside, path, self.progress)

    def _one(self, path: str) -> None:
        source = self.folder / path
        if not is_database(source):
            self.writer.add_file(path, source, self.progress)
            return
        copy = self.room / "database"
        snapshot_database(source, copy, self.progress)
        self.writer.add_file(path, copy, lambda more: None)
        copy.unlink()


def _check_target(folder: Path, file: Path, force: bool) -> None:
    if not (folder / SETTINGS).is_file():
        raise LibraryError(
            f"there is no library here (no {SETTINGS})",
            where=str(folder),
            todo="name one with --library DIR",
        )
    if not file.parent.is_dir() or file.is_dir() or file.name.startswith(NEW):
        raise LibraryError(
            "a backup cannot be written there",
            where=str(file),
            todo="name a new file in a folder that exists",
        )
    if (file.exists() or file.is_symlink()) and not force:
        raise LibraryError(
            "the file exists", where=str(file), todo="name another, or replace it with --force"
        )


def _mode(path: Path) -> int:
    """The permissions of a file; private where it is gone since."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o600


def _name(folder: Path) -> str:
    """The library's name; a library whose settings are damaged is copied all the same."""
    try:
        return load_settings(folder).name
    except LibraryError:
        return folder.name


def _put(archive: Path, file: Path, force: bool) -> None:
    """Give the finished archive its name, without replacing what came there meanwhile."""
    if not force:
        try:
            os.link(archive, file)
        except FileExistsError as error:
            raise LibraryError(
                "a file of this name came into being while the backup was made",
                where=str(file),
                todo="name another, or replace it with --force",
            ) from error
        except OSError:  # a disk that knows no links
            force = True
    if force:
        os.replace(archive, file)
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
