"""State: where the desk keeps secret, database and log, and that nobody else can read them.

By default that is the folder ``desk`` of the library; ``PIAMATER_DESK_STATE`` names another, on
another disk or of another user's backup. ``piamater backup`` leaves it out either way.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from piamater.corpus.library import write_whole
from piamater.errors import LibraryError

FOLDER = "desk"
VARIABLE = "PIAMATER_DESK_STATE"
SECRET = "secret"  # noqa: S105 - the name of a file
DATABASE = "desk.sqlite3"
LOG = "log.jsonl"
_PRIVATE = (SECRET, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", LOG)


def state_folder(library: Path) -> Path:
    """Where the desk of a library keeps its state."""
    named = os.environ.get(VARIABLE, "")
    return Path(named).expanduser().resolve() if named else library.resolve() / FOLDER


def open_state(library: Path) -> Path:
    """The folder of the desk's state, made where it is missing, and private.

    Raises:
        LibraryError: it cannot be made private, belongs to somebody else, lies within the library
            elsewhere than in ``desk``, or the accounts lie in another place.
    """
    folder = state_folder(library)
    usual = library.resolve() / FOLDER
    if folder != usual:
        if folder.is_relative_to(library.resolve()):
            raise LibraryError(
                "the desk's state lies in the library or in its folder desk, nowhere between",
                where=str(folder),
                todo=f"set {VARIABLE} to a folder outside of the library",
            )
        if (usual / DATABASE).exists() and not (folder / DATABASE).exists():
            raise LibraryError(
                f"the desk's accounts lie in {usual}",
                where=str(folder),
                todo=f"stop the desk, then move them: mv {usual}/* {folder}/",
            )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close(folder, 0o700)
        for name in _PRIVATE:
            if (folder / name).exists() or (folder / name).is_symlink():
                _close(folder / name, 0o600)
    except OSError as error:
        raise LibraryError(
            f"the desk's state cannot be kept there: {error.strerror}",
            where=str(folder),
            todo="give the folder to the user that runs the desk",
        ) from error
    return folder


def _close(path: Path, mode: int) -> None:
    """Take from everybody else what they must not have, and see that it is gone."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise LibraryError("it is a link", where=str(path), todo=f"set {VARIABLE} instead")
    if found.st_uid != os.geteuid():
        raise LibraryError(
            "it belongs to another user", where=str(path), todo="chown it to who runs the desk"
        )
    if stat.S_IMODE(found.st_mode) & ~mode:
        path.chmod(mode)
    left = stat.S_IMODE(path.lstat().st_mode)
    if left & 0o077:
        raise LibraryError(
            f"others can read it (mode {left:o}), and this disk does not let that be changed",
            where=str(path),
            todo=f"set {VARIABLE} to a folder on another disk",
        )


def secret_of(folder: Path) -> str:
    """The secret that signs sessions and links; made once, readable by its owner alone."""
    path = folder / SECRET
    if not path.is_file():
        write_whole(path, secrets.token_hex(32).encode("ascii"), mode=0o600)
    return path.read_text("ascii")


def empty_database(folder: Path) -> Path:
    """The database's file, made before SQLite makes it readable by others."""
    path = folder / DATABASE
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    return path
