"""A library is copied, brought back and moved from one database to the other, with all in it."""

from __future__ import annotations

import json
import tarfile
import threading
import tomllib
from pathlib import Path

import pytest

from piamater.cli.main import run
from piamater.corpus import Library
from piamater.corpus.settings import FILE, load_settings
from piamater.errors import InputError, LibraryError
from piamater.keeping import Place, backup, examine, restore
from piamater.keeping.placing import _with_store
from piamater.testing.postgres_server import PostgresServer
from tests.guides.wexford import SOURCE
from tests.keeping.served import EVERYTHING, corpus_of, documents, moved, new_place
from tests.keeping.shelf import contents, write_without_end

SQLITE = Place("sqlite")


@pytest.fixture
def served(home: Path, postgres: PostgresServer, tmp_path: Path) -> Path:
    """The shelf with its documents on a server."""
    return moved(home, tmp_path / "served", new_place(postgres))


def said(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> object:
    capsys.readouterr()
    assert run(["--library", str(home), *words, "--json"]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def files(home: Path) -> dict[str, bytes]:
    """All but the corpus and the settings, which name it."""
    return {k: v for k, v in contents(home).items() if k not in ("corpus.sqlite3", FILE)
            and not k.startswith("index-")}  # fmt: skip


def test_there_and_back_all_is_as_it_was(
    home: Path, served: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library(home)
    library.corpus.decide("note:more:en", "withdraw", "wrong figures", "2026-11-21")
    library.corpus.close()
    served = moved(home, tmp_path / "again", new_place_of(served))
    back = moved(served, tmp_path / "back", SQLITE)
    assert not (served / "corpus.sqlite3").exists()
    assert (back / "corpus.sqlite3").exists()
    assert documents(served) == documents(home), "texts, records, seals, numbers, decisions"
    assert documents(back) == documents(home)
    assert files(served) == files(home) == files(back)
    assert "questions.sqlite3" in files(served), "readers' questions stay in the folder"
    for one in (home, served, back):
        report = examine(one)
        assert report.findings == []
        assert report.looked_at["texts"] == 4
    for words in (
        ["ask", "How is Wexford fever treated?"],
        ["ask", "How long does Wexford fever last?"],
        ["sources", "list"],
        ["sources", "show", SOURCE],
        ["sources", "show", "note:more:en"],
        ["review", "verify"],
    ):
        told = [said(one, capsys, *words) for one in (home, served, back)]
        assert told[0] == told[1] == told[2], words
    standings = [Library(one).judge(Library(one).corpus.version("note:more:en")).standing
                 for one in (home, served, back)]  # fmt: skip
    assert {one.value for one in standings} == {"withdrawn"}


def new_place_of(served: Path) -> Place:
    settings = load_settings(served)
    return Place(settings.store, settings.schema + "_b")


def test_only_the_two_settings_change(home: Path, served: Path) -> None:
    before, after = ((one / FILE).read_text("utf-8") for one in (home, served))
    kept = [line for line in after.splitlines() if not line.startswith(("store", "schema"))]
    assert kept == [line for line in before.splitlines() if not line.startswith("store")]
    assert load_settings(served).name == load_settings(home).name


def test_the_copy_of_a_served_library_holds_its_documents(served: Path, tmp_path: Path) -> None:
    done = backup(served, tmp_path / "copy.tar.gz")
    assert done.missed == ()
    with tarfile.open(done.file) as tar:
        assert "library/corpus.sqlite3" in tar.getnames()
    assert not list(tmp_path.glob(".new-*"))
    back = restore(done.file, tmp_path / "back", place=SQLITE)
    assert back.documents == "sqlite"
    assert documents(back.folder) == documents(served)


def test_a_damaged_record_is_copied_as_it_is_and_found_in_the_copy(
    served: Path, tmp_path: Path
) -> None:
    store = corpus_of(served)
    store._run("UPDATE versions SET record = replace(record, '\"title\": \"', '\"title\": \"X')"
               " WHERE source = 'note:more:en'")  # fmt: skip
    store.close()
    back = restore(backup(served, tmp_path / "copy").file, tmp_path / "back", place=SQLITE)
    for home in (served, back.folder):
        [one] = [one for one in examine(home).findings if one.check == "records"]
        assert one.where.startswith("note:more:en, version ")


def test_the_doctor_finds_damage_on_a_server(served: Path) -> None:
    store = corpus_of(served)
    store._run("UPDATE texts SET text = overlay(text placing 'X'::bytea from 9 for 1)")
    store._run("UPDATE sources SET current = 1 WHERE id = 'note:more:en'")
    store._run("UPDATE passages SET bytes = bytes - 1 WHERE number = 3 AND position = 1")
    store.close()
    found = {(one.check, one.where.partition(",")[0]) for one in examine(served).findings}
    assert {("texts", SOURCE), ("records", "note:more:en")} <= found
    assert ("records", "version number 3") in found


def test_an_old_layout_on_a_server_is_told_then_brought_forward(
    served: Path, postgres: PostgresServer
) -> None:
    schema = load_settings(served).schema
    for table in ("versions", "sources", "former_records", "retired", "identifiers", "notices",
                  "decisions", "files"):  # fmt: skip
        postgres.sql(f"ALTER TABLE {schema}.{table} DROP COLUMN seal")
    postgres.sql(f"ALTER TABLE {schema}.state DROP COLUMN restored")
    postgres.sql(f"UPDATE {schema}.state SET layout = 1")
    report = examine(served)
    assert [one.what for one in report.findings] == [
        "it has the older layout 1, so its texts were not checked"
    ]
    report = examine(served, mend=True)
    assert report.mended == [f"the schema {schema}: layout 1 is now 2"]
    assert report.findings == []


def test_what_is_added_meanwhile_is_whole_in_the_copy_or_not_there(
    served: Path, tmp_path: Path
) -> None:
    stop, failures = threading.Event(), list[str]()
    writer = threading.Thread(target=write_without_end, args=(served, tmp_path, stop, failures))
    writer.start()
    try:
        copies = [backup(served, tmp_path / f"copy-{n}.tar.gz", EVERYTHING) for n in range(4)]
    finally:
        stop.set()
        writer.join()
    assert failures == []
    for number, one in enumerate(copies):
        back = restore(one.file, tmp_path / f"back-{number}", place=SQLITE).folder
        report = examine(back)
        assert report.sound, report.findings
    assert examine(served).sound


def test_where_documents_of_a_server_go_must_be_said(served: Path, tmp_path: Path) -> None:
    done = backup(served, tmp_path / "copy.tar.gz")
    with pytest.raises(InputError, match=r"kept in PostgreSQL.*--database sqlite, or --database"):
        restore(done.file, tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert not list(tmp_path.glob(".new-*"))


def test_a_schema_that_holds_something_is_left_alone(
    home: Path, served: Path, tmp_path: Path
) -> None:
    settings, before = load_settings(served), documents(served)
    copy = backup(home, tmp_path / "copy.tar.gz").file
    with pytest.raises(LibraryError, match=r"holds documents already .name an empty database"):
        restore(copy, tmp_path / "back", place=Place(settings.store, settings.schema))
    assert not (tmp_path / "back").exists()
    assert documents(served) == before


@pytest.mark.parametrize(
    ("place", "what"),
    [
        (Place("mysql://host/db"), "is not known"),
        (Place("postgresql://me:secret@host/db"), "holds a password"),
        (Place("postgresql:///nowhere?host=/nonexistent"), "no connection"),
        (Place("sqlite", "shelf"), "name the database too"),
        (Place("", "shelf"), "name the database too"),
        (Place("postgresql://host/db", "Shelf; DROP"), "no plain name"),
    ],
)
def test_a_place_that_is_none_is_told_and_nothing_is_left(
    home: Path, tmp_path: Path, place: Place, what: str
) -> None:
    copy = backup(home, tmp_path / "copy.tar.gz").file
    with pytest.raises(LibraryError, match=what):
        restore(copy, tmp_path / "back", place=place)
    assert not (tmp_path / "back").exists()
    assert not list(tmp_path.glob(".new-*"))


def test_a_copy_without_documents_is_told(served: Path, tmp_path: Path) -> None:
    """As releases made them that left documents on a server to pg_dump."""
    from tests.keeping.test_restore import members, resealed, written

    held = [one for one in members(backup(served, tmp_path / "copy").file)
            if one[0].name != "library/corpus.sqlite3"]  # fmt: skip
    old = written(tmp_path / "old.tar.gz", resealed(held))
    with pytest.raises(InputError, match="holds no documents"):
        restore(old, tmp_path / "back", place=SQLITE)
    assert restore(old, tmp_path / "back").documents.startswith("postgresql://")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["", "[corpus]", 'store = "sqlite"']),
        ('[library]\nname = "A"', ['[library]', 'name = "A"', "", "[corpus]", 'store = "sqlite"']),
        ('[corpus] # here\n# why\nstore="x"\nschema = "y"\n\n[site]\nhosts = []\n',
         ["[corpus] # here", 'store = "sqlite"', "# why", "", "[site]", "hosts = []"]),
        ('[corpus]', ["[corpus]", 'store = "sqlite"']),
    ],
)  # fmt: skip
def test_settings_are_changed_line_by_line(text: str, lines: list[str]) -> None:
    assert _with_store(text, "sqlite", "").splitlines() == lines
    corpus = tomllib.loads(_with_store(text, "x", "z"))["corpus"]
    assert corpus == {"store": "x", "schema": "z"}


@pytest.mark.parametrize(
    "text", ['corpus = { store = "a" }\n', '[library]\nname = """\n[corpus]\n"""\n']
)
def test_settings_that_cannot_be_changed_by_lines_are_refused(text: str) -> None:
    with pytest.raises((InputError, ValueError)):
        _with_store(text, "sqlite", "")


def test_the_command_moves_a_library_and_tells_where(
    home: Path, postgres: PostgresServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = new_place(postgres)
    copy, there = tmp_path / "copy.tar.gz", tmp_path / "there"
    assert run(["--library", str(home), "backup", str(copy)]) == 0
    words = ["restore", str(copy), str(there), "--database", place.store, "--schema", place.schema]
    assert run(words) == 0, capsys.readouterr()
    shown = capsys.readouterr().out
    assert f"schema {place.schema}" in shown
    assert "sound: 17 checks, 4 texts" in shown
    assert [one.name for one in there.glob("index*")] != ["index"]
    assert run(words) == 2
    assert "not empty" in capsys.readouterr().err
