"""Walking: from what is named on a command line to the originals that it holds.

A file, a folder, or a .zip or .tar archive of files. What cannot be taken becomes a Refusal with
its reason, and the walk goes on.
"""

from __future__ import annotations

import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from piamater.errors import InputError, PiamaterError
from piamater.sources.reader import MAX_BYTES, Original

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
MOST_MEMBERS = 1_000_000
_CONNECTOR = re.compile(r"^(?:pmid|doi|pmcid|pubmed|europepmc):|^https?://", re.IGNORECASE)
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, zlib.error)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or archive member that cannot be taken, and why."""

    name: str
    location: str
    error: PiamaterError


def walk(what: str | Path, limit: int = MAX_BYTES) -> Iterator[Original | Refusal]:
    """The originals that ``what`` holds, folders in the order of their names.

    ``limit`` is the largest size of one file in bytes. Hidden files are passed over.

    Raises:
        InputError: there is no such file, or its form comes with a later release.
    """
    if _CONNECTOR.match(str(what)):
        raise InputError(
            "connectors to live services come with a later release",
            where=str(what),
            todo="download the document and add the file",
        )
    path = Path(what)
    if not path.exists():
        raise InputError("there is no such file or folder", where=str(what), todo="check the path")
    if path.is_dir():
        yield from _folder(path, limit)
    else:
        yield from _file(path, path.name, limit)


def _folder(folder: Path, limit: int) -> Iterator[Original | Refusal]:
    for place, names, files in os.walk(folder):
        names[:] = sorted(one for one in names if one[0] != "." and one != "__MACOSX")
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(place) / name
            yield from _file(path, f"{folder.name}/{path.relative_to(folder).as_posix()}", limit)


def _file(path: Path, name: str, limit: int) -> Iterator[Original | Refusal]:
    if not path.is_file():
        error = InputError("it is not a regular file", where=str(path), todo="leave it out")
        yield Refusal(name, str(path), error)
    elif path.name.lower().endswith(ARCHIVES):
        yield from _archive(path, limit)
    else:
        yield Original(name, str(path.absolute()), path)


def _archive(path: Path, limit: int) -> Iterator[Original | Refusal]:
    """The members of an archive; what stands before a broken place is given all the same."""
    location = str(path.absolute())
    members = _zip(path, limit) if path.name.lower().endswith(".zip") else _tar(path, limit)
    try:
        for count, one in enumerate(members):
            if count >= MOST_MEMBERS:
                error = InputError(
                    f"the archive has over {MOST_MEMBERS:,} members",
                    where=location,
                    todo="split it",
                )
                yield Refusal(path.name, location, error)
                return
            yield one
    except _BROKEN as error:
        told = InputError(
            f"the archive is damaged or cut short: {error or type(error).__name__}",
            where=location,
            todo="get it again; what came before the damage was read",
        )
        yield Refusal(path.name, location, told)


def _tar(path: Path, limit: int) -> Iterator[Original | Refusal]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            where = f"{path.absolute()}!{member.name}"
            if member.isdir() or _passed_over(member.name):
                continue
            if problem := _problem(member.name, member.size, limit, regular=member.isreg()):
                yield Refusal(member.name, where, InputError(problem, where=where))
                continue
            file = archive.extractfile(member)
            data = file.read() if file else b""
            if len(data) < member.size:
                raise EOFError(f"{member.name} ends early")
            yield Original(member.name, where, data=data)


def _zip(path: Path, limit: int) -> Iterator[Original | Refusal]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            where = f"{path.absolute()}!{member.filename}"
            if member.is_dir() or _passed_over(member.filename):
                continue
            problem = _problem(member.filename, member.file_size, limit, regular=True)
            if member.flag_bits & 1:
                problem = "it is encrypted; take the password off and add it again"
            if problem:
                yield Refusal(member.filename, where, InputError(problem, where=where))
                continue
            try:
                with archive.open(member) as file:
                    data = file.read(limit + 1)
            except (*_BROKEN, NotImplementedError) as error:
                told = InputError(f"it is damaged: {error}", where=where, todo="get it again")
                yield Refusal(member.filename, where, told)
                continue
            if len(data) > limit:
                told = InputError(f"it unpacks to over {limit:,} bytes", where=where)
                yield Refusal(member.filename, where, told)
                continue
            yield Original(member.filename, where, data=data)


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(one[0] == "." and one not in (".", "..") for one in parts)


def _problem(name: str, size: int, limit: int, *, regular: bool) -> str:
    """Why a member cannot be taken; empty where it can."""
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts:
        return "its path climbs out of the archive; it was left out"
    if not regular:
        return "it is a link or a device, not a file; it was left out"
    if name.lower().endswith(ARCHIVES):
        return "it is an archive in an archive; unpack it and add it by itself"
    if size > limit:
        return f"it is {size:,} bytes, over the limit of {limit:,}; raise max_bytes or leave it out"
    return ""
