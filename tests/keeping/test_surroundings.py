"""Bad surroundings: a full disk, a folder that cannot be written, a server that goes away.

Each is one error that says what to do, and breaks nothing.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from piamater.corpus import SqliteCorpus, add
from piamater.corpus.library import Library
from piamater.corpus.migrations import copy_path, layout_of, migrate
from piamater.corpus.settings import load_settings
from piamater.corpus.transfer import transfer
from piamater.errors import LibraryError
from piamater.keeping import Place, backup, examine, restore
from piamater.testing.corpus_store import deposit, reading
from piamater.testing.postgres_server import PostgresServer
from tests.corpus.old_layout import old_postgres, old_sqlite
from tests.keeping.served import corpus_of, documents, moved, new_place
from tests.keeping.shelf import contents, note

POWERS = "-dac_override,-dac_read_search"
"""What lets root write anywhere."""


def piamater(*words: str, limit: int = 0, plain: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command; ``limit`` is the size of a file that the disk takes, ``plain`` takes root's
    powers over files away."""
    command = [sys.executable, "-m", "piamater", *words]
    if plain and os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write anywhere, and setpriv (util-linux) is not installed")
        command = ["setpriv", f"--inh-caps={POWERS}", f"--bounding-set={POWERS}", *command]

    def bounded() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(command, capture_output=True, text=True, preexec_fn=bounded)


def one_error(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("piamater: ")
    assert "(" in done.stderr, "it says what to do"
    return done.stderr


@pytest.fixture
def big(home: Path) -> Path:
    """A library whose corpus is larger than the disk will be."""
    store = SqliteCorpus(home / "corpus.sqlite3")
    text = " ".join(f"Sentence {number} speaks of fever." for number in range(40_000))
    one = replace(deposit(reading(text, source="pmid:1")), original="")
    store.deposit([one], [(f"key {number}", 1) for number in range(500)])
    store.close()
    return home


@pytest.fixture
def served(home: Path, postgres: PostgresServer, tmp_path: Path) -> Path:
    return moved(home, tmp_path / "served", new_place(postgres))


def test_a_disk_that_is_full_in_copying_a_served_library(
    big: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    served = moved(big, tmp_path / "served", new_place(postgres))
    (tmp_path / "out").mkdir()
    told = one_error(
        piamater("-l", str(served), "backup", str(tmp_path / "out" / "b"), limit=500_000)
    )
    assert "full" in told or "disk I/O error" in told
    assert list((tmp_path / "out").iterdir()) == []
    assert examine(served).sound


def test_a_disk_that_is_full_in_restoring(big: Path, tmp_path: Path) -> None:
    copy = backup(big, tmp_path / "copy.tar.gz").file
    (tmp_path / "out").mkdir()
    told = one_error(piamater("restore", str(copy), str(tmp_path / "out" / "b"), limit=500_000))
    assert "the disk is full" in told
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def old(big: Path, tmp_path: Path) -> Path:
    """The same library as a release before the seals left it."""
    today = SqliteCorpus(big / "corpus.sqlite3")
    path = old_sqlite(tmp_path / "old.sqlite3", today)
    today.close()
    for one in big.glob("corpus.sqlite3*"):
        one.unlink()
    shutil.move(path, big / "corpus.sqlite3")
    return big


def test_a_disk_that_is_full_when_a_library_is_copied_before_a_new_layout(old: Path) -> None:
    before = contents(old)["corpus.sqlite3"]
    one_error(piamater("-l", str(old), "sources", "list", limit=100_000))
    assert contents(old)["corpus.sqlite3"] == before
    assert not list(old.glob(".new-*"))
    assert not copy_path(old / "corpus.sqlite3", 1).exists()
    assert piamater("-l", str(old), "sources", "list").returncode == 0
    assert copy_path(old / "corpus.sqlite3", 1).exists()
    assert examine(old).sound


def test_a_disk_that_is_full_when_a_library_is_brought_forward(old: Path) -> None:
    before = contents(old)["corpus.sqlite3"]
    with closing(sqlite3.connect(old / "corpus.sqlite3", isolation_level=None)) as db:
        db.execute("VACUUM")  # no page is free
        db.execute("PRAGMA max_page_count=1")  # no more than there are
        with pytest.raises(LibraryError, match=r"layout 2 .*failed and was undone: .*full.*free"):
            migrate(db, old / "corpus.sqlite3", 2)
        assert layout_of(db) == 1
    assert contents(old)["corpus.sqlite3"] == before
    assert piamater("-l", str(old), "sources", "list").returncode == 0
    assert examine(old).sound


def test_a_disk_that_is_full_in_adding(big: Path, tmp_path: Path) -> None:
    before = contents(big)["corpus.sqlite3"]
    text = "\n\n".join(f"Sentence {number} speaks of fever." for number in range(20_000))
    (tmp_path / "more.md").write_text(f"# More\n\n{text}\n")
    told = one_error(piamater("-l", str(big), "add", str(tmp_path / "more.md"), limit=200_000))
    assert "free some space" in told
    assert contents(big)["corpus.sqlite3"] == before


@pytest.fixture
def closed(home: Path) -> Path:
    """A library that nobody may write."""
    subprocess.run(["chmod", "-R", "a-w", home], check=True)
    return home


@pytest.mark.parametrize(
    "words",
    [
        ("sources", "list"),
        ("ask", "How is Wexford fever treated?"),
        ("add", __file__),
        ("sources", "withdraw", "note:more:en", "--reason", "wrong"),
        ("backup", "OUT/copy.tar.gz"),
        ("backup", "LIBRARY/copy.tar.gz"),
    ],
)
def test_a_folder_that_cannot_be_written_is_one_error(
    closed: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in closed.rglob("*")}
    said = [one.replace("OUT", str(tmp_path)).replace("LIBRARY", str(closed)) for one in words]
    told = one_error(piamater("-l", str(closed), *said, plain=True))
    assert "permissions" in told or "give them to the user that runs Piamater" in told
    assert {path: path.stat().st_mtime_ns for path in closed.rglob("*")} == before
    assert not (tmp_path / "copy.tar.gz").exists()


def test_the_doctor_tells_of_a_folder_that_cannot_be_written(closed: Path) -> None:
    for more in ([], ["--mend"]):
        done = piamater("-l", str(closed), "doctor", *more, plain=True)
        assert done.returncode == 1
        assert "give them to the user that runs Piamater" in done.stdout
        assert "Traceback" not in done.stderr


def test_a_restore_into_a_folder_that_cannot_be_written(
    shelf: Path, closed: Path, tmp_path: Path
) -> None:
    copy = backup(shelf, tmp_path / "copy.tar.gz").file
    assert "permissions" in one_error(
        piamater("restore", str(copy), str(closed / "back"), plain=True)
    )


def stopping(server: PostgresServer, after: int = 0) -> object:
    """Something that stops the server when it is told of progress."""
    seen = [0]

    def tell(more: int) -> None:
        seen[0] += 1
        if seen[0] == after + 1:
            server.stop()

    return tell


def test_a_server_that_goes_away_while_it_is_copied(
    served: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    store, target = corpus_of(served), SqliteCorpus(tmp_path / "copy.sqlite3")
    try:
        with pytest.raises(LibraryError, match=r"cannot be read: .*check that the server runs"):
            transfer(store, target, stopping(postgres))  # type: ignore[arg-type]
    finally:
        postgres.start()
    assert target.source_count() == 0
    assert transfer(store, target)
    for one in (store, target):
        one.close()
    assert examine(served).sound


def test_a_server_that_goes_away_while_it_is_filled(
    home: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    place, done = new_place(postgres), [False]
    copy = backup(home, tmp_path / "copy.tar.gz").file

    def tell(_: int) -> None:
        if not done[0] and list(tmp_path.glob(".new-restore-*/library/corpus.sqlite3-wal")):
            done[0] = True  # the documents are on their way
            postgres.stop()

    try:
        with pytest.raises(LibraryError, match=r"cannot be written: .*see to the server"):
            restore(copy, tmp_path / "back", tell, place=place)
    finally:
        postgres.start()
    assert done == [True]
    assert not (tmp_path / "back").exists()
    assert not list(tmp_path.glob(".new-*"))
    back = restore(copy, tmp_path / "back", place=place).folder
    assert documents(back) == documents(home)


def test_a_server_that_goes_away_while_a_file_is_added(
    served: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    library = Library(served)
    assert library.corpus.source_count()
    before = documents(served)
    postgres.stop()
    try:
        with library.writing(), pytest.raises(LibraryError, match=r"no connection|cannot be"):
            add(library, [str(note(tmp_path, "fresh", 3))])
        report = examine(served)
        [away] = [one for one in report.findings if one.check == "database"]
        assert "no connection" in away.what
        assert "check that the server runs" in away.todo
    finally:
        postgres.start()
    assert documents(served) == before
    with library.writing():
        assert add(library, [str(note(tmp_path, "fresh", 3))]).added == 1
    library.corpus.close()
    assert examine(served).sound


def test_a_server_that_goes_away_while_it_is_brought_forward(
    served: Path, postgres: PostgresServer
) -> None:
    from piamater.corpus.postgres import layout_at
    from piamater.corpus.postgres_connect import connect
    from piamater.corpus.postgres_layout import STEPS, Connection, Step, migrate

    settings = load_settings(served)
    today = corpus_of(served)
    schema = old_postgres(postgres, f"{settings.schema}_old", today)
    today.close()
    db = connect(settings.store, schema)

    def stop(same: Connection) -> None:
        postgres.stop()
        same.execute("SELECT 1")

    try:
        with pytest.raises(LibraryError, match=r"failed and was undone: .*nothing was changed"):
            migrate(db, schema, "here", 3, (*STEPS, Step(3, "stop", stop)))
    finally:
        postgres.start()
    assert layout_at(settings.store, schema) == 1
    assert layout_at(settings.store, f"{schema}_layout_1") == 0


def test_a_restore_that_ended_before_its_folder_was_there_is_done_again(
    home: Path, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are on the server, and no library has ever opened them."""
    place = new_place(postgres)
    copy = backup(home, tmp_path / "copy.tar.gz").file

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("piamater.keeping.restoring.os.rename", ended)
        with pytest.raises(KeyboardInterrupt):
            restore(copy, tmp_path / "back", place=place)
    assert not (tmp_path / "back").exists()
    back = restore(copy, tmp_path / "back", place=place).folder
    assert documents(back) == documents(home)
    assert examine(back).sound
    with pytest.raises(LibraryError, match="holds documents already"):
        restore(copy, tmp_path / "other", place=Place(place.store, place.schema))
