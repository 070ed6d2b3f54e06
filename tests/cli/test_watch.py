"""``piamater watch`` as an editor uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from piamater.cli.main import run
from tests.guides.review.desk import GUIDE, Desk
from tests.watch.shelf import make_watched, news

PASSPHRASE = "four words make one"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = make_watched(tmp_path)
    made.key.save(made.library.folder / "review", PASSPHRASE)
    monkeypatch.setenv("PIAMATER_LIBRARY", str(made.library.folder))
    monkeypatch.setenv("PIAMATER_PASSPHRASE", PASSPHRASE)
    return made


def test_nothing_new_ends_with_0(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["watch"]) == 0
    assert capsys.readouterr().out == "nothing is new\n"
    assert run(["watch", "--all"]) == 0
    assert capsys.readouterr().out.startswith(f"{GUIDE}\t0 to decide\tsince ")
    assert run(["watch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_from_the_list_to_the_decision(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    new = news(desk.library)
    assert run(["watch"]) == 1
    told = capsys.readouterr().out
    assert f"{GUIDE}\t1 to decide" in told
    assert "why: topic" in told
    assert "proposed: new" in told
    assert f"--up-to {new.number} --rest no-change" in told
    assert run(["watch", GUIDE, "--json"]) == 1
    [form] = json.loads(capsys.readouterr().out)
    assert form["up_to"] == new.number
    [one] = form["candidates"]
    assert {one["source"], one["passage"]["source"]} == {new.source}
    text = desk.library.corpus.text(new.source, one["passage"]["version"])
    assert text[one["passage"]["start"] : one["passage"]["end"]] == one["passage"]["quote"]

    decide = ["watch", "--decide", GUIDE, "--by", "ada"]
    assert run(decide) == 2
    assert "have no verdict" in capsys.readouterr().err
    words = ["--verdict", f"{new.source}=supports", "--note", "it bears this out", "--json"]
    assert run([*decide, *words, "--up-to", str(new.number)]) == 0
    body = json.loads(capsys.readouterr().out)["body"]
    assert body["sources"] == {new.source: "supports"}
    assert (body["up_to"], body["note"]) == (new.number, "it bears this out")
    assert run(["watch"]) == 0
    assert run(["watch", "--since", "0"]) == 1
    assert run(["review", "verify"]) == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nothing"], "there is no edition of nothing"),
        (["--since", "soon"], "neither a number nor a day"),
        (["--rest", "no-change"], "go with --decide"),
        (["--decide", GUIDE], "--decide goes with --by"),
        (["--decide", GUIDE, "--by", "ada", "--since", "0"], "without other guides and --since"),
        (["--decide", GUIDE, "--by", "ada", "--verdict", "x"], "wants SOURCE=VERDICT"),
        (["--decide", GUIDE, "--by", "ada", "--rest", "fine"], "is no verdict"),
        (["--decide", "nothing", "--by", "ada"], "there is no edition of nothing"),
    ],
)
def test_wrong_use_is_told(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    assert run(["watch", *words]) == 2
    out, told = capsys.readouterr()
    assert (out, why in told) == ("", True), told


def test_a_broken_ledger_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.reviews.ledger.path
    path.write_bytes(path.read_bytes().replace(b"Ada Writer", b"Eve Writer"))
    assert run(["watch"]) == 2
    assert "the review ledger is broken" in capsys.readouterr().err


def test_a_decision_without_a_ledger_says_how_to_begin_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.guides.wexford import folder, make_library

    library = make_library(tmp_path)
    folder(library)
    monkeypatch.setenv("PIAMATER_LIBRARY", str(library.folder))
    assert run(["watch"]) == 0
    assert "no guide is published" in capsys.readouterr().out
    assert run(["guides", "publish"]) == 0
    assert run(["watch", "--decide", GUIDE, "--by", "ada", "--rest", "no-change"]) == 2
    assert "piamater review init" in capsys.readouterr().err
