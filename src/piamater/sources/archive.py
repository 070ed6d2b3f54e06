"""Archives: the files in a .zip or .tar, read one by one and never unpacked to disk.

What climbs out, is a link, encrypted, an archive itself or too large is refused by itself; an
archive that is cut short gives what stands before the cut.
"""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from piamater.errors import InputError, PiamaterError
from piamater.sources.reader import Original

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
MOST_MEMBERS = 1_000_000
MOST_BYTES = 2 * 1024**3
"""An archive may unpack to this many bytes, or to ``MOST_RATIO`` times its size if that is more."""
MOST_RATIO = 500
_OTHER_ARCHIVES = (".7z", ".rar", ".gz", ".xz", ".bz2", ".zst")
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or archive member that cannot be taken, and why."""

    name: str
    location: str
    error: PiamaterError


def is_archive(name: str) -> bool:
    """Whether a name is one of an archive that can be read."""
    return name.lower().endswith(SUFFIXES)


def members(path: Path, limit: int) -> Iterator[Original | Refusal]:
    """The members of an archive up to ``limit`` bytes each; then why it ends early, if it does."""
    location = printable(str(path.absolute()))

    def refused(what: str, todo: str) -> Refusal:
        return Refusal(printable(path.name), location, InputError(what, where=location, todo=todo))

    unpacked = 0
    try:
        most = max(MOST_BYTES, MOST_RATIO * path.stat().st_size)
        for count, one in enumerate(_zip(path, limit) if _is_zip(path) else _tar(path, limit)):
            unpacked += len(one.data or b"") if isinstance(one, Original) else 0
            if count >= MOST_MEMBERS or unpacked > most:
                yield refused(
                    f"it holds over {MOST_MEMBERS:,} files, or unpacks to over {most:,} bytes",
                    "split it; what came before was read",
                )
                return
            yield one
    except _BROKEN as error:
        told = str(error) or type(error).__name__
        yield refused(
            f"the archive is damaged or cut short: {told}",
            "get it again; what came before the damage was read",
        )


def printable(name: str) -> str:
    """A file name as text that can be stored and printed on one line."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _is_zip(path: Path) -> bool:
    return path.name.lower().endswith(".zip")


def _tar(path: Path, limit: int) -> Iterator[Original | Refusal]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            if member.isdir() or _passed_over(member.name):
                continue
            if problem := _problem(member.name, member.size, limit, regular=member.isreg()):
                yield _refusal(path, member.name, problem)
                continue
            file = archive.extractfile(member)
            data = file.read() if file else b""
            if len(data) < member.size:
                raise EOFError(f"{printable(member.name)} ends early")
            yield _original(path, member.name, data)
        _check_end(archive)


def _check_end(archive: tarfile.TarFile) -> None:
    """See that the archive ends in a block of zeros; the library stops at any broken header."""
    file = archive.fileobj
    if file is not None:
        file.seek(archive.offset)
        if file.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
            raise EOFError("its end mark is missing")


def _zip(path: Path, limit: int) -> Iterator[Original | Refusal]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError):
        yield from _salvage(path, limit)
        raise
    with archive:
        for member in archive.infolist():
            if member.is_dir() or _passed_over(member.filename):
                continue
            problem = _problem(member.filename, member.file_size, limit, regular=_is_file(member))
            if member.flag_bits & 1:
                problem = "it is encrypted; take the password off and add it again"
            if problem:
                yield _refusal(path, member.filename, problem)
                continue
            try:
                with archive.open(member) as file:
                    data = file.read(limit + 1)
            except (*_BROKEN, NotImplementedError) as error:
                yield _refusal(path, member.filename, f"it is damaged: {error}", "get it again")
                continue
            yield _within(path, member.filename, data, limit)


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file by its Unix mode, where one is given; a link is not."""
    kind = member.external_attr >> 28
    return kind in (0, 0o10)


_LOCAL = struct.Struct("<4s5H3L2H")
"""The header before each member of a .zip (APPNOTE 4.3.7)."""


def _salvage(path: Path, limit: int) -> Iterator[Original | Refusal]:
    """The whole members of a .zip that lost its directory, by the headers before each of them."""
    with path.open("rb") as file:
        while len(head := file.read(_LOCAL.size)) == _LOCAL.size and head[:4] == b"PK\x03\x04":
            _, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack(head)
            name = file.read(named).decode("utf-8" if flags & 0x800 else "cp437", "replace")
            file.seek(extra, 1)
            if flags & 9 or method not in (0, 8) or size > limit or packed > limit:
                return
            held = file.read(packed)
            data = zlib.decompressobj(-15).decompress(held, limit + 1) if method else held
            if len(data) != size or zlib.crc32(data) != crc:
                return
            if not name.endswith("/") and not _passed_over(name):
                problem = _problem(name, size, limit, regular=True)
                yield _refusal(path, name, problem) if problem else _original(path, name, data)


def _within(path: Path, name: str, data: bytes, limit: int) -> Original | Refusal:
    """A member, unless it unpacked to more than its header says and the limit allows."""
    if len(data) > limit:
        return _refusal(path, name, f"it unpacks to over {limit:,} bytes")
    return _original(path, name, data)


def _original(path: Path, name: str, data: bytes) -> Original:
    return Original(printable(name), _where(path, name), data=data, archive=path)


def _refusal(path: Path, name: str, what: str, todo: str = "") -> Refusal:
    where = _where(path, name)
    return Refusal(printable(name), where, InputError(what, where=where, todo=todo))


def _where(path: Path, name: str) -> str:
    return printable(f"{path.absolute()}!{name}")


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(one[0] == "." and one not in (".", "..") for one in parts)


def _problem(name: str, size: int, limit: int, *, regular: bool) -> str:
    """Why a member cannot be taken; empty where it can."""
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or name[1:3] in (":\\", ":/"):
        return "its path climbs out of the archive; it was left out"
    if not regular:
        return "it is a link or a device, not a file; it was left out"
    if name.lower().endswith((*SUFFIXES, *_OTHER_ARCHIVES)):
        return "it is an archive in an archive; unpack it and add it by itself"
    if size > limit:
        return f"it is {size:,} bytes, over the limit of {limit:,}; raise max_bytes or leave it out"
    return ""
