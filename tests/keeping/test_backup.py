"""A backup holds everything, fits together while others write, and is whole or not there."""

from __future__ import annotations

import fcntl
import os
import resource
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from piamater.answers.inbox import Inbox
from piamater.corpus.lock import writer_lock
from piamater.errors import InputError, LibraryError
from piamater.keeping import Choice, backup, estimate, examine, restore
from piamater.keeping.snapshot import read_settled
from tests.guides.wexford import ORIGINAL
from tests.keeping.shelf import contents, write_without_end

EVERYTHING = Choice(index=True, questions=True, keys=True, accounts=True)


def names(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return [one.removeprefix("library/") for one in tar.getnames()]


def test_all_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    done = backup(home, tmp_path / "copy.tar.gz", EVERYTHING)
    back = restore(done.file, tmp_path / "back")
    assert back.digest == done.digest
    assert contents(back.folder) == contents(home)
    report = examine(back.folder)
    assert report.findings == []
    for path in home.rglob("*"):
        there = back.folder / path.relative_to(home)
        if path.name not in (".lock", ".tantivy-writer.lock", ".tantivy-meta.lock"):
            assert there.stat().st_mode == path.stat().st_mode, path
    assert done.file.stat().st_mode & 0o077 == 0


def test_questions_keys_and_index_are_left_out_and_told(home: Path, tmp_path: Path) -> None:
    done = backup(home, tmp_path / "copy.tar.gz")
    assert {*done.left_out} == {"index", "questions.sqlite3", "review/key.pem"}
    assert done.missed == ()
    held = names(done.file)
    assert not {"questions.sqlite3", "review/key.pem", "index/meta.json"} & {*held}
    assert {"review/ledger.jsonl", "review/head.json", "review/key.pub"} < {*held}
    back = restore(done.file, tmp_path / "back").folder
    for path in back.rglob("*"):
        assert not path.is_file() or b"Quixandria" not in path.read_bytes()
    assert not done.left_out.keys() & contents(back).keys()


def put_accounts(home: Path) -> None:
    """A desk with an account, which others can read."""
    (home / "desk").mkdir()
    (home / "desk" / "secret").write_text("s3cret")
    (home / "desk" / "log.jsonl").write_text('{"by": "ada-in-the-log"}\n')
    with closing(sqlite3.connect(home / "desk" / "desk.sqlite3")) as db:
        db.execute("CREATE TABLE people (name TEXT)")
        db.execute("INSERT INTO people VALUES ('ada-with-a-password')")
        db.commit()


def test_the_desks_accounts_are_left_out_and_told(home: Path, tmp_path: Path) -> None:
    put_accounts(home)
    done = backup(home, tmp_path / "copy.tar.gz", Choice(questions=True, keys=True))
    assert "the desk's accounts" in done.left_out["desk"]
    assert done.missed == ()
    assert not [one for one in names(done.file) if one.startswith("desk")]
    back = restore(done.file, tmp_path / "back").folder
    for path in back.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert b"ada-with-a-password" not in data
        assert b"ada-in-the-log" not in data
        assert b"s3cret" not in data


def test_the_desks_accounts_are_copied_when_asked_for_without_the_secret(
    home: Path, tmp_path: Path
) -> None:
    put_accounts(home)
    done = backup(home, tmp_path / "copy.tar.gz", Choice(accounts=True))
    assert "a private key" in done.left_out["desk/secret"]
    back = restore(done.file, tmp_path / "back").folder
    with closing(sqlite3.connect(back / "desk" / "desk.sqlite3")) as db:
        assert db.execute("SELECT name FROM people").fetchall() == [("ada-with-a-password",)]
    assert [one.where for one in examine(back).findings if one.severity == "error"] == [
        "desk",
        "desk/desk.sqlite3",
        "desk/log.jsonl",
    ], "others could read them"
    assert examine(back, mend=True).sound


def test_a_deleted_question_is_not_even_in_a_copy_with_questions(
    home: Path, tmp_path: Path
) -> None:
    Inbox(home).delete(1)
    done = backup(home, tmp_path / "copy.tar.gz", EVERYTHING)
    back = restore(done.file, tmp_path / "back").folder
    for path in back.rglob("*"):
        assert not path.is_file() or b"Quixandria" not in path.read_bytes()


def test_locks_temporary_files_and_old_archives_stay_behind(home: Path, tmp_path: Path) -> None:
    for name in (".new-abc", "editions/.new-def", "vocabulary/compiled-1.json"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_bytes(b"x")
    (home / "corpus.sqlite3.layout-0").write_bytes(b"x")
    for name in ("a note.txt", "other.tar.gz"):
        (home / name).write_bytes(b"whoever put it here wants it back")
    backup(home, home / "earlier")
    done = backup(home, home / "inside.tar.gz")
    held = names(done.file)
    assert {"a note.txt", "other.tar.gz"} < {*held}
    assert not [one for one in held if ".new-" in one or "compiled" in one]
    assert not {".lock", "corpus.sqlite3.layout-0", "inside.tar.gz", "earlier"} & {*held}
    assert done.left_out["earlier"] == "an earlier copy of a library"


def test_what_cannot_be_copied_is_told(home: Path, tmp_path: Path) -> None:
    os.mkfifo(home / "guides" / "pipe")
    (home / "guides" / "nowhere").symlink_to("/nonexistent")
    done = backup(home, tmp_path / "copy.tar.gz")
    assert done.missed == ("guides/nowhere", "guides/pipe")


def test_odd_names_survive(home: Path, tmp_path: Path) -> None:
    odd = ["ঢাকা.md", "a\\b", "line\nbreak", "é" * 100, os.fsdecode(b"not utf-8 \xff"), "x" * 250]
    for name in odd:
        (home / "guides" / name).write_bytes(name.encode("utf-8", "surrogateescape"))
    done = backup(home, tmp_path / "copy.tar.gz")
    back = restore(done.file, tmp_path / "back").folder
    for name in odd:
        held = (back / "guides" / name).read_bytes()
        assert held == name.encode("utf-8", "surrogateescape")


def test_an_existing_file_is_left_alone_unless_forced(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.tar.gz"
    file.write_bytes(b"mine")
    with pytest.raises(LibraryError, match=r"the file exists.*--force"):
        backup(home, file)
    assert file.read_bytes() == b"mine"
    backup(home, file, force=True)
    assert "manifest.json" in names(file)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "mine.tar.gz"]


@pytest.mark.parametrize("place", ["no/such/folder/copy.tar.gz", "."])
def test_a_place_that_cannot_be_is_told(home: Path, tmp_path: Path, place: str) -> None:
    with pytest.raises(LibraryError, match="cannot be written there"):
        backup(home, tmp_path / place)
    with pytest.raises(LibraryError, match="no library here"):
        backup(tmp_path, tmp_path / "copy.tar.gz")


def test_a_full_disk_is_one_error_and_no_half_file(home: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk."""
    (home / "originals" / "aa").mkdir(exist_ok=True)
    (home / "originals" / "aa" / "big").write_bytes(os.urandom(3_000_000))
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "piamater", "-l", str(home), "backup", str(tmp_path / "out/b")],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "the disk is full" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_damaged_database_is_one_error(home: Path, tmp_path: Path) -> None:
    path = home / "corpus.sqlite3"
    data = bytearray(path.read_bytes())
    data[16:32] = os.urandom(16)
    path.write_bytes(data)
    (tmp_path / "out").mkdir()
    with pytest.raises(LibraryError, match="database cannot be copied"):
        backup(home, tmp_path / "out" / "b")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_estimate_is_what_is_copied(home: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    done = backup(home, tmp_path / "copy.tar.gz", progress=seen.append)
    assert abs(sum(seen) - done.bytes) < done.bytes / 10
    assert abs(estimate(home, Choice()) - done.bytes) < done.bytes / 10


def test_no_writer_is_held_up_and_none_holds_it_up(home: Path, tmp_path: Path) -> None:
    with writer_lock(home):
        backup(home, tmp_path / "copy.tar.gz")
    assert examine(restore(tmp_path / "copy.tar.gz", tmp_path / "back").folder).sound


def test_an_index_that_is_being_written_is_left_out_and_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("piamater.keeping.copying.INDEX_WAIT", 0.2)
    moments = iter(range(10_000))
    monkeypatch.setattr("piamater.keeping.snapshot._looks", lambda *_: next(moments))
    with pytest.raises(LibraryError, match="were being written all the"):
        read_settled(home, ["piamater.toml"], 0.2)
    monkeypatch.setattr("piamater.keeping.copying.read_settled", lambda *_: {})
    done = backup(home, tmp_path / "copy.tar.gz", Choice(index=True))
    assert done.missed == ("index",)
    assert "being written" in done.left_out["index"]
    assert not list(home.glob(".new-*"))


def test_a_guide_that_is_just_being_saved_is_waited_for(home: Path, tmp_path: Path) -> None:
    english = home / "guides" / "wexford-fever" / "en.md"

    def save() -> None:
        with english.open("w") as file:
            file.write(ORIGINAL[:300])
            file.flush()
            begun.set()
            time.sleep(0.2)
            file.write(ORIGINAL[300:])

    begun = threading.Event()
    editor = threading.Thread(target=save)
    editor.start()
    begun.wait()
    back = restore(backup(home, tmp_path / "copy.tar.gz").file, tmp_path / "back").folder
    editor.join()
    assert (back / "guides" / "wexford-fever" / "en.md").read_text() == ORIGINAL


def test_what_is_added_published_and_signed_meanwhile_is_whole_or_not_there(
    home: Path, tmp_path: Path
) -> None:
    stop, failures = threading.Event(), list[str]()
    writer = threading.Thread(target=write_without_end, args=(home, tmp_path, stop, failures))
    writer.start()
    try:
        files: list[Path] = []
        while len(files) < 4:
            time.sleep(0.1)
            files.append(backup(home, tmp_path / f"{len(files)}.tar.gz", EVERYTHING).file)
    finally:
        stop.set()
        writer.join()
    assert failures == []
    sizes = []
    for number, file in enumerate(files):
        back = restore(file, tmp_path / f"back-{number}").folder
        report = examine(back)
        assert report.sound, report.findings
        sizes.append(report.looked_at["texts"])
    assert sizes == sorted(sizes)
    assert sizes[-1] > 4, "documents came while copies were made"
    report = examine(home)
    assert report.sound, report.findings


def test_a_room_left_by_a_killed_backup_is_removed_by_the_next(home: Path, tmp_path: Path) -> None:
    dead = tmp_path / ".new-backup-dead"
    dead.mkdir()
    (dead / "lock").touch()
    (dead / "archive").write_bytes(b"x" * 1000)
    backup(home, tmp_path / "copy.tar.gz")
    assert dead.exists(), "it may just be being made"
    os.utime(dead, (0, 0))
    with (dead / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        backup(home, tmp_path / "copy.tar.gz", force=True)
        assert dead.exists(), "somebody works in it"
    backup(home, tmp_path / "copy.tar.gz", force=True)
    assert not dead.exists()


def test_no_copy_is_made_without_the_documents_of_a_server_that_is_away(
    home: Path, tmp_path: Path
) -> None:
    """A nightly copy without them would take the place of one that has them."""
    file = backup(home, tmp_path / "copy.tar.gz").file
    before = file.read_bytes()
    settings = 'store = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2"'
    (home / "piamater.toml").write_text(f"[corpus]\n{settings}\n", "utf-8")
    with pytest.raises(LibraryError, match=r"127.0.0.1.*no connection.*check that the server runs"):
        backup(home, file, force=True)
    assert file.read_bytes() == before
    assert not list(tmp_path.glob(".new-*"))


def test_an_original_that_vanishes_is_no_error_in_the_copy_but_found(
    home: Path, tmp_path: Path
) -> None:
    next(one for one in (home / "originals").rglob("*") if one.is_file()).unlink()
    back = restore(backup(home, tmp_path / "copy.tar.gz").file, tmp_path / "back").folder
    assert [one.check for one in examine(back).findings if one.severity == "error"] == ["originals"]


def test_a_file_that_is_no_backup_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        restore(tmp_path / "nothing", tmp_path / "back")
