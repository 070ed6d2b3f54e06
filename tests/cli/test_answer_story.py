"""From a reader's question to a lapsed page: a kept answer becomes a guide that people sign.

By the command line and the site, in one library: keep, draft, submit, review by another person,
sign, publish, read; then a source under it is withdrawn, taken back, and retracted by a notice.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from piamater.cli.main import run
from piamater.corpus import Library
from piamater.guides.review import Reviews, cells
from piamater.site.configure import configure
from piamater.site.state import open_site
from piamater.starter import notes_folder
from tests.site.conftest import make_library, no_limit

ASKED = "I am Quenna Zebrowska. What are the signs of leptomeningeal metastases?"
TITLE = "What are the signs of leptomeningeal metastases?"
ID = "signs"
SIGN = ("review", "sign", ID, "--decision", "approve", "--interests", "none")
CLINICAL = ("--role", "clinical", "--credential", "physician, A-1", "--checked", "register, today")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("made") / "library")


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = Path(shutil.copytree(made, tmp_path / "library"))
    no_limit(home)
    monkeypatch.setenv("PIAMATER_LIBRARY", str(home))
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "four words make one")
    monkeypatch.setattr("piamater.site.state.CHECK_EVERY", 0.0)  # else new editions wait a little
    configure()
    open_site(home)
    return home


def done(*words: str, code: int = 0) -> None:
    assert run(list(words)) == code


def near_title(path: str) -> str:
    html = Client().get(path).content.decode()
    return html[html.index("<h1>") : html.index('class="columns"')]


def kept_answer() -> str:
    page = Client().post("/en/answers", {"q": ASKED, "reader": "patient"}).content.decode()
    address = re.search(r"/en/answers/([0-9a-f]{20})", page)
    assert address
    shown = Client().get(f"/en/answers/{address[1]}").content.decode()
    assert "Zebrowska" not in page + shown
    return address[1]


def signed_guide(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A guide made of a kept answer, signed by another person; a source that it stands on."""
    done("review", "init")
    done("review", "person", "ada", "--name", "Ada Writer", "--role", "editor", *CLINICAL)
    done("review", "person", "pia", "--name", "Pia Out", "--role", "publisher")
    done("review", "person", "haque", "--name", "R. Haque", *CLINICAL)
    made = ("guides", "from-answer", kept_answer(), ID, "--title", TITLE, "--by", "Ada Writer")
    assert run([*made, "--json"]) in (0, 1)
    text = (home / "guides" / ID / "en.md").read_text("utf-8")
    assert "Quenna" not in text
    assert Client().get(f"/en/guides/{ID}").status_code == 404
    done("review", "submit", ID, "--by", "ada")
    capsys.readouterr()
    done(*SIGN, "--by", "ada", code=2)
    assert "own work" in capsys.readouterr().err
    done("review", "start", ID, "--by", "haque")
    done(*SIGN, "--by", "haque")
    done("guides", "publish", ID, "--by", "ada", code=2)
    done("guides", "publish", ID, "--by", "pia")
    edition = Reviews(Library(home)).editions.latest(ID)
    return next(one.sources[0] for one in cells(edition) if one.sources)


def test_a_kept_answer_is_signed_and_lapses_with_its_source(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = signed_guide(home, capsys)
    top = near_title(f"/en/guides/{ID}")
    assert "state-approved" in top
    assert "Reviewed by R. Haque" in top
    done("sources", "withdraw", source, "--reason", "figures were wrong")
    top = near_title(f"/en/guides/{ID}")
    assert "state-lapsed" in top
    assert "may no longer be relied on" in top
    assert source in top
    assert "Reviewed by R. Haque" not in top
    assert "figures were wrong" in top
    assert Library(home).corpus.version(source).record.title in top
    html = Client().get(f"/bn/guides/{ID}").content.decode()
    assert '<span class="notice" lang="en">(withdrawal of' in html[html.index('id="references"') :]
    capsys.readouterr()
    done("review", "queue", "--json", code=1)
    assert source in capsys.readouterr().out
    done("guides", "show", ID, "--json")
    assert json.loads(capsys.readouterr().out)["review"]["state"] == "lapsed"
    done("sources", "withdraw", source, "--undo")
    assert "state-approved" in near_title(f"/en/guides/{ID}")
    done("review", "verify")


def test_a_kept_answer_lapses_when_a_notice_of_retraction_comes_in(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = signed_guide(home, capsys)
    _, id_, language = source.split(":")
    note = next(
        one
        for one in sorted(notes_folder().rglob("*.md"))
        if f"\nid: {id_}\nlanguage: {language}\n" in one.read_text("utf-8")
    )
    later = tmp_path / "came" / note.name
    later.parent.mkdir()
    text = note.read_text("utf-8")
    later.write_text(text.replace("---\n", "---\nretracted: 2026-11-20\n", 1), "utf-8")
    done("add", str(later))
    top = near_title(f"/en/guides/{ID}")
    assert "state-lapsed" in top
    assert source in top
    assert "retraction of 2026-11-20" in top
    capsys.readouterr()
    done("sources", "status", "--json")
    moved = json.loads(capsys.readouterr().out)
    assert {"source": source, "standing": "retracted"}.items() <= next(
        one.items() for one in moved["not_current"] if one["source"] == source
    )


def test_what_was_kept_says_that_its_source_is_withdrawn(home: Path) -> None:
    kept = kept_answer()
    form = json.loads((home / "answers" / f"{kept}.json").read_text("utf-8"))["answer"]
    source = next(one["source"] for one in form["references"] if one["standing"] == "current")
    assert "withdrawn" not in standing(kept, source)
    done("sources", "withdraw", source, "--reason", "a test")
    assert '<strong class="standing">withdrawn</strong>' in standing(kept, source)


def standing(kept: str, source: str) -> str:
    """What a kept answer's page says of one of its sources."""
    html = Client().get(f"/en/answers/{kept}").content.decode()
    return next(one for one in html.split('<li id="ref-')[1:] if f"/en/sources/{source}/" in one)


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_an_answer_without_a_card_says_that_signs_are_missed(home: Path, language: str) -> None:
    def asked(question: str) -> str:
        answer = Client().post(f"/{language}/ask", {"q": question})
        return b"".join(answer).decode()

    plain = asked(TITLE)
    note = plain[plain.index("no-card") :].partition("</p>")[0]
    assert f'href="/{language}/urgent"' in note
    assert "card-emergency" not in plain
    alarmed = asked("My mother cannot wake up")
    assert "card-emergency" in alarmed
    assert "no-card" not in alarmed
