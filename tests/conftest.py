"""Fixtures for all rooms: where the real data lies, and how to come by it."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piamater.testing.postgres_server import PostgresServer, server_programs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_REPOSITORY = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """The folder with the seeds and the data: ``PIAMATER_SHARED``, or beside the repository."""
    named = os.environ.get("PIAMATER_SHARED")
    folder = Path(named) if named else _REPOSITORY.parent / "shared"
    return folder if folder.is_dir() else None


def data_folder(name: str) -> Path | None:
    """An archive of the development data, unpacked once into the user's cache folder."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "piamater-test-data" / name
    if folder.is_dir():
        return folder
    shared = shared_folder()
    archive = shared / "data" / f"{name}.tar.xz" if shared else None
    if archive is None or not archive.is_file():
        return None
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        with tarfile.open(archive) as bundle:
            bundle.extractall(room, filter="data")
        if not folder.is_dir():  # another worker may have been first
            (room / name).replace(folder)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seeds and the data archives; the test is skipped where it is missing."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no shared data: set PIAMATER_SHARED to the folder that holds seeds/ and data/")
    return folder


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    """``data(name)`` gives the folder of an archive; the test is skipped where it is missing."""

    def find(name: str) -> Path:
        folder = data_folder(name)
        if folder is None:
            pytest.skip(f"no {name}.tar.xz: set PIAMATER_SHARED to the folder that holds data/")
        return folder

    return find


@pytest.fixture(scope="session")
def seed(shared: Path) -> Callable[[int], str]:
    """``seed(number)`` gives the text of one of the five seed pages."""

    def read(number: int) -> str:
        found = sorted((shared / "seeds").glob(f"{number:03d}_*.txt"))
        if not found:
            pytest.skip(f"no seed {number:03d} in {shared / 'seeds'}")
        return found[0].read_text("utf-8")

    return read


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a module that asks for it skips itself where there is none."""
    from playwright.sync_api import sync_playwright

    from tests.site.browser import ARGUMENTS, CHROMIUM

    assert CHROMIUM
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own; in CI (``CI=true``) it must be there."""
    programs = server_programs()
    missing = ""
    if programs is None:
        missing = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
    elif find_spec("psycopg") is None:
        missing = "the extra piamater[postgres] is not installed"
    if missing and os.environ.get("CI", "").lower() == "true":
        pytest.fail(missing)
    if programs is None or missing:
        pytest.skip(missing)
    with PostgresServer(programs) as server:
        yield server
