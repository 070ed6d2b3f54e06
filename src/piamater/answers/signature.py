"""Signature: an answer to a reader, signed in the review ledger without a word of it.

The entry holds who signed, when, and a digest of question, answer and quotes. A short letter could
be guessed and tried against a bare digest, so it is keyed with a random salt (HMAC-SHA256, RFC
2104) that only the inbox holds: when the question goes the salt goes, and what stays in the ledger
tells that somebody signed something, and nothing else.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from piamater.answers.inbox_record import ReaderQuestion
from piamater.answers.signers import SIGNING, Signer
from piamater.corpus import Library
from piamater.errors import InputError
from piamater.guides.review import Book, Entry, Key, Ledger, Reviews
from piamater.guides.review.entry import canonical

KeyGiver = Callable[[], Key]
"""Opens the ledger's key where it is needed; it may ask for a passphrase."""

_SALT_BYTES = 32


class Proof(StrEnum):
    """What the ledger says of a signed answer."""

    RECORDED = "recorded"
    """Its entry stands, and is over these very words."""
    UNRECORDED = "unrecorded"
    """The house registers nobody, or did not yet when it was signed."""
    UNPROVEN = "unproven"
    """The ledger is broken, has no such entry, or it is over other words."""


def new_salt() -> str:
    """A salt for one signature, in hexadecimal."""
    return secrets.token_hex(_SALT_BYTES)


def signed_form(one: ReaderQuestion) -> dict[str, Any]:
    """What a signature is over: the question, the answer, who wrote it and when, the quotes."""
    return {
        "question": one.text,
        "language": one.language,
        "answer": one.answer,
        "answered_by": one.answered_by,
        "answered": one.answered,
        "citations": [asdict(each) for each in one.citations],
    }


def digest(one: ReaderQuestion, salt: str) -> str:
    """The keyed digest of what is signed, in hexadecimal."""
    return hmac.new(bytes.fromhex(salt), canonical(signed_form(one)), sha256).hexdigest()


def record(
    folder: Path, one: ReaderQuestion, salt: str, writer: str, by: Signer, key: KeyGiver | None
) -> Entry:
    """Write the signature into the ledger; the library must be held for writing.

    Raises:
        InputError: the key is not given.
        LibraryError: the ledger is broken, or the key is not its own.
    """
    if key is None:
        raise InputError(
            "an answer is signed with the ledger's key, and none is open here",
            where="questions",
            todo="piamater questions sign, or the desk",
        )
    reviews = Reviews(Library(folder))
    person = reviews.person(by.id)
    body = {
        "digest": digest(one, salt),
        "writer": writer,
        "roles": sorted(set(person.roles) & {*SIGNING}),
        "credential": person.credential,
        "checked": person.checked,
    }
    return reviews.ledger.append(key(), "answer", by.id, body)


def proof_of(folder: Path, one: ReaderQuestion, book: Book | None = None) -> Proof:
    """Whether the ledger bears out that this answer was signed.

    What was signed before anybody was registered has no entry and is told as that.
    """
    ledger = Ledger.of(folder)
    if book is None and not ledger.exists:
        return Proof.UNRECORDED if not one.entry else Proof.UNPROVEN
    book = book or Book.of(ledger)
    if book.broken:
        return Proof.UNPROVEN
    if not one.entry:
        registered = [each.day for each in book.entries if each.act == "person"]
        early = not registered or one.signed <= registered[0]
        return Proof.UNRECORDED if early else Proof.UNPROVEN
    number = int(one.entry) if one.entry.isdecimal() else 0
    found = book.entries[number - 1] if 0 < number <= len(book.entries) else None
    right = (
        found is not None
        and found.act == "answer"
        and bool(one.salt)
        and hmac.compare_digest(str(found.body.get("digest", "")), digest(one, one.salt))
        and _was_shown_as(found, book) == one.signed_by
    )
    return Proof.RECORDED if right else Proof.UNPROVEN


def _was_shown_as(entry: Entry, book: Book) -> str:
    """The signer as registered when the entry was made; empty where it was the writer alone."""
    if entry.by == entry.body.get("writer"):
        return ""
    earlier = Book(book.entries[: entry.number - 1]).people
    person = earlier.get(entry.by)
    return person.shown if person and not person.ended and set(person.roles) & {*SIGNING} else "?"


def proof_form(one: ReaderQuestion) -> dict[str, Any]:
    """All that somebody needs to check one signature against the ledger by themselves."""
    return {
        "entry": int(one.entry),
        "salt": one.salt,
        "signed": signed_form(one),
        "digest": digest(one, one.salt),
    }
