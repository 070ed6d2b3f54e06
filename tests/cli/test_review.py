"""``piamater review`` as people use it: from the first key to the proof."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from piamater.cli.main import run
from tests.guides.wexford import folder, make_library


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    library = make_library(tmp_path)
    folder(library)
    monkeypatch.setenv("PIAMATER_LIBRARY", str(library.folder))
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "four words make one")
    return library.folder


def done(*words: str, code: int = 0) -> None:
    assert run(list(words)) == code


CLINICAL = ("--role", "clinical", "--credential", "physician, A-1", "--checked", "register, today")


def test_the_whole_story(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done("review", "init")
    done("review", "person", "ada", "--name", "Ada Writer", "--role", "writer", "--role", "editor")
    done("review", "person", "haque", "--name", "R. Haque", *CLINICAL)
    done("review", "person", "luz", "--name", "Luz Gil", "--role", "language:es")
    done("guides", "publish")
    done("review", "submit", "wexford-fever", "--by", "ada", "--writer", "es=ada")
    done("review", "start", "wexford-fever", "--by", "haque")
    sign = ("review", "sign", "wexford-fever", "--decision", "approve", "--interests", "none")
    done(*sign, "--by", "haque", "--lang", "en", "--next-review", "2027-11-21")
    done(*sign, "--by", "luz", "--lang", "es")
    capsys.readouterr()
    done("review", "queue")
    assert "nothing waits" in capsys.readouterr().out
    done("guides", "show", "wexford-fever", "--lang", "es", "--json")
    form = json.loads(capsys.readouterr().out)
    assert form["review"]["state"] == "approved"
    assert form["review"]["next_due"] == "2027-11-21"
    done("review", "note", "wexford-fever", "The dose was made clear.", "--by", "ada")
    done("review", "show", "wexford-fever")
    assert "“Wexford fever is an infection that ticks carry.”" in capsys.readouterr().out
    done("review", "ledger", "--json")
    told = json.loads(capsys.readouterr().out)
    assert not any({"words", "cells", "evidence"} & set(one) for one in told)
    acts = [one["act"] for one in told]
    assert acts == [
        "found",
        *["person"] * 3,
        "publish",
        "submit",
        "start",
        "approve",
        "approve",
        "note",
    ]
    done("review", "withdraw", "8", "--by", "haque", "--reason", "second thoughts")
    done("review", "queue", code=1)
    assert "withdrawn" in capsys.readouterr().out
    done("review", "end", "haque")
    done("review", "people")
    assert "takes part no more" in capsys.readouterr().out
    done("review", "verify", "--key", str(shelf / "review" / "key.pub"))
    capsys.readouterr()
    done("review", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["faults"] == []


def test_what_is_wrong_is_told(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done("review", "people")
    done("review", "key", code=2)
    done("review", "submit", "wexford-fever", "--by", "ada", code=2)
    assert "review init" in capsys.readouterr().err
    done("review", "init")
    done("review", "init", code=2)
    done("review", "submit", "wexford-fever", "--by", "ada", code=2)
    assert "nobody is registered as 'ada'" in capsys.readouterr().err
    done("review", "person", "haque", "--name", "R. Haque", "--role", "clinical", code=2)
    done("review", "person", "ada", "--name", "Ada", "--role", "writer")
    done("review", "submit", "wexford-fever", "--by", "ada", "--writer", "es", code=2)
    done("review", "submit", "wexford-fever", "--by", "ada", "--writer", "bn=ada", code=2)
    assert "has no bn version" in capsys.readouterr().err
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "another one")
    done("review", "submit", "wexford-fever", "--by", "ada", code=2)
    assert "wrong passphrase" in capsys.readouterr().err
    done("guides", "publish", code=2)
    path = shelf / "review" / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"Ada"', b'"Eve"'))
    done("review", "verify", code=1)
    assert "review/ledger.jsonl, entry 2: its signature is not right" in capsys.readouterr().out
    done("review", "ledger", code=2)


def test_the_ledger_as_lines_is_what_is_on_the_disk(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done("review", "init")
    capsys.readouterr()
    done("review", "ledger", "--raw")
    assert capsys.readouterr().out.encode() == (shelf / "review" / "ledger.jsonl").read_bytes()
    done("review", "key")
    assert capsys.readouterr().out.startswith("-----BEGIN PUBLIC KEY-----")


def begun(capsys: pytest.CaptureFixture[str]) -> str:
    """A ledger with a writer and a reviewer; gives the fingerprint that was printed."""
    capsys.readouterr()
    done("review", "init")
    told = capsys.readouterr().out
    done("review", "person", "ada", "--name", "Ada Writer", "--role", "writer", "--role", "editor")
    done("review", "person", "haque", "--name", "R. Haque", *CLINICAL)
    return told.rpartition("PIAMATER_LEDGER_KEY=")[2].strip()


def test_a_key_that_is_kept_elsewhere(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = begun(capsys)
    done("review", "key", "--fingerprint")
    assert fingerprint in capsys.readouterr().out.splitlines()
    done("guides", "publish")
    done("review", "verify")
    assert "was not held against one that is kept elsewhere" in capsys.readouterr().out
    done("review", "verify", "--key", fingerprint)
    assert "elsewhere" not in capsys.readouterr().out
    monkeypatch.setenv("PIAMATER_LEDGER_KEY", fingerprint)
    done("review", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["pinned"] is True
    monkeypatch.setenv("PIAMATER_LEDGER_KEY", "0" * 64)
    done("review", "verify", code=1)
    assert "review/ledger.jsonl, entry 1: it was founded with" in capsys.readouterr().out
    done("guides", "show", "wexford-fever", "--json")
    assert json.loads(capsys.readouterr().out)["review"]["state"] == "lapsed"
    done("guides", "publish", code=2)
    assert "another key" in capsys.readouterr().err
    done("doctor", code=1)
    assert "another key" in capsys.readouterr().out
    shutil.rmtree(shelf / "review")
    done("review", "init", code=2)
    assert "unset PIAMATER_LEDGER_KEY" in capsys.readouterr().err
    done("guides", "publish", code=2)
    monkeypatch.setenv("PIAMATER_LEDGER_KEY", "somewhere.pub")
    for words in (["review", "verify"], ["serve"]):
        done(*words, code=2)
        assert "neither a fingerprint" in capsys.readouterr().err


def test_a_head_that_is_kept_elsewhere(
    shelf: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    begun(capsys)
    shutil.copytree(shelf / "review", tmp_path / "monday")
    done("guides", "publish")
    shutil.copy(shelf / "review" / "head.json", tmp_path / "kept.json")
    done("review", "verify", "--head", str(tmp_path / "kept.json"))
    shutil.rmtree(shelf / "editions")
    for name in ("ledger.jsonl", "head.json"):
        shutil.copy(tmp_path / "monday" / name, shelf / "review" / name)
    done("review", "verify")
    capsys.readouterr()
    done("review", "verify", "--head", str(tmp_path / "kept.json"), code=1)
    assert "put back to an earlier day" in capsys.readouterr().out
    done("review", "verify", "--head", "monday", code=2)


def test_who_signed_may_withdraw_without_the_role_too(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(capsys)
    done("review", "submit", "wexford-fever", "--by", "ada")
    sign = ("review", "sign", "wexford-fever", "--decision", "approve", "--interests", "none")
    done(*sign, "--by", "haque")
    done("review", "person", "haque", "--name", "R. Haque", "--role", "publisher")
    done(*sign, "--by", "haque", code=2)
    done("review", "withdraw", "5", "--by", "haque", "--reason", "second thoughts")


def test_what_was_put_forward_is_taken_back_and_put_forward_again(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(capsys)
    done("guides", "publish")
    for number in ("5", "7"):
        done("review", "submit", "wexford-fever", "--by", "ada")
        done("review", "withdraw", number, "--by", "haque", "--reason", "no", code=2)
        done("review", "withdraw", number, "--by", "ada", "--reason", "a table is missing")
        assert f"withdrawn: {number}" in capsys.readouterr().out
        done("review", "queue", code=1)
        assert capsys.readouterr().out.startswith("to put forward\twexford-fever")
    done("review", "submit", "wexford-fever", "--by", "ada")
    done("review", "start", "wexford-fever", "--by", "haque")
    done("review", "withdraw", "9", "--by", "ada", "--reason", "no", code=2)
    assert "a review of it has begun" in capsys.readouterr().err
    done("review", "verify")


HOLDING = """
import sys, time
from pathlib import Path
from piamater.corpus import Library
with Library(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def test_two_signatures_at_the_same_moment_both_stand(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(capsys)
    words = [sys.executable, "-m", "piamater", "review", "note", "wexford-fever"]
    done("guides", "publish")
    both = [
        subprocess.Popen([*words, f"note {one}", "--by", "ada"], stderr=subprocess.PIPE)
        for one in range(4)
    ]
    assert [one.communicate(timeout=120)[1] for one in both] == [b""] * 4
    assert [one.returncode for one in both] == [0] * 4
    done("review", "verify")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(shelf), "60"], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr("piamater.guides.review.acts.PATIENCE", 0.3)
        start = time.monotonic()
        done("review", "note", "wexford-fever", "one more", "--by", "ada", code=2)
        assert 0.3 <= time.monotonic() - start < 20
        assert f"another piamater (process {holder.pid}) is writing" in capsys.readouterr().err
        holder.kill()
