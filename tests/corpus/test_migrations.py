from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from piamater.corpus import SqliteCorpus, migrations, sqlite
from piamater.corpus.migrations import Step, copy_path, layout_of, migrate
from piamater.errors import LibraryError
from piamater.testing.corpus_store import deposit, reading


def add_column(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE sources ADD COLUMN shelf TEXT NOT NULL DEFAULT 'main'")


def fill_column(db: sqlite3.Connection) -> None:
    db.execute("UPDATE sources SET shelf = upper(shelf)")


TWO = (Step(3, "shelves", add_column), Step(4, "in capitals", fill_column))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = SqliteCorpus(tmp_path / "corpus.sqlite3")
    store.deposit([deposit(reading())])
    store.close()
    return store.path


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_steps_are_taken_in_order_and_the_copy_is_the_old_layout(path: Path) -> None:
    db = opened(path)
    kept = migrate(db, path, 4, TWO)
    assert kept == copy_path(path, 2)
    assert layout_of(db) == 4
    assert db.execute("SELECT shelf FROM sources").fetchall() == [("MAIN",)]
    old = opened(kept)
    assert layout_of(old) == 2
    assert old.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    assert migrate(db, path, 4, TWO) is None
    assert not list(path.parent.glob(".new-*"))


def test_the_store_brings_an_older_library_forward_when_it_opens(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "FORMAT", 4)
    monkeypatch.setattr(migrations.migrate, "__defaults__", (TWO,))
    store = SqliteCorpus(path)
    assert store.text("pmid:1")
    assert copy_path(path, 2).is_file()
    monkeypatch.setattr(sqlite, "FORMAT", 2)
    with pytest.raises(LibraryError, match=r"newer Piamater \(layout 4\)"):
        SqliteCorpus(path)


def test_a_step_that_fails_is_undone_and_told(path: Path) -> None:
    def spoil(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM texts")
        raise sqlite3.OperationalError("disk full")

    db = opened(path)
    with pytest.raises(LibraryError, match=r"step to layout 3 \(spoil\) failed and was undone"):
        migrate(db, path, 3, (Step(3, "spoil", spoil),))
    assert layout_of(db) == 2
    assert db.execute("SELECT count(*) FROM texts").fetchone() == (1,)


def test_a_gap_between_layouts_is_told_before_anything_is_done(path: Path) -> None:
    with pytest.raises(LibraryError, match="knows no way to 4"):
        migrate(opened(path), path, 4, TWO[1:])
    assert not copy_path(path, 2).exists()


def test_no_room_for_the_copy_means_no_step(path: Path) -> None:
    path.with_name(path.name + ".layout-2").mkdir()
    (path.with_name(path.name + ".layout-2") / "in the way").touch()
    db = opened(path)
    with pytest.raises(LibraryError, match="copy that is made before"):
        migrate(db, path, 4, TWO)
    assert layout_of(db) == 2


def test_a_kill_within_a_step_leaves_the_layout_before_it(path: Path) -> None:
    script = f"""
        import os, signal, sqlite3
        from pathlib import Path
        from piamater.corpus.migrations import Step, migrate
        def die(db):
            db.execute("DELETE FROM texts")
            os.kill(os.getpid(), signal.SIGKILL)
        path = Path({str(path)!r})
        migrate(sqlite3.connect(path, isolation_level=None), path, 3, (Step(3, "die", die),))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=os.environ)
    assert done.returncode == -signal.SIGKILL
    db = opened(path)
    assert layout_of(db) == 2
    assert db.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    migrate(db, path, 4, TWO)
    assert layout_of(db) == 4
