"""``piamater questions`` and ``guides from-answer`` as people use them."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from piamater.answers.inbox import FILE, Inbox
from piamater.cli.main import run
from piamater.site.configure import configure
from piamater.site.state import open_site
from tests.site.conftest import make_library, no_limit

ASKED = "My zebra head aches. What are the signs of leptomeningeal metastases?"
TITLE = "What are the signs of leptomeningeal metastases?"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("made") / "library")


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = Path(shutil.copytree(made, tmp_path / "library"))
    no_limit(home)
    monkeypatch.setenv("PIAMATER_LIBRARY", str(home))
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "four words make one")
    inbox = Inbox(home)
    inbox.add(ASKED, "en", inbox.today, reader="caregiver")
    inbox.add("Is it catching? A stiff neck and fever now.", "en", inbox.today, urgent=True)
    return home


def done(*words: str, code: int = 0) -> None:
    assert run(list(words)) == code


def test_the_whole_story_with_registered_people(
    home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done("review", "init")
    done("review", "person", "ada", "--name", "Ada Writer", "--role", "editor")
    done("review", "person", "sam", "--name", "Sam Reader", "--role", "reviewer")
    capsys.readouterr()
    done("questions", "list")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("2\t")
    assert "URGENT Is it catching?" in first
    assert "\tnew\t" in second
    done("questions", "assign", "1", "Ada", code=2)
    assert "known: ada, sam" in capsys.readouterr().err
    done("questions", "assign", "1", "ada")
    done("questions", "draft", "1")
    draft = capsys.readouterr().out
    assert re.search(r"^\[1\] .+: “.+”$", draft, re.MULTILINE)
    words = tmp_path / "answer.txt"
    words.write_text("Dear zebra, do not worry. Headache is one of the signs [1].", "utf-8")
    done("questions", "answer", "1", "--file", str(words), "--by", "ada")
    told = capsys.readouterr()
    assert "another person must sign it" in told.out
    assert "1 sentences name no quote: Dear zebra, do not worry." in told.err
    done("questions", "publish", "1", "signs-of-lm", "--title", TITLE, code=2)
    assert "has no signed answer" in capsys.readouterr().err
    done("questions", "show", "1")
    shown = capsys.readouterr().out
    assert "no quote behind: Dear zebra" in shown
    hash_ = next(one.split()[1] for one in shown.splitlines() if one.startswith("hash"))
    done("questions", "sign", "1", "--by", "ada", code=2)
    done("questions", "sign", "1", "--by", "sam", "--seen", "0" * 12, code=2)
    done("questions", "sign", "1", "--by", "sam", "--seen", hash_)
    assert "signed by Sam Reader; entry 4 of the ledger" in capsys.readouterr().out
    done("questions", "verify")
    assert capsys.readouterr().out == "1 recorded\n"
    done("questions", "publish", "1", "signs-of-lm", "--title", TITLE, "--json")
    form = json.loads(capsys.readouterr().out)
    assert (form["file"], form["taken"]) == ("guides/signs-of-lm/en.md", 1)
    assert form["left_out"] == ["Dear zebra, do not worry."]
    assert form["findings"] == []
    assert "zebra" not in (home / form["file"]).read_text("utf-8")
    done("guides", "publish", "signs-of-lm")
    done("questions", "delete", "1", "--yes")
    done("questions", "show", "1", code=2)
    done("review", "submit", "signs-of-lm", "--by", "ada")
    capsys.readouterr()
    done("review", "queue", "--json", code=1)
    waiting = {one["guide"]: one["why"] for one in json.loads(capsys.readouterr().out)}
    assert waiting["signs-of-lm"] == "review"


def test_a_kept_answer_becomes_a_guide_that_can_be_published(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure()
    open_site(home)
    page = Client().post("/en/answers", {"q": TITLE, "reader": "patient"}).content.decode()
    kept = re.search(r"/en/answers/([0-9a-f]{20})", page)
    assert kept
    command = ("guides", "from-answer", kept[1], "signs", "--title", TITLE, "--by", "Ann Lee")
    code = run([*command, "--json"])
    form = json.loads(capsys.readouterr().out)
    assert form["taken"] > 1
    errors = [one for one in form["findings"] if one["severity"] == "error"]
    assert not errors
    assert code == (1 if form["findings"] else 0)
    done("guides", "publish", "signs")
    done(*command, code=2)
    assert "such a guide already" in capsys.readouterr().err
    done("guides", "from-answer", "0" * 20, "other", "--title", TITLE, code=2)
    open_site(home)
    assert Client().get("/en/guides/signs").status_code == 200


def test_what_is_wrong_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done("questions", "answer", "1", "--by", "A", code=2)
    done("questions", "answer", "1", "a", "--file", "b", "--by", "A", code=2)
    done("questions", "answer", "1", "--file", str(tmp_path / "none"), "--by", "A", code=2)
    done("questions", "answer", "9", "Yes.", "--by", "A", code=2)
    assert "there is no question 9" in capsys.readouterr().err
    done("questions", "answer", "1", "Yes [7].", "--by", "A. Lee", code=2)
    assert "no quote [7]" in capsys.readouterr().err
    done("questions", "answer", "1", "Yes.", "--by", "A. Lee")
    done("questions", "sign", "1", "--by", "B. Roe")
    done("questions", "publish", "1", "yes", "--title", TITLE, code=2)
    assert "no sentence of the answer cites a quote" in capsys.readouterr().err
    done("questions", "list", "--state", "signed", "--json")
    [one] = json.loads(capsys.readouterr().out)
    assert (one["answered_by"], one["signed_by"]) == ("A. Lee", "B. Roe")


def test_late_questions_are_marked_and_a_changed_answer_is_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done("review", "init")
    done("review", "person", "ada", "--name", "Ada Writer", "--role", "editor")
    done("review", "person", "sam", "--name", "Sam Reader", "--role", "reviewer")
    with closing(sqlite3.connect(home / FILE)) as db:
        db.execute("UPDATE questions SET counts_from = ?", (str(date.today() - timedelta(20)),))
        db.commit()
    capsys.readouterr()
    done("questions", "list")
    assert capsys.readouterr().out.count("LATE since") == 2
    done("questions", "answer", "1", "Yes.", "--by", "ada")
    done("questions", "sign", "1", "--by", "sam")
    capsys.readouterr()
    done("questions", "verify", "--json")
    [told] = json.loads(capsys.readouterr().out)
    assert (told["proof"], told["signed"]["answer"]) == ("recorded", "Yes.")
    with closing(sqlite3.connect(home / FILE)) as db:
        db.execute("UPDATE questions SET answer = 'No.' WHERE id = 1")
        db.commit()
    done("questions", "verify", code=1)
    assert "question 1: the ledger does not bear out" in capsys.readouterr().out
    done("questions", "show", "1", "--json")
    assert json.loads(capsys.readouterr().out)["proof"] == "unproven"
