"""The doctor finds each damage, says where, and mends what the rest of the library holds."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from piamater.answers.inbox import Inbox
from piamater.corpus import Library, add
from piamater.corpus.lock import writer_lock
from piamater.errors import LibraryError
from piamater.guides.review import Key
from piamater.keeping import CHECKS, Check, DoctorReport, Finding, Severity, examine
from tests.guides.wexford import SOURCE
from tests.keeping.shelf import PASSPHRASE, contents, note, settled, write_without_end


def sql(home: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(home / "corpus.sqlite3")) as db, db:
        assert db.execute(statement, values).rowcount > 0


def first(home: Path, pattern: str) -> Path:
    return min(one for one in home.glob(pattern) if one.is_file())


def edition(home: Path, change: Callable[[bytes], bytes], number: int = 1) -> None:
    path = first(home, f"editions/*/{number:04d}-*.json")
    data = path.read_bytes()
    assert change(data) != data
    path.write_bytes(change(data))


def drop(home: Path, *names: str) -> None:
    for name in names:
        (home / name).unlink()


def wreck(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:400] = bytes(300)
    path.write_bytes(data)


def swap(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink(missing_ok=True)
    make(path)


def elsewhere(path: Path) -> None:
    moved = path.rename(path.parent.parent.parent / path.name)
    path.symlink_to(moved)


def fill(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


DAMAGES: list[tuple[str, Callable[[Path], object], str, str, str]] = [
    ("settings", lambda h: fill(h / "piamater.toml", "name = "), "settings", "piamater.toml",
     "not valid TOML"),
    ("unknown setting", lambda h: fill(h / "piamater.toml", "[search]\nmagic = 1"), "settings",
     "piamater.toml", "unknown setting search.magic"),
    ("no settings", lambda h: (h / "piamater.toml").unlink(), "settings", "piamater.toml",
     "cannot be read"),
    ("no corpus", lambda h: (h / "corpus.sqlite3").unlink(), "database", "corpus.sqlite3",
     "the corpus is not there"),
    ("a corpus that is none", lambda h: fill(h / "corpus.sqlite3", "words" * 99), "database",
     "corpus.sqlite3", "cannot be read"),
    ("a newer corpus", lambda h: sql_pragma(h, 99), "database", "corpus.sqlite3",
     "newer Piamater (layout 99)"),
    ("a text is gone", lambda h: sql(h, "DELETE FROM texts WHERE text LIKE '%20 days%'"),
     "records", "note:more:en, version", "its text is missing"),
    ("a current version is gone",
     lambda h: sql(h, "DELETE FROM versions WHERE source = 'note:more:en'"), "records",
     "note:more:en", "its current version is missing"),
    ("a source is gone", lambda h: sql(h, "DELETE FROM sources WHERE id = 'note:more:en'"),
     "records", "note:more:en, version", "its source is missing"),
    ("a section is gone", lambda h: sql(h, "DELETE FROM sections WHERE number = 1"), "records",
     "version number 1", "the section of a passage is missing"),
    ("a title in a record", lambda h: sql(h, "UPDATE versions SET record = replace(record,"
     " '\"title\": \"', '\"title\": \"X') WHERE number = 1"), "records", SOURCE,
     "its record (title, authors, dates, notices)"),
    ("which version is current", lambda h: sql(h, "UPDATE sources SET current = (SELECT"
     " min(number) FROM versions WHERE source = id) WHERE id = 'note:other:en'"), "records",
     "note:other:en", "which of its versions is current"),
    ("a word of a text", lambda h: sql(h, "UPDATE texts SET text = replace(text, '20 days',"
     " '21 days') WHERE text LIKE '%20 days%'"), "texts", "note:more:en, version",
     "the SHA-256 differs"),
    ("a passage's place", lambda h: sql(h, "UPDATE passages SET start = start + 1"
     " WHERE number = 1 AND position = 1"), "texts", SOURCE, "not those that were taken in"),
    ("a passage outside", lambda h: sql(h, "UPDATE passages SET stop = 99999"
     " WHERE number = 1 AND position = 1"), "texts", SOURCE, "does not lie within the text"),
    ("a section outside", lambda h: sql(h, "UPDATE sections SET stop = 99999"
     " WHERE number = 1"), "texts", SOURCE, "a section does not lie within the text"),
    ("a heading", lambda h: sql(h, "UPDATE sections SET path = '[\"Other\"]' WHERE number = 1"),
     "texts", SOURCE, "not those that were taken in"),
    ("a record that is none", lambda h: sql(h, "UPDATE versions SET record = '{' WHERE number = 1"),
     "texts", "version number 1", "cannot be read"),
    ("another's record", lambda h: sql(h, "UPDATE versions SET record = replace(record,"
     " 'note:more:en', 'note:less:en')"), "texts", "note:more:en", "is that of 'note:less:en'"),
    ("an original", lambda h: wreck_text(first(h, "originals/*/*")), "originals", "originals/",
     "the SHA-256 differs"),
    ("no originals", lambda h: shutil.rmtree(h / "originals"), "originals", "note:more:en",
     "is not there"),
    ("a stranger among originals", lambda h: fill(h / "originals" / "aa" / "mine.txt", "x"),
     "originals", "originals/aa/mine.txt", "not named by its SHA-256"),
    ("a guide", lambda h: fill(h / "guides" / "wexford-fever" / "en.md", "no guide"), "guides",
     "guides/wexford-fever/en.md", ""),
    ("a vocabulary", lambda h: fill(h / "vocabulary" / "mesh.tsv", "id\ttype\n"), "vocabulary",
     "vocabulary", "the header line lacks"),
    ("a word of an edition", lambda h: edition(h, lambda d: d.replace(b"Ticks", b"Tacks")),
     "editions", "editions/wexford-fever/0001-", "not what was published"),
    ("white space of an edition", lambda h: edition(h, lambda d: d.replace(b"{\n", b"{ \n", 1)),
     "editions", "editions/wexford-fever/0001-", "not as it was written"),
    ("the note of an edition", lambda h: edition(h, lambda d: d.replace(b'"note": ""',
     b'"note": "x"')), "ledger", "editions/wexford-fever/0001-", "not the file that was published"),
    ("an edition is gone", lambda h: first(h, "editions/*/0001-*").unlink(), "editions",
     "editions/wexford-fever/0002-", "the editions before it are missing"),
    ("the newest edition is gone", lambda h: first(h, "editions/*/0002-*").unlink(), "ledger",
     "editions/wexford-fever/0002-", "the edition is gone"),
    ("a stranger among editions", lambda h: fill(h / "editions" / "wexford-fever" / "a.json", "{}"),
     "editions", "editions/wexford-fever/a.json", "this is not an edition"),
    ("a picture", lambda h: fill(first(h, "editions/*/figures/*"), "<svg/>"), "editions",
     "tick.svg", "not what was published"),
    ("a source under an edition", lambda h: sql(h, "UPDATE texts SET text ="
     " replace(text, 'that ticks carry', 'that mites carry')"), "quotes",
     "[^ticks]", f"does not stand in {SOURCE}"),
    ("an entry of the ledger", lambda h: wreck_text(h / "review" / "ledger.jsonl"), "ledger",
     "review/ledger.jsonl, entry 1", ""),
    ("the ledger's head", lambda h: (h / "review" / "head.json").unlink(), "ledger",
     "head.json", "cannot be believed"),
    ("an edition that is a folder", lambda h: swap(first(h, "editions/*/0002-*"), Path.mkdir),
     "ledger", "editions/wexford-fever/0002-", "the edition is gone"),
    ("an edition that leads nowhere", lambda h: swap(first(h, "editions/*/0002-*"),
     lambda p: p.symlink_to("/nowhere")), "ledger", "editions/wexford-fever/0002-",
     "the edition is gone"),
    ("a ledger that is a pipe", lambda h: swap(h / "review" / "ledger.jsonl", os.mkfifo), "ledger",
     "review/ledger.jsonl", "no entry is"),
    ("a policy that is a pipe", lambda h: swap(h / "review" / "policy.toml", os.mkfifo), "ledger",
     "review/policy.toml", "it is no file"),
    ("a ledger that lies elsewhere", lambda h: elsewhere(h / "review" / "ledger.jsonl"),
     "permissions", "review/ledger.jsonl", "a link to"),
    ("a private key", lambda h: fill(h / "review" / "key.pem", "words"), "ledger",
     "review/key.pem", "not a private key"),
    ("the whole ledger", lambda h: drop(h, "review/head.json", "review/ledger.jsonl"), "ledger",
     "review", "the ledger is gone"),
    ("a kept answer", lambda h: wreck_text(first(h, "answers/*.json")), "answers", "answers/",
     "not what was kept"),
    ("the questions", lambda h: fill(h / "questions.sqlite3", "words" * 99), "questions",
     "questions.sqlite3", ""),
    ("the counts", lambda h: wreck(h / "counts.sqlite3"), "databases", "counts.sqlite3", ""),
]  # fmt: skip
"""What is done to a library, and the finding: check, where, what."""


def sql_pragma(home: Path, layout: int) -> None:
    with closing(sqlite3.connect(home / "corpus.sqlite3")) as db:
        db.execute(f"PRAGMA user_version={layout}")


def wreck_text(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:20] + b"~" + data[21:])


def found(report: DoctorReport, check: str, where: str, what: str) -> list[Finding]:
    return [
        one
        for one in report.findings
        if one.check == check and where in one.where and what in one.what
    ]


def test_a_sound_library_has_no_finding_and_is_not_changed(home: Path) -> None:
    before = contents(home)
    report = examine(home, mend=True)
    assert report.findings == []
    assert report.sound
    assert report.mended == []
    assert contents(home) == before
    assert report.looked_at["texts"] == 4
    assert report.looked_at["editions"] == 2
    assert report.looked_at["quotes"] > 4
    assert {*report.looked_at} == {one.name for one in CHECKS}


@pytest.mark.parametrize(
    ("damage", "check", "where", "what"),
    [one[1:] for one in DAMAGES],
    ids=[one[0] for one in DAMAGES],
)
def test_a_damage_is_found_located_and_not_mended_by_guess(
    home: Path, damage: Callable[[Path], object], check: str, where: str, what: str
) -> None:
    damage(home)
    damaged = contents_or_bytes(home)
    report = examine(home, mend=True)
    assert not report.sound
    assert found(report, check, where, what), report.findings
    assert all(one.todo and one.where for one in report.findings)
    assert contents_or_bytes(home).items() >= damaged.items(), "only the index may be made anew"


def contents_or_bytes(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith((".", "corpus.sqlite3", "counts.sqlite3"))
        and path.relative_to(home).parts[0] != "index"
    }  # fmt: skip


MENDABLE: list[tuple[str, Callable[[Path], object], str, str]] = [
    ("an index file", lambda h: wreck(first(h, "index/*.term")), "index", "index"),
    ("an index file is gone", lambda h: first(h, "index/*.store").unlink(), "index", "index"),
    ("the index's state", lambda h: fill(h / "index" / "piamater-index.json", "{"), "index", ""),
    ("an index that is ahead", lambda h: fill(h / "index" / "piamater-index.json", json.dumps(
        json.loads((h / "index" / "piamater-index.json").read_text()) | {"upto": 99})), "index",
     "index"),
    ("an index that lacks a source", lambda h: lacking(h), "index", "index"),
    ("open questions", lambda h: (h / "questions.sqlite3").chmod(0o644), "permissions",
     "questions.sqlite3"),
    ("an open key", lambda h: (h / "review" / "key.pem").chmod(0o640), "permissions",
     "review/key.pem"),
    ("a file for everybody", lambda h: (h / "corpus.sqlite3").chmod(0o666), "permissions",
     "corpus.sqlite3"),
]  # fmt: skip


def lacking(home: Path) -> None:
    """An index that says it is up to date, and is not."""
    from piamater.search import TantivyIndex
    from piamater.vocabulary import Vocabulary

    index = TantivyIndex(home / "index", Vocabulary.load(home / "vocabulary").fingerprint)
    index.delete([1])
    index.commit(index.upto())
    index.close()


@pytest.mark.parametrize(
    ("damage", "check", "where"), [one[1:] for one in MENDABLE], ids=[one[0] for one in MENDABLE]
)
def test_what_can_be_rebuilt_is_found_then_mended(
    home: Path, damage: Callable[[Path], object], check: str, where: str
) -> None:
    before = contents(home)
    damage(home)
    [*findings] = found(examine(home), check, where, "")
    assert findings
    assert findings[0].mendable
    report = examine(home, mend=True)
    assert report.sound, report.findings
    assert report.mended
    assert examine(home).findings == []
    assert contents(home) == before


def test_leftovers_are_removed_after_a_day_and_not_before(home: Path) -> None:
    long_ago = time.time() - 2 * 86_400
    room = home / ".new-backup-dead"
    room.mkdir()
    for name in (".new-old", "editions/.new-old", ".new-fresh", ".new-backup-dead/archive"):
        (home / name).write_text("half")
    for name in (".new-old", "editions/.new-old", ".new-backup-dead"):
        os.utime(home / name, (long_ago, long_ago))
    report = examine(home)
    assert report.sound, "what nobody reads does no harm"
    assert {one.where for one in report.findings} == {
        ".new-old",
        "editions/.new-old",
        ".new-backup-dead",
    }
    assert len(examine(home, mend=True).mended) == 3
    assert (home / ".new-fresh").exists()
    assert not room.exists()


def test_an_index_that_is_behind_or_missing_leaves_the_library_sound(
    home: Path, tmp_path: Path
) -> None:
    library = Library(home)
    with library.writing():
        add(library, [str(note(tmp_path, "fresh", 3))])
    library.corpus.close()
    report = examine(home)
    assert report.sound
    assert "lacks 1 changes" in report.findings[0].what
    shutil.rmtree(home / "index")
    assert [one.severity for one in examine(home).findings] == [Severity.INFO]
    assert examine(home, mend=True).findings == []


def test_an_older_layout_is_brought_forward_when_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from piamater.corpus import migrations, sqlite
    from piamater.corpus.migrations import Step, copy_path
    from piamater.keeping import library_state
    from piamater.keeping.checkup import database

    for module in (sqlite, library_state, database):
        monkeypatch.setattr(module, "FORMAT", 3)

    def nothing(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM files WHERE key = ''")

    step = Step(3, "nothing", nothing)
    monkeypatch.setattr(migrations.migrate, "__defaults__", ((step,),))
    report = examine(home)
    assert "older layout 2" in report.findings[0].what
    assert not copy_path(home / "corpus.sqlite3", 2).exists()
    report = examine(home, mend=True)
    assert report.sound
    assert report.mended == ["corpus.sqlite3: layout 2 is now 3"]
    assert copy_path(home / "corpus.sqlite3", 2).exists()
    assert report.looked_at["texts"] == 4


def test_what_questions_say_is_in_no_finding(home: Path) -> None:
    Inbox(home).draft(1, "Quixandria")
    assert "Quixandria" not in json.dumps(examine(home).to_json())


def test_without_a_corpus_the_ledger_is_proven_all_the_same(home: Path) -> None:
    drop(home, "corpus.sqlite3")
    assert {one.check for one in examine(home).findings} == {"database"}
    wreck_text(home / "review" / "ledger.jsonl")
    report = examine(home)
    assert {one.check for one in report.findings} == {"database", "ledger"}
    assert report.looked_at["ledger"] == 0
    assert not (home / "corpus.sqlite3").exists()


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(home: Path) -> None:
    def fail(_: object) -> None:
        raise MemoryError("no memory for this")

    broken = Check("broken", "it fails", fail)  # type: ignore[arg-type]
    report = examine(home, checks=[broken, *CHECKS])
    [one] = report.findings
    assert "could not be finished: no memory" in one.what
    assert report.looked_at["texts"] == 4


def test_the_doctor_works_while_somebody_writes(home: Path) -> None:
    with writer_lock(home):
        assert examine(home).sound
        first(home, "index/*.term").unlink()
        report = examine(home, mend=True)
    assert "could not be mended: " in report.findings[-1].what
    assert "is writing to this library" in report.findings[-1].what
    assert examine(home, mend=True).sound


def test_who_writes_meanwhile_is_taken_for_no_damage(home: Path, tmp_path: Path) -> None:
    stop, failures = threading.Event(), list[str]()
    writer = threading.Thread(target=write_without_end, args=(home, tmp_path, stop, failures))
    writer.start()
    try:
        reports = [examine(home) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    assert failures == []
    for one in reports:
        assert one.sound, one.findings


@pytest.mark.parametrize("place", ["", "nothing"])
def test_a_folder_that_is_no_library_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(LibraryError, match="there is no"):
        examine(tmp_path / place)


PROOF = [one for one in CHECKS if one.name in ("database", "texts", "editions", "quotes", "ledger")]


def test_single_changed_bytes_are_found_and_located(home: Path) -> None:
    changed_bytes(home, 60)


@pytest.mark.slow
def test_two_hundred_single_changed_bytes(home: Path) -> None:
    changed_bytes(home, 200)


def changed_bytes(home: Path, times: int) -> None:
    """In turn: a byte of the ledger, of an edition or picture, of a text in the database's file."""
    settled(home)
    chance = random.Random(times)
    ledger = [home / "review" / one for one in ("ledger.jsonl", "head.json")]
    editions = sorted(one for one in (home / "editions").rglob("*") if one.is_file())
    corpus = home / "corpus.sqlite3"
    with closing(sqlite3.connect(corpus)) as db:
        texts = [row[0].encode() for row in db.execute("SELECT text FROM texts")]
    settled(home)
    for number in range(times):
        if number % 3 < 2:
            path = chance.choice((ledger, editions)[number % 3])
            low, high = 0, path.stat().st_size
            where = path.name.partition("-")[0] if path.suffix == ".json" else path.stem
        else:
            path, text = corpus, chance.choice(texts)
            low = path.read_bytes().index(text)
            high, where = low + len(text), "note:"
        at = chance.randrange(low, high)
        whole = path.read_bytes()
        byte = bytes([whole[at] ^ chance.randrange(1, 256)])
        path.write_bytes(whole[:at] + byte + whole[at + 1 :])
        report = examine(home, checks=PROOF)
        assert not report.sound, (path, at)
        assert any(where in one.where for one in report.findings), (path, at, report.findings)
        path.write_bytes(whole)
        for name in ("-wal", "-shm"):
            corpus.with_name(corpus.name + name).unlink(missing_ok=True)
    assert examine(home, checks=PROOF).findings == []


def test_the_private_key_is_opened_where_its_passphrase_is_known(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIAMATER_PASSPHRASE", PASSPHRASE)
    assert examine(home).sound
    path = home / "review" / "key.pem"
    data = path.read_bytes()
    rng = random.Random(7)
    for _ in range(20):  # in its body, where each letter counts
        at = rng.randrange(data.index(b"-----\n") + 6, data.rindex(b"\n-----"))
        if data[at : at + 1] != b"\n":
            path.write_bytes(data[:at] + (b"A" if data[at] != 65 else b"B") + data[at + 1 :])
            assert found(examine(home), "ledger", "review/key.pem", "")
    path.unlink()
    Key.create().save(path.parent.parent.parent, PASSPHRASE)
    shutil.copy(path.parent.parent.parent / "key.pem", path)
    path.chmod(0o600)
    assert found(examine(home), "ledger", "review/key.pem", "another key")
