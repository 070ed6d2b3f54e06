"""Where the development data is; tests that need it skip, with the reason, where it is missing."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "piamater-test-data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data: PIAMATER_SHARED, or ``shared`` beside the repository."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("PIAMATER_SHARED", default))
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder} (PIAMATER_SHARED names another folder)")
    return folder


@pytest.fixture(scope="session")
def data(shared: Path) -> Callable[[str], Path]:
    """The unpacked folder of a collection, by its name."""

    def unpacked(name: str) -> Path:
        folder = CACHE / name
        archive = shared / "data" / f"{name}.tar.xz"
        if not folder.is_dir():
            if not archive.is_file():
                pytest.skip(f"the collection {name} is missing ({archive})")
            CACHE.mkdir(parents=True, exist_ok=True)
            with tarfile.open(archive) as packed:
                packed.extractall(CACHE, filter="data")
        return folder

    return unpacked
