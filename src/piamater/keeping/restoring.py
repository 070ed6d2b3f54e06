"""Restore: a library back from an archive, every byte of it held against the manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from piamater.corpus.settings import FILE as SETTINGS
from piamater.errors import InputError, LibraryError
from piamater.keeping.archive import ArchiveReader, Member, safe_path
from piamater.keeping.manifest import Manifest
from piamater.keeping.parts import NEW, is_passing
from piamater.keeping.placing import Place, place_documents
from piamater.keeping.workroom import workroom

Bytes = Callable[[int], None]
RESERVE = 64 << 20
"""Bytes that are left free on the disk."""

_IGNORED = "lost+found"


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What came back. ``documents`` tells the database that they are in."""

    folder: Path
    manifest: Manifest
    digest: str
    documents: str = "sqlite"

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return {
            "library": str(self.folder),
            "name": self.manifest.library,
            "created": self.manifest.created,
            "piamater": self.manifest.piamater,
            "files": len(self.manifest.files),
            "bytes": self.manifest.size,
            "digest": self.digest,
            "holds": self.manifest.holds,
            "left_out": self.manifest.left_out,
            "documents": self.documents,
        }


def declared(file: Path) -> int:
    """About how many bytes an archive says that it unpacks to; 0 where it does not say.

    Nothing relies on it but a progress bar.
    """
    reader = ArchiveReader(file)
    try:
        next(reader.members(), None)
    except (InputError, OSError):
        return 0
    return max(reader.estimate, 0)


def restore(
    file: Path,
    folder: Path,
    progress: Bytes = lambda more: None,
    *,
    place: Place | None = None,
) -> RestoreReport:
    """Unpack an archive into a new or empty folder, which is touched only when all is proven.

    ``place`` is the database for the documents: the folder's own, or an empty one on a server.

    Raises:
        InputError: the archive is no backup, is cut off or was changed; the message names the
            member. Or it is not said where documents from a server are to be.
        LibraryError: the folder or the database is not empty, or the disk is full or cannot be
            written.
    """
    place = place or Place()
    place.check()
    folder = Path(os.path.abspath(folder))
    inside = folder.is_dir() and os.path.ismount(folder)
    _check_place(file, folder, inside)
    with workroom(folder if inside else folder.parent, "restore") as room:
        unpacked = room / "library"
        unpacked.mkdir(mode=_mode_of(folder))
        reader = ArchiveReader(file)
        found = _unpack(reader, unpacked, progress)
        if reader.manifest is None:
            raise InputError("it has no manifest", where=str(file), todo="take another copy")
        _prove(file, reader.manifest, found)
        _set_folders(unpacked, reader.manifest.folders)
        documents = place_documents(unpacked, place, progress)
        os.sync()
        if inside:
            _move_up(unpacked, folder)
        else:
            os.rename(unpacked, folder)
    return RestoreReport(folder, reader.manifest, reader.seal, documents)


def _check_place(file: Path, folder: Path, inside: bool) -> None:
    if not file.is_file():
        raise InputError("there is no such file", where=str(file), todo="check the path")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise LibraryError(
            "this is not a folder", where=str(folder), todo="name a new or empty folder"
        )
    if folder.is_dir() and any(not (inside and _may_stay(one.name)) for one in folder.iterdir()):
        raise LibraryError(
            "the folder is not empty, and nothing is ever restored over something else",
            where=str(folder),
            todo="name a new or empty folder",
        )
    if not folder.parent.is_dir():
        raise LibraryError(
            "the folder to restore in does not exist",
            where=str(folder.parent),
            todo="make it first",
        )


def _may_stay(name: str) -> bool:
    return name == _IGNORED or name.startswith(f"{NEW}restore-")


def _mode_of(folder: Path) -> int:
    return folder.stat().st_mode & 0o777 if folder.is_dir() else 0o777


def _unpack(reader: ArchiveReader, into: Path, progress: Bytes) -> dict[str, tuple[int, str]]:
    """Write every member; gives size and SHA-256 by path of what was written."""
    found: dict[str, tuple[int, str]] = {}
    for member in reader.members():
        if member.path in found:
            raise _refused(reader, member, "stands in it twice")
        if not safe_path(member.path) or is_passing(member.path):
            raise _refused(reader, member, "is not a path within a library")
        free = shutil.disk_usage(into).free
        if member.size > free - RESERVE:
            raise _refused(
                reader, member, f"declares {member.size:,} bytes, and {free:,} are free here"
            )
        found[member.path] = _write(reader, member, into, progress)
    return found


def _write(reader: ArchiveReader, member: Member, into: Path, progress: Bytes) -> tuple[int, str]:
    target = into / member.path
    digest, count = sha256(), 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except (FileExistsError, NotADirectoryError) as error:
        raise _refused(reader, member, "stands in the way of another file") from error
    with os.fdopen(handle, "wb") as file:
        for block in member.blocks:
            file.write(block)
            digest.update(block)
            count += len(block)
            progress(len(block))
        file.flush()
        os.fchmod(file.fileno(), member.mode | 0o400)
    return count, digest.hexdigest()


def _prove(file: Path, manifest: Manifest, found: dict[str, tuple[int, str]]) -> None:
    """Hold what was unpacked against the manifest."""
    for path in sorted(manifest.files.keys() | found.keys()):
        if path not in found:
            what = "is missing"
        elif path not in manifest.files:
            what = "is not in the manifest"
        elif manifest.files[path] != found[path]:
            what = "is not what was backed up: its SHA-256 differs"
        else:
            continue
        raise InputError(
            f"{_name(path)} {what}", where=str(file), todo="nothing was restored; take another copy"
        )
    if SETTINGS not in found:
        raise InputError(f"it holds no {SETTINGS}", where=str(file), todo="take another copy")


def _set_folders(into: Path, folders: dict[str, int]) -> None:
    """Make the empty folders too, and give all of them their permissions."""
    for path, mode in sorted(folders.items(), reverse=True):
        if safe_path(path) and not is_passing(path):
            (into / path).mkdir(parents=True, exist_ok=True)
            (into / path).chmod(mode & 0o775 | 0o700)


def _move_up(unpacked: Path, folder: Path) -> None:
    """Into a folder that cannot be replaced since it is a disk of its own; the settings last.

    A folder without settings is no library yet, so that a kill here is noticed.
    """
    for one in sorted(unpacked.iterdir(), key=lambda one: one.name == SETTINGS):
        os.rename(one, folder / one.name)


def _refused(reader: ArchiveReader, member: Member, what: str) -> InputError:
    return InputError(
        f"{_name(member.path)} {what}",
        where=str(reader.path),
        todo="nothing was restored; take a copy that you trust",
    )


def _name(path: str) -> str:
    return path if path.isprintable() and len(path) < 200 else repr(path[:200])
