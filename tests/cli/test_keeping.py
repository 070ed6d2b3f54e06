from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from piamater.cli.main import run
from tests.cli.test_main import note, out


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "library")
    assert run(["init", folder, "--name", "A shelf"]) == 0
    assert run(["-l", folder, "add", str(note(tmp_path))]) == 0
    capsys.readouterr()
    return folder


def test_a_library_goes_into_a_file_and_comes_back(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, back = str(tmp_path / "copy.tar.gz"), str(tmp_path / "back")
    assert run(["-l", library, "backup", file]) == 0
    told = out(capsys)
    assert "left out: index: it is rebuilt" in told
    digest = told.split()[-1]
    assert run(["restore", file, back]) == 0
    told = out(capsys)
    assert told.startswith("A shelf, as it was at 20")
    assert told.endswith("sound: 17 checks, 1 texts, 1 originals, 0 editions, 0 quotes\n")
    assert run(["-l", back, "ask", "How is Wexford fever treated?"]) == 0
    assert "doxycycline for 10 days" in out(capsys)
    assert run(["-l", str(tmp_path / "other"), "restore", file, "--json"]) == 0
    form = json.loads(out(capsys))
    assert form["digest"] == digest
    assert form["doctor"]["sound"] is True
    assert form["library"] == str(tmp_path / "other")


def test_json_is_alone_on_standard_output(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-l", library, "backup", str(tmp_path / "a.tgz"), "--with-index", "--json"]) == 0
    form = json.loads(out(capsys))
    assert form["left_out"] == {}
    assert form["files"] > 5
    assert run(["-l", library, "doctor", "--json"]) == 0
    form = json.loads(out(capsys))
    assert form["sound"] is True
    assert {"texts", "quotes", "ledger", "index"} < {one["name"] for one in form["checks"]}


def test_what_is_wrong_is_one_line_and_ends_with_2(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.tar.gz"
    file.write_bytes(b"mine")
    for arguments in (
        ["-l", library, "backup", str(file)],
        ["-l", library, "backup", str(tmp_path / "no" / "such")],
        ["-l", str(tmp_path / "nothing"), "backup", str(tmp_path / "new")],
        ["-l", str(tmp_path / "nothing"), "doctor"],
        ["restore", str(file), str(tmp_path / "back")],
        ["restore", str(tmp_path / "none"), str(tmp_path / "back")],
        ["restore", str(file), library],
    ):
        assert run(arguments) == 2, arguments
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1, told.err
        assert told.err.startswith("piamater: ")
    assert file.read_bytes() == b"mine"
    assert not (tmp_path / "back").exists()


def test_no_place_to_restore_in_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIAMATER_LIBRARY", raising=False)
    assert run(["restore", str(tmp_path / "copy")]) == 2
    assert "say where to" in capsys.readouterr().err
    assert run(["doctor"]) == 2
    assert "PIAMATER_LIBRARY" in capsys.readouterr().err


def test_the_doctor_tells_and_mends(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    for one in Path(library).glob("index/*.term"):
        one.unlink()
    assert run(["-l", library, "doctor"]) == 1
    told = out(capsys)
    assert "error [index]" in told
    assert "not sound: 1 errors, 0 warnings" in told
    assert "piamater doctor --mend" in told
    assert run(["-l", library, "doctor", "--mend"]) == 0
    assert "mended: index: made anew, 1 documents" in out(capsys)
    shutil.rmtree(Path(library) / "originals")
    assert run(["-l", library, "doctor", "--mend"]) == 1
    assert "error [originals] its original" in out(capsys)


def test_a_library_without_its_corpus_is_told_and_not_made_anew(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(library) / "corpus.sqlite3").unlink()
    assert run(["-l", library, "doctor"]) == 1
    assert "the corpus is not there" in out(capsys)
    assert run(["-l", library, "backup", str(tmp_path / "copy")]) == 2
    assert "no corpus database" in capsys.readouterr().err
    assert not (Path(library) / "corpus.sqlite3").exists()
    assert not (tmp_path / "copy").exists()


def test_a_file_that_could_not_be_copied_is_told_with_1(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(library) / "link").symlink_to("/nonexistent")
    assert run(["-l", library, "backup", str(tmp_path / "copy")]) == 1
    assert "not copied: link: a link that leads nowhere" in capsys.readouterr().err
