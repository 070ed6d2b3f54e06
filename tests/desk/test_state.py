"""Where the desk keeps its secrets, that nobody else can read them, and its log."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from piamater.desk import state
from piamater.errors import LibraryError
from tests.desk.conftest import ENVIRONMENT, PASSWORD, Running, Visitor, copied, in_desk, running


def modes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in [folder, *folder.iterdir()]}


def test_what_others_could_read_is_closed_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "library" / "desk"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    for name in (state.SECRET, state.DATABASE, state.LOG):
        (folder / name).touch(0o644)
    assert state.open_state(tmp_path / "library") == folder
    assert modes(folder) == {
        "desk": 0o700, state.SECRET: 0o600, state.DATABASE: 0o600, state.LOG: 0o600
    }  # fmt: skip
    assert state.secret_of(folder) == ""  # one that is there is not made anew
    (folder / state.SECRET).unlink()
    assert len(state.secret_of(folder)) == 64
    assert modes(folder)[state.SECRET] == 0o600


def test_a_link_or_another_users_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library" / "desk"
    folder.mkdir(parents=True, mode=0o700)
    (folder / state.SECRET).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LibraryError, match="it is a link"):
        state.open_state(tmp_path / "library")
    (folder / state.SECRET).unlink()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(LibraryError, match="another user"):
        state.open_state(tmp_path / "library")


def test_a_disk_that_keeps_no_modes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir(mode=0o755)
    (tmp_path / "desk").chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda self, mode: None)
    with pytest.raises(LibraryError, match="others can read it"):
        state.open_state(tmp_path)


def test_it_lies_in_the_library_or_wholly_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    (library / "desk").mkdir(parents=True)
    monkeypatch.setenv(state.VARIABLE, str(library / "guides" / "desk"))
    with pytest.raises(LibraryError, match="nowhere between"):
        state.open_state(library)
    monkeypatch.setenv(state.VARIABLE, str(tmp_path / "state"))
    assert state.open_state(library) == tmp_path / "state"
    (library / "desk" / state.DATABASE).touch()
    with pytest.raises(LibraryError, match="accounts lie in"):
        state.open_state(library)
    shutil.move(library / "desk" / state.DATABASE, tmp_path / "state")
    assert state.open_state(library) == tmp_path / "state"


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)  # it is about the files
def test_a_desk_whose_state_lies_elsewhere_leaves_nothing_in_the_library(
    made: Path, tmp_path: Path
) -> None:
    folder = copied(made, tmp_path / "library")
    shutil.move(folder / "desk", tmp_path / "state")
    with running(folder, PIAMATER_DESK_STATE=str(tmp_path / "state")) as desk:
        assert Visitor(desk).come_in("ada").status == 200
    assert not (folder / "desk").exists()
    assert {*modes(tmp_path / "state")} >= {state.SECRET, state.DATABASE, state.LOG}
    assert {one & 0o077 for one in modes(tmp_path / "state").values()} == {0}


def piamater(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "piamater", "--library", str(folder), "desk", *words],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_log_tells_who_came_in_and_who_failed(desk: Running) -> None:
    ada = Visitor(desk)
    ada.log_in("ada", "wrong password")
    ada.log_in("my-secret-password-in-the-wrong-field", "x")
    ada.come_in("ada")
    ada.ask("/second-factor/", {"code": "000000"})
    ada.ask("/guides/seizure/translate/", {"language": "es"})
    ada.ask("/review/seizure/submit/", {"note": "the warnings may stay"})
    for _ in range(6):
        Visitor(desk).log_in("pub", "wrong")
    assert ada.ask("/log/").status == 403
    ada.ask("/logout/", {})
    root = Visitor(desk)
    root.come_in("root")
    page = root.ask("/log/?act=locked-out")
    assert page.status == 200
    assert page.text.count("too many wrong passwords from this address</option>") == 1
    assert '<td data-label="Whom">pub</td>' in page.text
    held = json.loads(piamater(desk.folder, "log", "--json"))["lines"]
    acts = [(one["act"], one["by"], one.get("person", "")) for one in held]
    for expected in (
        ("account-made", "operator", "ada"),
        ("started", "operator", ""),
        ("wrong-password", "", "ada"),
        ("wrong-password", "", ""),
        ("password-right", "ada", "ada"),
        ("came-in", "ada", ""),
        ("app-added", "ada", ""),
        ("recovery-codes", "ada", ""),
        ("wrong-second-factor", "ada", ""),
        ("sent", "ada", ""),
        ("put-forward", "ada", ""),
        ("locked-out", "", "pub"),
        ("logged-out", "ada", "ada"),
    ):
        assert expected in acts, expected
    assert [one["to"] for one in held if one["act"] == "sent"] == ["guides/seizure/translate/"]
    text = (desk.folder / "desk" / state.LOG).read_text("utf-8")
    for secret in ("wrong-field", PASSWORD, "000000"):
        assert secret not in text
    assert piamater(desk.folder, "log", "--person", "pub").count("locked-out") >= 1
    assert piamater(desk.folder, "log", "--since", "2999-01-01") == ""


CHANGE = """
from piamater.desk.configure import configure
configure()
from django.contrib.auth.models import User
from piamater.desk.setup import make_account
user = User.objects.get(username="ada")
user.set_password("another horse in the library")
user.save()
"""


def test_a_changed_password_is_told_and_one_that_is_kept_is_not(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    log = folder / "desk" / state.LOG
    before = log.read_text("utf-8").count("password-changed")
    in_desk(folder, CHANGE)
    assert log.read_text("utf-8").count("password-changed") == before + 1
    same = "from django.contrib.auth.models import User\nUser.objects.get(username='ada').save()"
    in_desk(folder, f"from piamater.desk.configure import configure\nconfigure()\n{same}")
    assert log.read_text("utf-8").count("password-changed") == before + 1
