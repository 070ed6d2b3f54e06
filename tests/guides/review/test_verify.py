"""The proof of a whole library: any byte changed in ledger, editions or evidence is found."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from piamater.guides import GuideFolder
from piamater.guides.review import Reviews, verify
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.wexford import SOURCE


def test_a_sound_library(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    found = verify(desk.library)
    assert found.faults == ()
    assert found.editions == 1
    assert found.evidence > 3


def test_a_changed_byte_anywhere_is_found_and_located(desk: Desk) -> None:
    changed_bytes(desk, 40)


@pytest.mark.slow
def test_two_hundred_changed_bytes(desk: Desk) -> None:
    changed_bytes(desk, 200)


def changed_bytes(desk: Desk, times: int) -> None:
    desk.approve_all()
    edition = desk.publish()
    ledger = desk.reviews.ledger.path
    chance = random.Random(11)
    for number in range(times):
        path = (ledger, edition.path, None)[number % 3]
        if path is None:
            where = _change_text(desk, chance)
            assert any(one.where.startswith(where) for one in verify(desk.library).faults)
            _restore_text(desk)
            continue
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(
            whole[:at] + bytes([(whole[at] + chance.randrange(1, 256)) % 256]) + whole[at + 1 :]
        )
        found = verify(desk.library).faults
        assert any(path.name in one.where for one in found), (path.name, at, found)
        path.write_bytes(whole)
    assert verify(desk.library).faults == ()


def _change_text(desk: Desk, chance: random.Random) -> str:
    with sqlite3.connect(desk.library.folder / "corpus.sqlite3") as db:
        [(version, text)] = db.execute("SELECT version, text FROM texts").fetchall()
        desk.__dict__["kept"] = (version, text)
        at = chance.randrange(len(text))
        db.execute("UPDATE texts SET text = ?", (text[:at] + "\u00a7" + text[at + 1 :],))
    db.close()
    return f"{SOURCE}, version {version[:12]}"


def _restore_text(desk: Desk) -> None:
    with sqlite3.connect(desk.library.folder / "corpus.sqlite3") as db:
        db.execute("UPDATE texts SET text = ?", (desk.__dict__["kept"][1],))
    db.close()


def test_an_edition_put_there_by_hand_taken_away_or_renamed_is_found(desk: Desk) -> None:
    edition = desk.publish()
    other = edition.path.with_name("0002-" + edition.path.name.split("-")[1])
    shutil.copy(edition.path, other)
    assert any("does not know" in one.what for one in verify(desk.library).faults)
    other.unlink()
    form = json.loads(edition.path.read_text("utf-8"))
    edition.path.write_text(json.dumps({**form, "published": "2020-01-01"}), "utf-8")
    assert [one.what for one in verify(desk.library).faults] == [
        "the edition is not the file that was published"
    ]
    edition.path.unlink()
    assert any("gone" in one.what for one in verify(desk.library).faults)


def test_a_publication_that_was_recorded_and_not_shown_is_finished(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_fails(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", power_fails)
        with pytest.raises(KeyboardInterrupt):
            desk.publish()
    assert verify(desk.library).faults == ()
    assert desk.reviews.editions.ids() == []
    desk.publish()
    assert [one.number for one in desk.reviews.editions.history(GUIDE)] == [1]
    assert verify(desk.library).faults == ()


def test_editions_from_before_the_ledger_are_in_its_first_entry(desk: Desk) -> None:
    edition = desk.publish()
    shutil.rmtree(desk.library.folder / "review")
    (desk.library.folder / "review").mkdir()
    reviews = Reviews(desk.library, GuideFolder(desk.library.folder / "guides"))
    with desk.library.writing():
        reviews.found(desk.key)
    assert verify(desk.library).faults == ()
    edition.path.write_bytes(edition.path.read_bytes() + b" ")
    assert verify(desk.library).faults
