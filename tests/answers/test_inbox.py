from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from piamater.answers.inbox import FILE, LONGEST, Inbox
from piamater.errors import InputError, UnknownNameError

DAY = date(2026, 11, 21)
TEXT = "Is the zebrafish-headache after the puncture normal?"


def test_a_question_is_kept_and_found_by_its_receipt_only(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    code = inbox.add(TEXT, "en", DAY, reader="patient", country="BD")
    found = inbox.by_receipt(code)
    assert found
    assert (found.text, found.state, found.received) == (TEXT, "new", "2026-11-21")
    assert inbox.by_receipt(code.lower().replace("-", " ")) == found
    assert inbox.by_receipt("AAAA-AAAA-AAAA-AAAA") is None
    assert inbox.by_receipt("") is None
    data = (tmp_path / FILE).read_bytes()
    assert code.replace("-", "").encode() not in data


def test_the_file_is_for_the_library_alone(tmp_path: Path) -> None:
    Inbox(tmp_path).add(TEXT, "en", DAY)
    assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600


def test_urgent_ones_come_first(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.add("first", "en", DAY)
    inbox.add("second", "es", DAY, urgent=True)
    assert [one.text for one in inbox.list()] == ["second", "first"]
    assert inbox.list("answered") == []


def test_draft_answer_and_who_signed(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    code = inbox.add(TEXT, "en", DAY)
    id_ = inbox.list()[0].id
    assert inbox.draft(id_, "perhaps").state == "drafted"
    with pytest.raises(InputError):
        inbox.answer(id_, "yes", "", DAY)
    with pytest.raises(InputError):
        inbox.answer(id_, " ", "A. Person", DAY)
    inbox.answer(id_, "It often is.", "A. Person", DAY)
    found = inbox.by_receipt(code)
    assert found
    assert (found.state, found.answer, found.answered_by) == (
        "answered",
        "It often is.",
        "A. Person",
    )


def test_deleting_leaves_no_copy(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    code = inbox.add(TEXT, "en", DAY)
    id_ = inbox.list()[0].id
    inbox.draft(id_, "a draft about zebrafish-headache")
    inbox.delete(id_)
    assert inbox.by_receipt(code) is None
    for path in tmp_path.iterdir():
        assert b"zebrafish" not in path.read_bytes(), path
    with pytest.raises(UnknownNameError):
        inbox.delete(id_)


def test_a_draft_does_not_take_an_answer_back(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.add(TEXT, "en", DAY)
    id_ = inbox.list()[0].id
    inbox.answer(id_, "It often is.", "A. Person", DAY)
    later = inbox.draft(id_, "something more")
    assert (later.state, later.answer, later.draft) == (
        "answered",
        "It often is.",
        "something more",
    )


def test_what_would_steer_a_terminal_is_not_kept(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.add("one\x1b[2J\r\ntwo\x07 \u202ethree\ud800", "en", DAY)
    assert inbox.list()[0].text == "one [2J\ntwo three\ufffd"


@pytest.mark.parametrize("text", ["", "   ", "\x00\u200b", "a" * (LONGEST + 1)])
def test_what_cannot_be_kept(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        Inbox(tmp_path).add(text, "en", DAY)
