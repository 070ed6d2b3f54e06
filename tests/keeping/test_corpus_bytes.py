"""A byte that changes anywhere in the file of the corpus is found, or changed nothing it says."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from piamater.cli.main import run
from piamater.corpus import Library
from piamater.corpus.tables import SEALED, TABLES
from piamater.guides.review import verify
from piamater.keeping import CHECKS, examine
from tests.guides.wexford import SOURCE
from tests.keeping.shelf import settled

LOOKED = [one for one in CHECKS if one.name in ("database", "records", "texts", "index")]


@pytest.fixture
def whole(home: Path) -> bytes:
    """The file of the corpus, with some rows in each table, as it was written."""
    library = Library(home)
    library.corpus.decide("note:more:en", "withdraw", "wrong figures", "2026-11-21")
    library.corpus.decide("note:more:en", "restore", "right after all", "2026-11-22")
    library.corpus.close()
    settled(home)
    return (home / "corpus.sqlite3").read_bytes()


def said(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, to the byte."""
    with closing(sqlite3.connect(path)) as db:
        db.text_factory = bytes
        return {one: sorted(db.execute(f"SELECT * FROM {one}"), key=repr) for one in TABLES}


def put(path: Path, data: bytes) -> None:
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    path.write_bytes(data)


def places(path: Path, whole: bytes, chance: random.Random, times: int) -> list[int]:
    """In turn: anywhere in the file, and within a row of each table that says something."""
    rows = []
    for table, held in said(path).items():
        for row in held if table in (*SEALED, "texts") else []:
            longest = max((one for one in row if isinstance(one, bytes)), key=len, default=b"")
            at = whole.find(longest[:60]) if len(longest) > 3 else -1
            if at >= 0:
                rows.append((at, min(len(longest), 60)))
    found = []
    for number in range(times):
        at, length = chance.choice(rows) if number % 2 else (0, len(whole))
        found.append(at + chance.randrange(length))
    return found


@pytest.mark.parametrize("times", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_a_changed_byte_is_found_or_changed_nothing(home: Path, whole: bytes, times: int) -> None:
    path = home / "corpus.sqlite3"
    before, chance, told = said(path), random.Random(times), Counter[str]()
    for at in places(path, whole, chance, times):
        put(path, whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        report = examine(home, checks=LOOKED)
        if report.sound:
            assert said(path) == before, f"byte {at} changed what the corpus says"
            told["harmless: in a place that no row uses"] += 1
        else:
            assert any(one.where not in ("", ".") for one in report.findings), report.findings
            told["found"] += 1
    put(path, whole)
    assert told["found"] > times // 2, told
    assert examine(home, checks=LOOKED).sound


def test_no_command_meets_it_with_a_traceback(home: Path, whole: bytes) -> None:
    path = home / "corpus.sqlite3"
    chance = random.Random(7)
    for at in places(path, whole, chance, 16):
        put(path, whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        for words in (["sources", "list"], ["sources", "show", SOURCE], ["review", "verify"]):
            assert run(["--library", str(home), *words]) in (0, 1, 2)


def test_a_changed_record_is_found_by_the_proof_of_the_reviews(home: Path, whole: bytes) -> None:
    path = home / "corpus.sqlite3"
    record = said(path)["versions"][0][3]
    assert isinstance(record, bytes)
    at = whole.index(record) + record.index(b'"title": "') + 12
    put(path, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    faults = verify(Library(home)).faults
    assert any("its record" in one.what and one.where.startswith("note:") for one in faults)


def test_a_corpus_that_cannot_be_opened_is_told_by_the_proof(home: Path) -> None:
    (home / "corpus.sqlite3").write_bytes(b"no database" * 99)
    told = [one for one in verify(Library(home)).faults if "cannot be opened" in one.what]
    assert len(told) == 1  # not once for every text in it
