"""Promises of the documentation that no one room keeps alone."""

from __future__ import annotations

import socket
import tempfile
from importlib import import_module
from pathlib import Path

import pytest

from piamater.cli.main import run
from piamater.search import bring_up_to_date
from piamater.sources import Kind, read_original
from piamater.sources.reader import Original

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "text",
    "vocabulary",
    "sources",
    "corpus",
    "search",
    "guides",
    "guides.review",
    "answers",
    "checks",
    "watch",
    "keeping",
    "exchange",
    "starter",
    "testing",
)
LEAFLET = (
    "Wexford fever\n\n"
    "Wexford fever is an infection that ticks carry.\n\n"
    "Treatment of Wexford fever\n\n"
    "It is treated with doxycycline for ten days.\n"
)


def holding(folder: Path, word: str) -> list[str]:
    """The files under a folder that hold a word, in their bytes or their name."""
    return [
        str(one.relative_to(folder))
        for one in folder.rglob("*")
        if word in one.name or (one.is_file() and word.encode() in one.read_bytes())
    ]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the whole machine: home, caches, temporary files; no network."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("it reached for the network")

    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("127.0.0.1", 9))
    return tmp_path


def test_no_question_is_written_down_and_no_connection_is_made(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("leaflet.txt").write_text(LEAFLET, "utf-8")
    assert run(["init", "shelf"]) == 0
    assert run(["-l", "shelf", "add", "leaflet.txt"]) == 0
    for question, code in (
        ("How is Wexford fever treated in Quixandria?", (0, 1)),
        ("What is Quixandria?", (1,)),
        ("Quixandria " * 500, (2,)),
    ):
        assert run(["-l", "shelf", "ask", question]) in code
    assert run(["-l", "shelf", "ask", "--json", "I have chest pain in Quixandria"]) in (0, 1)
    assert "Quixandria" in capsys.readouterr().out
    assert holding(alone, "Quixandria") == []
    assert holding(alone, "doxycycline"), "the search itself finds what is there"


def test_a_sentence_that_leans_on_its_heading_is_told_with_it(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from piamater.answers import Asker
    from piamater.corpus import Library, add
    from piamater.search import TantivyIndex
    from piamater.vocabulary import Vocabulary

    Path("leaflet.txt").write_text(LEAFLET, "utf-8")
    library, vocabulary = Library.create(Path("shelf")), Vocabulary.load()
    index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
    with library.writing():
        add(library, ["leaflet.txt"], workers=1)
        bring_up_to_date(library, index, vocabulary)
    answer = Asker(library, index, vocabulary).ask("How is Wexford fever treated?")
    [told] = [one for one in answer.statements if one.text.startswith("It is treated")]
    assert "Wexford fever" in told.context
    assert "Treatment" in told.context


def test_every_public_name_is_in_the_python_page() -> None:
    page = (ROOT / "docs" / "reference" / "python.md").read_text("utf-8")
    for room in ROOMS:
        part = page.partition(f"## piamater.{room}\n")[2].partition("\n## ")[0]
        assert part, f"python.md has no heading for piamater.{room}"
        for name in getattr(import_module(f"piamater.{room}"), "__all__", ("QUESTION",)):
            assert f"`{name}`" in part, f"piamater.{room}.{name}"


def test_every_mark_and_kind_is_documented() -> None:
    from piamater.corpus import Standing
    from piamater.text import Mark

    readers = (ROOT / "docs" / "reference" / "readers.md").read_text("utf-8")
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert [mark for mark in Mark if f"| `{mark.value}` |" not in readers] == []
    assert [kind for kind in Kind if f"`{kind.value}`" not in commands] == []
    assert [one for one in Standing if f"`{one.value}`" not in commands] == []


def test_the_memo_of_the_how_to_is_no_known_format() -> None:
    """Else the recipe for a reader of one's own would show what ships already."""
    from piamater.errors import UnsupportedFormatError

    with pytest.raises(UnsupportedFormatError, match="memo"):
        read_original(Original("a.memo", "a.memo", data=b"MEMO\nFever\nFever is common.\n"))


def test_the_readme_draws_every_room_of_the_house() -> None:
    drawn = (ROOT / "README.md").read_text("utf-8").partition("## The house")[2]
    rooms = {one.parent.name for one in (ROOT / "src" / "piamater").glob("*/__init__.py")}
    assert {one for one in rooms if f"{one}/ " not in drawn} == set()
