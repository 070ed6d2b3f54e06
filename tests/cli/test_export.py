from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from piamater.cli.main import run
from tests.guides.review.desk import make_desk


@pytest.fixture
def library(tmp_path: Path) -> str:
    desk = make_desk(tmp_path)
    desk.approve_all()
    desk.publish()
    return str(desk.library.folder)


def test_evidence_is_written_and_what_is_missing_is_told(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "evidence.zip"
    assert run(["-l", library, "export", "quality", str(out)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"{out}: ")
    assert "missing: No file policies/process" in told.out
    assert told.err == ""
    with zipfile.ZipFile(out) as opened:
        assert opened.testzip() is None
        assert "index.html" in opened.namelist()
    assert run(["-l", library, "export", "quality", str(out), "--force", "--json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert form["format"] == "quality"
    assert form["size"] == out.stat().st_size
    assert form["problems"] == []


def test_what_is_wrong_with_the_library_ends_with_1(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Path(library) / "review" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"Ada Writer", b"Ada Wryter", 1))
    out = tmp_path / "evidence.zip"
    assert run(["-l", library, "export", "quality", str(out)]) == 1
    assert "signature is not right" in capsys.readouterr().err
    assert out.is_file()


def test_wrong_use_is_one_line_and_ends_with_2(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there.zip"
    there.write_bytes(b"mine")
    for arguments, reason in (
        (["-l", library, "export", "kiwix", str(tmp_path / "a")], "known: quality"),
        (["export", "kiwix", str(tmp_path / "a")], "known: quality"),
        (["export", "quality", str(tmp_path / "a")], "no library is named"),
        (["-l", library, "export", "quality", str(there)], "--force"),
        (["-l", library, "export", "quality", str(tmp_path / "no" / "a")], "not there"),
    ):
        assert run(arguments) == 2, arguments
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1, told.err
        assert reason in told.err
    assert there.read_bytes() == b"mine"
