from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from hashlib import scrypt
from pathlib import Path

import pytest

from piamater.answers.inbox import FILE, LONGEST, Inbox
from piamater.corpus.settings import Settings
from piamater.errors import InputError, LibraryError, UnknownNameError
from tests.guides.review.desk import make_desk

DAY = date(2026, 11, 21)
TEXT = "Is the zebrafish-headache after the puncture normal?"


def test_a_question_is_kept_and_found_by_its_receipt_only(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
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
    Inbox(tmp_path, DAY).add(TEXT, "en", DAY)
    assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600


def test_urgent_ones_come_first(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
    inbox.add("first", "en", DAY)
    inbox.add("second", "es", DAY, urgent=True)
    assert [one.text for one in inbox.list()] == ["second", "first"]
    assert inbox.list("answered") == []


def test_draft_answer_and_who_signed(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
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
    inbox = Inbox(tmp_path, DAY)
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
    inbox = Inbox(tmp_path, DAY)
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
    inbox = Inbox(tmp_path, DAY)
    inbox.add("one\x1b[2J\r\ntwo\x07 \u202ethree\ud800", "en", DAY)
    assert inbox.list()[0].text == "one [2J\ntwo three\ufffd"


@pytest.mark.parametrize("text", ["", "   ", "\x00\u200b", "a" * (LONGEST + 1)])
def test_what_cannot_be_kept(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        Inbox(tmp_path, DAY).add(text, "en", DAY)


def answered(tmp_path: Path, on: date = DAY) -> tuple[Inbox, str, int]:
    inbox = Inbox(tmp_path, on)
    code = inbox.add(TEXT, "en", on)
    id_ = inbox.list()[-1].id
    inbox.answer(id_, "It often is.", "R. Haque", on)
    return inbox, code, id_


def test_one_person_never_signs_their_own_answer(tmp_path: Path) -> None:
    inbox, _, id_ = answered(tmp_path)
    for same in ("R. Haque", "r haque", "Dr. R. Haque", "Ｒ. Ｈaque", "R. Haque, MD"):
        with pytest.raises(InputError, match="nobody signs their own"):
            inbox.sign(id_, same, DAY)
    assert inbox.sign(id_, "Ann Lee", DAY).state == "signed"
    with pytest.raises(InputError, match="signed already"):
        inbox.sign(id_, "Carol Dunn", DAY)


def test_a_signature_binds_to_the_answer_that_was_read(tmp_path: Path) -> None:
    inbox, _, id_ = answered(tmp_path)
    seen = inbox.get(id_).hash
    inbox.answer(id_, "It never is.", "R. Haque", DAY)
    with pytest.raises(InputError, match="has changed"):
        inbox.sign(id_, "Ann Lee", DAY, seen)
    inbox.sign(id_, "Ann Lee", DAY, inbox.get(id_).hash)
    again = inbox.answer(id_, "Sometimes.", "Ann Lee", DAY)  # words anew, signatures anew
    assert (again.state, again.signed_by, again.signed) == ("answered", "", "")
    with pytest.raises(InputError, match="nobody signs their own"):
        inbox.sign(id_, "Ann Lee", DAY)


def test_what_cannot_be_signed_or_assigned(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
    inbox.add(TEXT, "en", DAY)
    with pytest.raises(InputError, match="not answered yet"):
        inbox.sign(1, "Ann Lee", DAY)
    with pytest.raises(InputError, match="nobody is named"):
        inbox.assign(1, " ... ", DAY)
    assert inbox.assign(1, "Ann Lee", DAY).state == "assigned"
    assert inbox.draft(1, "perhaps").state == "drafted"
    assert inbox.assign(1, "R. Haque", DAY).state == "drafted"
    with pytest.raises(InputError, match=r"no quote \[1\]"):
        inbox.answer(1, "Yes [1].", "Ann Lee", DAY)
    inbox.answer(1, "Yes.", "Ann Lee", DAY)
    with pytest.raises(InputError, match="is answered"):
        inbox.assign(1, "R. Haque", DAY)
    for act in (inbox.get, inbox.delete):
        with pytest.raises(UnknownNameError):
            act(9)


def test_one_person_is_enough_where_the_settings_say_so(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY, Settings(persons=1))
    inbox.add(TEXT, "en", DAY)
    kept = inbox.answer(1, "Yes.", "Ann Lee", DAY)
    assert (kept.state, kept.signed, kept.signed_by) == ("signed", "2026-11-21", "")


def test_with_a_ledger_people_are_those_that_are_registered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    inbox = Inbox(desk.library.folder, DAY)
    inbox.add(TEXT, "en", DAY)
    with pytest.raises(UnknownNameError, match="known: ada, haque"):
        inbox.answer(1, "Yes.", "Ann Lee", DAY)
    with pytest.raises(InputError, match="has not the role"):
        inbox.assign(1, "luz", DAY)
    assert inbox.assign(1, "ada", DAY).assigned_to == "Ada Writer"
    inbox.answer(1, "Yes.", "haque", DAY)
    with pytest.raises(InputError, match="has not the role"):
        inbox.sign(1, "ada", DAY)
    with pytest.raises(InputError, match="nobody signs their own"):
        inbox.sign(1, "haque", DAY)
    with pytest.raises(InputError, match="the ledger's key"):
        inbox.sign(1, "sam", DAY)
    assert inbox.get(1).state == "answered"
    kept = inbox.sign(1, "sam", DAY, key=lambda: desk.key)
    assert (kept.answered_by, kept.signed_by) == ("R. Haque, neurologist, A-1", "Sam Reader")


OLD = """
CREATE TABLE questions (id INTEGER PRIMARY KEY AUTOINCREMENT, receipt BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL, language TEXT NOT NULL, reader TEXT NOT NULL, country TEXT NOT NULL,
    urgent INTEGER NOT NULL, received TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new',
    draft TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '', answered TEXT NOT NULL DEFAULT '');
CREATE TABLE salt (value BLOB NOT NULL);
INSERT INTO salt VALUES (x'00112233445566778899aabbccddeeff');
"""


def test_an_inbox_of_the_first_release_is_kept(tmp_path: Path) -> None:
    code = "ABCDEFGHJKMNPQRS"
    salt = bytes.fromhex("00112233445566778899aabbccddeeff")
    receipt = scrypt(code.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(OLD)
        rows = [
            (receipt, TEXT, "answered", "It often is.", "A. Person", "2026-11-20"),
            (b"2", "Is MRI safe?", "drafted", "", "", ""),
        ]
        for row in rows:
            db.execute(
                "INSERT INTO questions (receipt, text, language, reader, country, urgent, received,"
                " state, answer, answered_by, answered)"
                " VALUES (?, ?, 'en', '', 'BD', 0, '2026-11-19', ?, ?, ?, ?)",
                row,
            )
        db.commit()
    inbox = Inbox(tmp_path, DAY)
    found = inbox.by_receipt(code)
    assert found
    assert (found.text, found.state, found.answer) == (TEXT, "signed", "It often is.")
    assert (found.answered_by, found.signed, found.signed_by) == ("A. Person", "2026-11-20", "")
    assert [one.state for one in inbox.list()] == ["signed", "drafted"]
    assert inbox.deadlines.due(inbox.get(2)) == "2026-12-05"  # its time begins on this day
    inbox.answer(2, "Mostly.", "Ann Lee", DAY)
    assert inbox.sign(2, "R. Haque", DAY).state == "signed"


def test_an_inbox_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    answered(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="layout 99"):
        Inbox(tmp_path, DAY).list()


def test_what_was_signed_long_ago_goes_when_anybody_looks(tmp_path: Path) -> None:
    inbox, code, id_ = answered(tmp_path)
    inbox.draft(id_, "zebrafish-headache: a draft")
    inbox.add("Still zebra-waiting?", "en", DAY)
    inbox.sign(id_, "Ann Lee", DAY)
    assert inbox.deadlines.keep_until(inbox.get(id_)) == "2027-05-20"
    assert Inbox(tmp_path, DAY + timedelta(days=180)).get(id_).answer == "It often is."
    later = Inbox(tmp_path, DAY + timedelta(days=181))
    assert [one.text for one in later.list()] == []
    data = (tmp_path / FILE).read_bytes()
    for gone in (b"zebrafish", b"It often is", b"Ann Lee", b"Haque"):
        assert gone not in data
    found = later.by_receipt(code)
    assert found
    assert (found.state, found.answered, found.deleted, found.text, found.answer) == (
        "deleted", "2026-11-21", "2027-05-21", "", "",
    )  # fmt: skip
    with pytest.raises(UnknownNameError):
        later.get(id_)
    assert Inbox(tmp_path, DAY + timedelta(days=362)).by_receipt(code) is None


def test_nothing_goes_by_itself_where_the_settings_say_so(tmp_path: Path) -> None:
    inbox, code, id_ = answered(tmp_path)
    inbox.sign(id_, "Ann Lee", DAY)
    late = Inbox(tmp_path, DAY + timedelta(days=9_000), Settings(keep_days=0))
    found = late.by_receipt(code)
    assert found
    assert found.answer == "It often is."
    assert late.deadlines.keep_until(found) == ""


def test_the_settings_of_the_library_count(tmp_path: Path) -> None:
    (tmp_path / "piamater.toml").write_text("[questions]\nkeep_days = 7\npersons = 1\n")
    inbox, code, _ = answered(tmp_path)
    assert inbox.list()[0].state == "signed"
    gone = Inbox(tmp_path, DAY + timedelta(days=8)).by_receipt(code)
    assert gone
    assert gone.state == "deleted"
    for wrong in ("persons = 3", "keep_days = -1", "persons = true", "weeks = 2"):
        (tmp_path / "piamater.toml").write_text(f"[questions]\n{wrong}\n")
        with pytest.raises(LibraryError):
            Inbox(tmp_path, DAY).list()


def test_deleting_ends_a_write_ahead_log_that_held_it(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    inbox.add(TEXT, "en", DAY)
    inbox.draft(1, "a draft about zebrafish-headache")
    assert any(b"zebrafish" in path.read_bytes() for path in tmp_path.iterdir())
    inbox.delete(1)
    for path in tmp_path.iterdir():
        assert b"zebrafish" not in path.read_bytes(), path


def test_many_at_once_lose_nothing_and_one_signature_counts(tmp_path: Path) -> None:
    def ask(number: int) -> str:
        return Inbox(tmp_path, DAY).add(f"Question {number}?", "en", DAY)

    with ThreadPoolExecutor(8) as pool:  # on a file that is not there yet
        codes = list(pool.map(ask, range(24)))
    assert len({*codes}) == 24
    assert len(Inbox(tmp_path, DAY).list()) == 24
    Inbox(tmp_path, DAY).answer(1, "Yes.", "Ann Lee", DAY)

    def sign(number: int) -> bool:
        try:
            Inbox(tmp_path, DAY).sign(1, f"Person {number}", DAY)
        except InputError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(sign, range(8))) == 1


def test_what_nobody_answers_ends_and_the_receipt_says_so(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, DAY)
    code = inbox.add(TEXT, "en", DAY)
    inbox.draft(1, "zebrafish-draft")
    one, days = inbox.get(1), inbox.deadlines
    assert (days.due(one), days.late(one), days.ends(one)) == ("2026-12-05", False, "2027-02-19")
    assert Inbox(tmp_path, DAY + timedelta(days=15)).deadlines.late(one)
    assert Inbox(tmp_path, DAY + timedelta(days=90)).get(1).text == TEXT
    over = Inbox(tmp_path, DAY + timedelta(days=91))
    found = over.by_receipt(code)
    assert found
    assert (found.state, found.ended, found.text, found.deleted) == (
        "deleted", "unanswered", "", "2027-02-20",
    )  # fmt: skip
    assert over.list() == []
    assert b"zebrafish" not in (tmp_path / FILE).read_bytes()
    assert Inbox(tmp_path, DAY + timedelta(days=182)).by_receipt(code) is None


def test_an_answer_that_waits_for_its_signature_counts_anew(tmp_path: Path) -> None:
    inbox, _, id_ = answered(tmp_path)
    late = DAY + timedelta(days=80)
    inbox.answer(id_, "It often is, for a week.", "R. Haque", late)
    assert Inbox(tmp_path, DAY + timedelta(days=100)).get(id_).state == "answered"
    assert Inbox(tmp_path, late + timedelta(days=91)).list() == []


def test_no_days_no_ends(tmp_path: Path) -> None:
    forever = Settings(answer_days=0, unanswered_days=0)
    inbox = Inbox(tmp_path, DAY + timedelta(days=9_000), forever)
    inbox.add(TEXT, "en", DAY)
    one, days = inbox.get(1), inbox.deadlines
    assert (days.due(one), days.late(one), days.ends(one)) == ("", False, "")
