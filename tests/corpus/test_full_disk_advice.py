"""What is advised where a database cannot be opened for want of room."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from piamater.corpus.sqlite import unwritable


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk_is_no_reason_to_restore_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unwritable(tmp_path / "corpus.sqlite3") == ""
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(1 << 30, 1 << 30, 0))
    assert "free some space" in unwritable(tmp_path / "corpus.sqlite3")
