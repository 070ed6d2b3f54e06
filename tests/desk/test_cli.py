"""``piamater desk`` on the command line: accounts, contacts, another place for its state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.conftest import ENVIRONMENT, copied, rows

pytestmark = pytest.mark.parametrize("made", ["sqlite"], indirect=True)


def desk(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "piamater", "--library", str(folder), "desk", *words],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=200,
    )  # fmt: skip


def test_a_contact_is_kept_changed_and_forgotten(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    assert desk(folder, "contact", "link", "lina@example.org").returncode == 0
    assert desk(folder, "contact", "link", "lina@example.net").returncode == 0
    held = "SELECT person, address FROM desk_contact"
    assert rows(folder, held) == [("link", "lina@example.net")]
    assert "lina@" not in (folder / "review" / "ledger.jsonl").read_text("utf-8")
    wrong = desk(folder, "contact", "link", "lina at example")
    assert wrong.returncode == 2
    assert "no mail address" in wrong.stderr
    unknown = desk(folder, "contact", "nobody", "n@example.org")
    assert unknown.returncode == 2
    assert "nobody is registered" in unknown.stderr
    assert "no address is kept" in desk(folder, "contact", "link").stdout
    assert rows(folder, held) == []


def test_an_account_gets_a_new_start(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    done = desk(folder, "account", "ada", "--new-app")
    assert "the password was changed" in done.stdout
    assert "a new authenticator app" in done.stdout
    log = desk(folder, "log", "--person", "ada").stdout
    assert "app-taken-away" in log
    assert "password-changed" in log
    unknown = desk(folder, "log", "--act", "sang")
    assert unknown.returncode == 2
    assert "locked-out" in unknown.stderr


def test_the_state_lies_where_it_is_told(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    place = tmp_path / "state"
    refused = desk(folder, "--state", str(place), "account", "ada")
    assert refused.returncode == 2
    assert "accounts lie in" in refused.stderr
    place.mkdir(exist_ok=True)
    for one in (folder / "desk").iterdir():
        os.replace(one, place / one.name)
    assert desk(folder, "--state", str(place), "account", "ada").returncode == 0
    assert [*(folder / "desk").iterdir()] == []
    assert (place / "desk.sqlite3").stat().st_mode & 0o077 == 0


def test_a_proxy_that_is_no_address_is_told(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    done = subprocess.run(
        [sys.executable, "-m", "piamater", "--library", str(folder), "desk", "account", "ada"],
        env={**ENVIRONMENT, "PIAMATER_DESK_PROXIES": "my-proxy"},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 2
    assert "PIAMATER_DESK_PROXIES" in done.stderr
    assert "Traceback" not in done.stderr
