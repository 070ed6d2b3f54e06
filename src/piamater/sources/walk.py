"""Walking: from what is named on a command line to the originals that it holds.

A file, a folder, or a .zip or .tar archive of files. What cannot be taken becomes a Refusal with
its reason, and the walk goes on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from piamater.errors import InputError
from piamater.sources.archive import Refusal, is_archive, members, printable
from piamater.sources.reader import MAX_BYTES, Original

__all__ = ["Refusal", "walk"]

_CONNECTOR = re.compile(r"^(?:pmid|doi|pmcid|pubmed|europepmc):|^(?:https?|ftp)://", re.IGNORECASE)


def walk(what: str | Path, limit: int = MAX_BYTES) -> Iterator[Original | Refusal]:
    """The originals that ``what`` holds, folders in the order of their names.

    ``limit`` is the largest size of one file in bytes. Hidden files are passed over, and folders
    that are links, which could lead back to where they stand, are refused.

    Raises:
        InputError: there is no such file, or its form comes with a later release.
    """
    path = Path(what)
    if not os.path.lexists(path):
        if _CONNECTOR.match(str(what)):
            raise InputError(
                "sources on the network come with the connectors of a later release",
                where=str(what),
                todo="download the document and add the file",
            )
        raise InputError("there is no such file or folder", where=str(what), todo="check the path")
    if path.is_dir():
        yield from _folder(path, limit)
    else:
        yield from _file(path, path.name, limit)


def _folder(folder: Path, limit: int) -> Iterator[Original | Refusal]:
    unread: list[OSError] = []
    top = folder.name or folder.absolute().name
    for place, names, files in os.walk(folder, onerror=unread.append):
        yield from _unreadable(unread)
        within = Path(place)
        names[:] = sorted(one for one in names if one[0] != "." and one != "__MACOSX")
        for name in names:
            if (within / name).is_symlink():
                yield _refused(within / name, name, "it is a link to a folder", "add the folder")
        for name in sorted(files):
            if not name.startswith("."):
                path = within / name
                yield from _file(path, f"{top}/{path.relative_to(folder).as_posix()}", limit)
    yield from _unreadable(unread)


def _unreadable(errors: list[OSError]) -> Iterator[Refusal]:
    """The folders that could not be opened since the last call."""
    while errors:
        error = errors.pop(0)
        path = Path(str(error.filename))
        what = f"the folder cannot be opened: {error.strerror}"
        yield _refused(path, path.name, what, "check its permissions")


def _file(path: Path, name: str, limit: int) -> Iterator[Original | Refusal]:
    if not path.is_file():
        yield _refused(path, name, "it is not a regular file", "leave it out")
    elif is_archive(path.name):
        yield from members(path, limit)
    else:
        yield Original(printable(name), printable(str(path.absolute())), path)


def _refused(path: Path, name: str, what: str, todo: str) -> Refusal:
    where = printable(str(path))
    return Refusal(printable(name), where, InputError(what, where=where, todo=todo))
