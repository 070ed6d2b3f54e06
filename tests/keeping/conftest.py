from __future__ import annotations

from pathlib import Path

import pytest

from tests.keeping.shelf import copied, make_shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that tests only read."""
    return make_shelf(tmp_path_factory.mktemp("keeping"))


@pytest.fixture
def home(shelf: Path, tmp_path: Path) -> Path:
    """A library that a test may change."""
    return copied(shelf, tmp_path / "home")


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one of whoever runs the tests opens no key here."""
    monkeypatch.delenv("PIAMATER_PASSPHRASE", raising=False)
