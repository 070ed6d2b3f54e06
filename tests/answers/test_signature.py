"""Signatures of answers to readers: entries of the ledger that hold none of the words."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from piamater.answers.inbox import FILE, Inbox
from piamater.answers.signature import Proof, proof_form
from piamater.corpus.settings import Settings
from piamater.errors import InputError, LibraryError
from piamater.guides.review import Key
from piamater.guides.review.entry import canonical
from tests.guides.review.desk import TODAY, Desk, make_desk

QUESTION = "Is the zebrafish-headache normal?"
ANSWER = "The quokka-answer: it often is."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def signed(desk: Desk) -> tuple[Inbox, str]:
    inbox = Inbox(desk.library.folder, TODAY)
    code = inbox.add(QUESTION, "en", TODAY)
    inbox.answer(1, ANSWER, "haque", TODAY)
    inbox.sign(1, "sam", TODAY, key=lambda: desk.key)
    return inbox, code


def test_the_ledger_tells_who_signed_and_none_of_the_words(desk: Desk) -> None:
    inbox, _ = signed(desk)
    kept = inbox.get(1)
    entry = desk.reviews.ledger.entries()[-1]
    assert (entry.act, entry.by, entry.body["writer"]) == ("answer", "sam", "haque")
    assert (kept.entry, inbox.proof(kept)) == (str(entry.number), Proof.RECORDED)
    assert set(entry.body) == {"digest", "writer", "roles", "credential", "checked"}
    for word in ("zebrafish", "quokka", QUESTION, kept.salt):
        assert word.encode() not in desk.reviews.ledger.path.read_bytes()
    assert "salt" not in kept.to_json()


def test_anybody_who_is_given_the_proof_can_reckon_it(desk: Desk) -> None:
    inbox, _ = signed(desk)
    form = json.loads(json.dumps(proof_form(inbox.get(1))))
    reckoned = hmac.new(bytes.fromhex(form["salt"]), canonical(form["signed"]), sha256).hexdigest()
    entry = desk.reviews.ledger.entries()[form["entry"] - 1]
    assert reckoned == form["digest"] == entry.body["digest"]


def test_a_bare_digest_of_the_words_is_nowhere(desk: Desk) -> None:
    """Who guesses a short letter must not be able to try it against the ledger."""
    inbox, _ = signed(desk)
    form = canonical(proof_form(inbox.get(1))["signed"])
    ledger = desk.reviews.ledger.path.read_text("utf-8")
    for guess in (form, QUESTION.encode(), ANSWER.encode()):
        assert sha256(guess).hexdigest() not in ledger
        assert hmac.new(b"", guess, sha256).hexdigest() not in ledger
    first = desk.reviews.ledger.entries()[-1].body["digest"]
    inbox.answer(1, ANSWER, "haque", TODAY)
    inbox.sign(1, "sam", TODAY, key=lambda: desk.key)
    assert desk.reviews.ledger.entries()[-1].body["digest"] != first  # a salt for each signature


@pytest.mark.parametrize("how", ["delete", "expire"])
def test_what_is_deleted_leaves_the_digest_alone(desk: Desk, how: str) -> None:
    inbox, _ = signed(desk)
    salt = inbox.get(1).salt
    if how == "delete":
        inbox.delete(1)
    else:
        Inbox(desk.library.folder, TODAY + timedelta(days=200)).list()
    for path in desk.library.folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for gone in (b"zebrafish", b"quokka", salt.encode(), bytes.fromhex(salt)):
            assert gone not in data, path
    assert desk.reviews.ledger.entries()[-1].act == "answer"


def change(field: str, value: str) -> Callable[[Desk], None]:
    def done(desk: Desk) -> None:
        with closing(sqlite3.connect(desk.library.folder / FILE)) as db:
            db.execute(f"UPDATE questions SET {field} = ?", (value,))
            db.commit()

    return done


def cut_ledger(desk: Desk) -> None:
    path = desk.reviews.ledger.path
    path.write_bytes(path.read_bytes().replace(b'"answer"', b'"checked"', 1))


@pytest.mark.parametrize(
    "harm",
    [
        change("answer", "Stop all of your medicines."),
        change("text", "Another question"),
        change("answered_by", "Prof. Nobody"),
        change("signed_by", "Prof. Nobody"),
        change("salt", "00" * 32),
        change("salt", ""),
        change("entry", "1"),
        change("entry", "999"),
        change("entry", "x"),
        cut_ledger,
    ],
)
def test_what_is_not_what_was_signed_is_not_proven(
    desk: Desk, harm: Callable[[Desk], None]
) -> None:
    inbox, code = signed(desk)
    harm(desk)
    found = inbox.by_receipt(code)
    assert found
    assert inbox.proof(found) is Proof.UNPROVEN


def test_without_an_entry_only_what_is_older_than_the_people_counts(desk: Desk) -> None:
    inbox, _ = signed(desk)
    change("entry", "")(desk)
    change("signed", "2099-01-01")(desk)
    assert inbox.proof(inbox.get(1)) is Proof.UNPROVEN
    change("signed", "2020-01-01")(desk)
    assert Inbox(desk.library.folder, TODAY, Settings(keep_days=0)).list()
    one = Inbox(desk.library.folder, TODAY, Settings(keep_days=0)).get(1)
    assert inbox.proof(one) is Proof.UNRECORDED


def test_another_key_signs_nothing_and_the_answer_waits(desk: Desk) -> None:
    inbox = Inbox(desk.library.folder, TODAY)
    inbox.add(QUESTION, "en", TODAY)
    inbox.answer(1, ANSWER, "haque", TODAY)
    with pytest.raises(LibraryError, match="not the one that the ledger is signed with"):
        inbox.sign(1, "sam", TODAY, key=Key.create)
    assert (inbox.get(1).state, inbox.get(1).entry) == ("answered", "")


def test_one_alone_signs_in_the_ledger_too(desk: Desk) -> None:
    inbox = Inbox(desk.library.folder, TODAY, Settings(persons=1))
    inbox.add(QUESTION, "en", TODAY)
    with pytest.raises(InputError, match="the ledger's key"):
        inbox.answer(1, ANSWER, "haque", TODAY)
    assert inbox.get(1).state == "new"
    kept = inbox.answer(1, ANSWER, "haque", TODAY, key=lambda: desk.key)
    assert inbox.proof(kept) is Proof.RECORDED
    entry = desk.reviews.ledger.entries()[-1]
    assert (entry.by, entry.body["writer"]) == ("haque", "haque")


def test_where_nobody_is_registered_it_is_told_as_unrecorded(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, TODAY)
    inbox.add(QUESTION, "en", TODAY)
    inbox.answer(1, ANSWER, "Ann Lee", TODAY)
    assert inbox.proof(inbox.sign(1, "R. Haque", TODAY)) is Proof.UNRECORDED
