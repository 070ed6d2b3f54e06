"""``piamater review`` as people use it: from the first key to the proof."""

from __future__ import annotations

import json
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
