"""Parts: what lies in a library's folder, in which order it is copied, and what is left out.

The order is the whole secret of a copy that is made while others write: what refers to something
is copied before what it refers to. Editions name versions in the corpus, the corpus names
originals; all are only ever added to. So whatever a copy holds, what it refers to was there
already when the copy came to it. Editions and the review ledger name each other; they are copied
in one stage, again until the ledger has rested.
"""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

CORPUS = "corpus.sqlite3"
INDEX = "index"
QUESTIONS = "questions.sqlite3"
SUBSCRIBERS = "digest.json"
DESK = "desk"
"""The folder of the desk's accounts: passwords' hashes, second factors, sessions, drafts, log."""

REVIEW = "review"
EDITIONS = "editions"
ORIGINALS = "originals"
COPY_HEAD = "piamater-backup.json"
"""The name of the first member of an archive, which is what the archive begins with."""

STAGED = ".staged-"
"""How the name of an edition begins that is on the disk and not yet published."""

NEW = ".new-"
"""How the names of files begin that are being written; see ``corpus.library.write_whole``."""

_SQLITE = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")


class Stage(IntEnum):
    """When a part is copied."""

    REST = 0
    EDITIONS = 1
    INDEX = 2
    CORPUS = 3
    ORIGINALS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What is copied beside what always is."""

    index: bool = False
    questions: bool = False
    keys: bool = False
    accounts: bool = False


@dataclass(slots=True)
class LeftOut:
    """What was not copied: the reason by path. ``missed`` are those that nobody asked to leave."""

    reasons: dict[str, str] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def note(self, path: str, reason: str, *, missed: bool = True) -> None:
        """Note one path."""
        self.reasons[path] = reason
        if missed:
            self.missed.add(path)


def stage_of(path: str) -> Stage:
    """When a file is copied, by its path within the library."""
    top = path.partition("/")[0]
    if is_index(top):
        return Stage.INDEX
    by_folder = {
        REVIEW: Stage.EDITIONS,
        EDITIONS: Stage.EDITIONS,
        ORIGINALS: Stage.ORIGINALS,
        CORPUS: Stage.CORPUS,
    }
    return by_folder.get(top, Stage.REST)


def files_of(folder: Path, stage: Stage, choice: Choice, left_out: LeftOut) -> Iterator[str]:
    """The files of one stage that belong into a copy, by path within the library, sorted."""
    for top in sorted(os.listdir(folder)):
        if stage_of(top) is stage:
            yield from _below(folder, top, choice, left_out, top_level=True)


def _below(
    folder: Path, path: str, choice: Choice, left_out: LeftOut, *, top_level: bool = False
) -> Iterator[str]:
    place = folder / path
    if reason := _reason(folder, path, choice, top_level):
        if reason != _PASSING:
            left_out.note(path, reason, missed=False)
        return
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        if place.is_symlink():
            left_out.note(path, "a link that leads nowhere")
        return  # it was deleted a moment ago
    if stat.S_ISREG(mode):
        yield path
    elif not stat.S_ISDIR(mode):
        left_out.note(path, "neither a file nor a folder")
    elif place.is_symlink() and not top_level:
        left_out.note(path, "a link to a folder")
    else:
        for name in sorted(os.listdir(place)):
            yield from _below(folder, f"{path}/{name}", choice, left_out)


_PASSING = "passing"


def _reason(folder: Path, path: str, choice: Choice, top_level: bool) -> str:
    """Why a path is left out, empty where it is not; ``_PASSING`` needs not be told."""
    name = path.rpartition("/")[2]
    if is_passing(path):
        return _PASSING
    if name.endswith(_BESIDE) and (folder / path.rpartition("-")[0]).exists():
        return _PASSING  # it belongs to a database, which is copied as a whole
    if path.startswith("vocabulary/compiled-") and name.endswith(".json"):
        return _PASSING
    if top_level and is_index(path) and not choice.index:
        return "it is rebuilt from the corpus; --with-index copies it"
    if path == QUESTIONS and not choice.questions:
        return "readers' questions; --with-questions copies them"
    if path == SUBSCRIBERS and not choice.accounts:
        return "who gets the digest, by address; --with-accounts copies them"
    if path == DESK and not choice.accounts:
        return "the desk's accounts and the history of its drafts; --with-accounts copies them"
    if is_secret(path) and not choice.keys:
        return "a private key; --with-keys copies it"
    if top_level and name.startswith(f"{CORPUS}.layout-"):
        return "the corpus as it was before a new layout"
    if top_level and _is_copy(folder / path):
        return "an earlier copy of a library"
    return ""


def _is_copy(path: Path) -> bool:
    """Whether a file is such an archive as a backup makes."""
    try:
        with path.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":
                return False
        with gzip.open(path, "rb") as plain:
            return plain.read(len(COPY_HEAD)) == COPY_HEAD.encode("ascii")
    except (OSError, EOFError, zlib.error):
        return False


def is_index(top: str) -> bool:
    """Whether a name in the library's folder is that of a search index; each store has its own."""
    return top == INDEX or top.startswith(f"{INDEX}-")


def is_secret(path: str) -> bool:
    """Whether a path is that of a private key: of reviews, of a server, of the desk's sessions."""
    return path.endswith(".pem") or path == "desk/secret"


def is_passing(path: str) -> bool:
    """Whether a path is that of a lock, or of a file that is just being written."""
    top, _, rest = path.partition("/")
    name = path.rpartition("/")[2]
    if name.startswith(NEW) or path == ".lock":
        return True
    if is_index(top) and rest:
        return name.endswith((".lock", ".new")) or ".new." in name
    return top == "vocabulary" and name.endswith(".new")


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        return False


def folders_of(folder: Path, choice: Choice) -> dict[str, int]:
    """The folders that belong into a copy with their permissions, the empty ones too."""
    found: dict[str, int] = {}
    for place, names, _ in os.walk(folder):
        here = Path(place).relative_to(folder)
        names[:] = sorted(
            one
            for one in names
            if not _reason(folder, (here / one).as_posix(), choice, here == Path())
        )
        for name in names:
            path = here / name
            found[path.as_posix()] = stat.S_IMODE((folder / path).stat().st_mode)
    return found
