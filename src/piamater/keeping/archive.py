"""The archive of a backup: a tar file in gzip, with a manifest at its end that proves the rest.

Members, in this order: ``piamater-backup.json`` says what it is; ``library/…`` are the files;
``manifest.json`` holds path, size and SHA-256 of each; ``manifest.sha256`` the manifest's own
SHA-256. So it is written and read in one pass, whatever its size. ``tar`` unpacks it too.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from piamater.errors import InputError, LibraryError
from piamater.keeping.manifest import FORMAT, Manifest
from piamater.keeping.parts import COPY_HEAD as HEAD

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
PREFIX = "library/"

BLOCK = 1 << 20
_LEVEL = 4
_LONGEST_HEADER = 1 << 16
_LONGEST_MANIFEST = 256 << 20
Bytes = Callable[[int], None]


class ArchiveWriter:
    """Writes an archive into a file; ``close`` ends it and waits for the disk."""

    def __init__(self, path: Path, manifest: Manifest, estimate: int) -> None:
        self.manifest = manifest
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._gzip = gzip.GzipFile("", "wb", _LEVEL, self._file)
        self._tar = tarfile.TarFile(fileobj=self._gzip, mode="w", format=tarfile.PAX_FORMAT)
        head = {"format": FORMAT, "created": manifest.created, "estimate": estimate}
        self._put(HEAD, json.dumps(head).encode("ascii"))

    def add_bytes(self, path: str, data: bytes, mode: int = 0o600) -> None:
        """Add a file of this content."""
        self.manifest.files[path] = (len(data), sha256(data).hexdigest())
        self._put(PREFIX + path, data, mode)

    def add_file(self, path: str, source: Path, progress: Bytes) -> None:
        """Add a file from the disk; one that is deleted meanwhile is left out.

        Raises:
            LibraryError: it became shorter while it was read.
        """
        try:
            file = source.open("rb")
        except FileNotFoundError:
            return
        with file:
            found = os.fstat(file.fileno())
            if found.st_size <= BLOCK:
                self.add_bytes(path, file.read(), found.st_mode & 0o777)
                progress(found.st_size)
                return
            info = _info(PREFIX + path, found.st_size, found.st_mode & 0o777)
            reader = _Hashing(file, progress)
            try:
                self._tar.addfile(info, reader)  # type: ignore[arg-type]
            except OSError as error:
                if reader.count == found.st_size or error.errno:
                    raise
                raise LibraryError(
                    "the file became shorter while it was read",
                    where=str(source),
                    todo="run the backup again",
                ) from error
            self.manifest.files[path] = (found.st_size, reader.digest.hexdigest())

    def close(self) -> str:
        """End the archive with its manifest; gives the manifest's SHA-256."""
        data = self.manifest.to_bytes()
        digest = sha256(data).hexdigest()
        self._put(MANIFEST, data)
        self._put(SEAL, f"{digest}  {MANIFEST}\n".encode("ascii"))
        self._tar.close()
        self._gzip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return digest

    def abandon(self) -> None:
        """Let go of the file, which is of no use if ``close`` was not called before."""
        for one in (self._gzip, self._file):
            with suppress(OSError, ValueError):
                one.close()

    def _put(self, name: str, data: bytes, mode: int = 0o600) -> None:
        self._tar.addfile(_info(name, len(data), mode), io.BytesIO(data))
        self._tar.members = []  # type: ignore[attr-defined]


def _info(name: str, size: int, mode: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, mode
    return info


class _Hashing:
    """A file that hashes and counts what is read from it."""

    def __init__(self, file: IO[bytes], progress: Bytes) -> None:
        self._file, self._progress = file, progress
        self.digest = sha256()
        self.count = 0

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        self.count += len(data)
        self._progress(len(data))
        return data


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it comes by: its path in the library, declared size, mode, and its content.

    Reading ``blocks`` raises as ``ArchiveReader.members`` does.
    """

    path: str
    size: int
    mode: int
    blocks: Iterator[bytes]


class ArchiveReader:
    """Reads an archive in one pass. After ``members`` came to its end, ``manifest`` is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.estimate = 0
        self.manifest: Manifest | None = None
        self.seal = ""
        self._last = "its beginning"

    def members(self) -> Iterator[Member]:
        """The files in order; each must be read whole before the next one is asked for.

        Raises:
            InputError: it is no archive of this kind, is cut off, or was changed.
        """
        with self._told(), gzip.open(self.path, "rb") as plain:
            file = _Bounded(plain)
            with tarfile.open(fileobj=file, mode="r:") as tar:  # type: ignore[call-overload]
                self._head(tar)
                yield from self._files(tar)
                if self.manifest is None:
                    raise self._wrong("it ends without its manifest")
            while plain.read(BLOCK):  # to the end: gzip's own checksum stands there
                pass

    def _head(self, tar: tarfile.TarFile) -> None:
        member = tar.next()
        if member is None or member.name != HEAD or not _plain(member):
            raise self._wrong("it is not a backup of a Piamater library")
        form = json.loads(self._content(tar, member, _LONGEST_HEADER))
        if form.get("format") != FORMAT:
            raise InputError(
                f"the backup has the format {form.get('format')!r}, this release reads {FORMAT}",
                where=str(self.path),
                todo="restore it with the release that wrote it, or a newer one",
            )
        self.estimate = int(form["estimate"])

    def _files(self, tar: tarfile.TarFile) -> Iterator[Member]:
        while (member := tar.next()) is not None:
            tar.members = []  # type: ignore[attr-defined]
            if not _plain(member):
                raise self._wrong(f"{_shown(member.name)} is a link, a device or a sparse file")
            if self.manifest is not None:
                self._sealed(tar, member)
                continue
            self._last = _shown(member.name)
            if member.name == MANIFEST:
                data = self._content(tar, member, _LONGEST_MANIFEST)
                self.manifest, self.seal = Manifest.from_bytes(data), sha256(data).hexdigest()
            elif member.name.startswith(PREFIX):
                content = tar.extractfile(member)
                if content is None:
                    raise self._wrong(f"{self._last} has no content")
                path = member.name.removeprefix(PREFIX)
                yield Member(path, member.size, member.mode & 0o775, self._blocks(content))
            else:
                raise self._wrong(f"{self._last} does not belong into a backup")
        if self.manifest is not None and not self._last == SEAL:
            raise self._wrong("the manifest has no seal")

    def _blocks(self, content: IO[bytes]) -> Iterator[bytes]:
        with self._told():
            yield from read_blocks(content)

    def _sealed(self, tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        if self._last == SEAL or member.name != SEAL:
            raise self._wrong(f"{_shown(member.name)} stands behind the manifest")
        self._last = SEAL
        if self._content(tar, member, 1024) != f"{self.seal}  {MANIFEST}\n".encode("ascii"):
            raise self._wrong("the manifest was changed")

    def _content(self, tar: tarfile.TarFile, member: tarfile.TarInfo, longest: int) -> bytes:
        file = tar.extractfile(member)
        if file is None or member.size > longest:
            raise self._wrong(f"{_shown(member.name)} declares {member.size:,} bytes")
        data = b"".join(read_blocks(file))
        if len(data) != member.size:
            raise EOFError
        return data

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what goes wrong in reading into one error that says where."""
        try:
            yield
        except EOFError as error:
            raise self._wrong(f"it is cut off after {self._last}") from error
        except (gzip.BadGzipFile, zlib.error, tarfile.TarError) as error:
            if self._last == "its beginning":
                raise self._wrong(f"it is not a backup of a Piamater library ({error})") from error
            raise self._wrong(f"it was damaged at or after {self._last} ({error})") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._wrong(
                f"its own record of what it holds cannot be read ({error})"
            ) from error

    def _wrong(self, what: str) -> InputError:
        return InputError(
            what, where=str(self.path), todo="nothing was restored; take another copy"
        )


class _Bounded:
    """A stream for ``tarfile`` that reads no long block at once and goes forward only.

    What ``tarfile`` reads in one piece are headers; one that declares gigabytes would fill the
    memory.
    """

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        if not 0 <= size <= BLOCK:
            raise tarfile.ReadError(f"a header declares {size:,} bytes")
        return self._file.read(size)

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, to: int) -> int:
        if to < self._file.tell():
            raise tarfile.ReadError("the headers lead backwards")
        return self._file.seek(to)


def _plain(member: tarfile.TarInfo) -> bool:
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def _shown(name: str) -> str:
    return name if name.isprintable() and len(name) < 200 else repr(name[:200])


def safe_path(path: str) -> bool:
    """Whether a path stays within the folder that it is unpacked into, and means one file."""
    pieces = path.split("/")
    try:
        longest = max(len(os.fsencode(one)) for one in pieces)
    except UnicodeEncodeError:
        return False
    return (
        "\0" not in path
        and not {"", ".", ".."}.intersection(pieces)
        and longest <= 255
        and len(path) <= 1024
    )


def read_blocks(file: IO[bytes]) -> Iterator[bytes]:
    """A file in blocks."""
    while data := file.read(BLOCK):
        yield data
