"""What is kept apart from the library: its key, and a head of its ledger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from piamater.errors import LibraryError
from piamater.guides.review import Key, person, verify
from piamater.guides.review.pin import VARIABLE, kept_head, kept_key
from tests.guides.review.desk import GUIDE, Desk


@pytest.fixture
def kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Everything approved and published, and the key's fingerprint kept in the environment."""
    desk.key.save(desk.library.folder / "review", "four words make one")
    desk.approve_all()
    desk.publish()
    monkeypatch.setenv(VARIABLE, desk.key.fingerprint)
    return desk


def begin_anew(desk: Desk) -> Desk:
    """What somebody can do who may write to the folder: another ledger, with another key."""
    folder = desk.library.folder / "review"
    shutil.rmtree(folder)
    folder.mkdir()
    own = Desk(desk.library, Key.create())
    own.key.save(folder, "four other words there")
    with pytest.MonkeyPatch.context() as theirs, desk.library.writing():
        theirs.delenv(VARIABLE)
        own.reviews.found(own.key)
        own.reviews.register(own.key, person("ada", "Ada Writer", ["writer"]))
        own.reviews.register(
            own.key, person("haque", "R. Haque", ["clinical"], "neurologist, A-1", "register")
        )
    with pytest.MonkeyPatch.context() as theirs:
        theirs.delenv(VARIABLE)
        own.submit()
        own.sign()
        assert own.review().state == "approved"
    return own


def test_with_the_right_key_all_is_as_before(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.review().state == "approved"
    found = verify(kept.library)
    assert (found.faults, found.pinned) == ((), True)
    monkeypatch.setenv(VARIABLE, str(kept.library.folder / "review" / "key.pub"))
    assert kept.review().state == "approved"
    monkeypatch.setenv(VARIABLE, kept.key.public)
    assert kept.review().state == "approved"
    monkeypatch.delenv(VARIABLE)
    assert not verify(kept.library).pinned


def test_a_ledger_begun_anew_shows_no_approval_and_is_located(kept: Desk) -> None:
    own = begin_anew(kept)
    review = kept.review()
    assert (review.state, review.by, review.signatures) == ("lapsed", None, ())
    [reason] = review.reasons
    assert reason.kind == "key"
    assert "another key" in reason.detail
    assert verify(kept.library).faults[0].where == "review/ledger.jsonl, entry 1"
    with pytest.raises(LibraryError, match="another key"):
        own.submit()
    with pytest.raises(LibraryError, match="another key"):
        own.publish()
    assert kept.reviews.book.people == {}


def test_a_ledger_taken_away_is_missed_and_nothing_is_published_without_it(kept: Desk) -> None:
    shutil.rmtree(kept.library.folder / "review")
    assert kept.review().reasons[0].kind == "key"
    assert "there is no ledger" in verify(kept.library).faults[0].what
    with pytest.raises(LibraryError, match="kept elsewhere"):
        kept.publish()


@pytest.mark.parametrize("value", ["abc", "/nowhere/key.pub", "0" * 63])
def test_what_is_no_key_shows_no_approval(
    kept: Desk, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    assert kept.review().reasons[0].kind == "key"
    with pytest.raises(LibraryError, match="neither a fingerprint"):
        kept_key()
    with pytest.raises(LibraryError, match="neither a fingerprint"):
        verify(kept.library)


def test_a_kept_head_shows_a_ledger_that_was_put_back(kept: Desk, tmp_path: Path) -> None:
    folder = kept.library.folder / "review"
    shutil.copytree(folder, tmp_path / "monday")
    early = verify(kept.library).head
    with kept.library.writing():
        kept.reviews.note(kept.key, GUIDE, "ada", "The dose was corrected.")
    late = verify(kept.library).head
    shutil.copy(folder / "head.json", tmp_path / "head.json")
    assert verify(kept.library, heads=[early, late]).faults == ()
    for name in ("ledger.jsonl", "head.json"):
        shutil.copy(tmp_path / "monday" / name, folder / name)
    assert verify(kept.library).faults == ()  # to itself, an older ledger is whole
    assert verify(kept.library, heads=[early]).faults == ()
    for head in (late, str(tmp_path / "head.json")):
        [fault] = verify(kept.library, heads=[head]).faults
        assert fault.where == "review/ledger.jsonl"
        assert "put back" in fault.what
    with pytest.raises(LibraryError, match=r"head\.json"):
        kept_head("monday")


def test_a_public_key_put_beside_the_ledger_is_found(kept: Desk) -> None:
    path = kept.library.folder / "review" / "key.pub"
    other = Key.create()
    other.save(path.parent / "other", "four words make two")
    shutil.copy(path.parent / "other" / "key.pub", path)
    shutil.rmtree(path.parent / "other")
    assert [one.where for one in verify(kept.library).faults] == ["review/key.pub"]
    path.write_bytes(b"-----")
    assert [one.where for one in verify(kept.library).faults] == ["review/key.pub"]
