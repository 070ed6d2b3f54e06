"""Inbox: readers' questions to people, in a file of their own that only the library's user reads.

A question is kept masked, with the day and no finer time, and without any address. The reader
comes back with a receipt code, of which only a hash is kept; whoever has the code reads the
answer once two people stand behind it, and can delete the question. Deleting overwrites what
stood in the file. What was answered long enough ago, or has waited too long for an answer, is
deleted at the next look, by whomever. Where people are registered, the signature is an entry of
the review ledger (``signature``); all that the entry can be matched with goes with the question.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from functools import cached_property
from hashlib import scrypt
from pathlib import Path
from typing import TYPE_CHECKING

from piamater.answers.answer import Citation
from piamater.answers.inbox_deadlines import DELETED, Deadlines
from piamater.answers.inbox_layout import bring_forward
from piamater.answers.inbox_record import FIELDS, ReaderQuestion, read_row
from piamater.answers.inbox_retention import expire, scrub
from piamater.answers.reply import cited, to_json
from piamater.answers.signers import ANSWERING, SIGNING, Signer, signer
from piamater.corpus.settings import FILE as SETTINGS
from piamater.corpus.settings import Settings, load_settings
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides.review.people import same_name
from piamater.text.normalise import clean

if TYPE_CHECKING:
    from piamater.answers.signature import KeyGiver, Proof

FILE = "questions.sqlite3"
LONGEST = 4_000
"""Characters of a question; as many as two pages."""

LONGEST_ANSWER = 20_000
MOST = 5_000
"""Questions that are kept at most; the library's staff delete what is done."""

STATES = ("new", "assigned", "drafted", "answered", "signed")
"""What becomes of a question; the reader sees the answer when it is signed."""

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 16


def tidy(text: str) -> str:
    """A reader's text as it is kept: line by line, without control and hidden characters.

    What a reader sends is shown on the staff's terminals, which obey control characters.
    """
    return "\n".join(clean(line) for line in text.splitlines()).strip()


class Inbox:
    """The questions of one library. Every call opens the file anew: it is seldom used.

    ``today`` may be set, to read it as of another day; ``settings`` are the library's own where
    none are given.
    """

    def __init__(
        self, folder: Path, today: date | None = None, settings: Settings | None = None
    ) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._today = today
        self._given = settings

    @property
    def today(self) -> date:
        """The day that it is read on."""
        return self._today or date.today()

    @cached_property
    def settings(self) -> Settings:
        """What the library says of questions."""
        if self._given is not None:
            return self._given
        return load_settings(self.folder) if (self.folder / SETTINGS).is_file() else Settings()

    def add(
        self,
        text: str,
        language: str,
        on: date,
        *,
        reader: str = "",
        country: str = "",
        urgent: bool = False,
    ) -> str:
        """Keep a masked question; gives the receipt code, which cannot be had again.

        Raises:
            InputError: the text is empty or too long.
            LibraryError: there is no room for another.
        """
        text = tidy(text)
        if not text:
            raise InputError("the question is empty", todo="write it in a few sentences")
        if len(text) > LONGEST:
            raise InputError(
                f"the question has {len(text):,} characters, over the limit of {LONGEST:,}",
                todo="write it in fewer words",
            )
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        with self._open() as db:
            held = db.execute("SELECT count(*) FROM questions WHERE deleted = ''").fetchone()[0]
            if held >= MOST:
                raise LibraryError(
                    f"{MOST} questions are kept, and no more",
                    where=FILE,
                    todo="delete answered ones: piamater questions delete NUMBER",
                )
            db.execute(
                "INSERT INTO questions (receipt, text, language, reader, country, urgent, received,"
                " counts_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
                (_hash(code, db), text, language, reader, country, urgent, on.isoformat()),
            )
        return "-".join(code[at : at + 4] for at in range(0, _CODE_LENGTH, 4))

    def list(self, state: str = "") -> list[ReaderQuestion]:
        """The questions, urgent ones first, then the oldest; of one state where it is given."""
        where = "state = ?" if state else "state != ?"
        with self._open() as db:
            rows = db.execute(
                f"SELECT {FIELDS} FROM questions WHERE {where} ORDER BY urgent DESC, id",  # noqa: S608
                (state or DELETED,),
            )
            return [read_row(row) for row in rows]

    def get(self, id_: int) -> ReaderQuestion:
        """One question.

        Raises:
            UnknownNameError: there is none of that number, or its time is over.
        """
        with self._open() as db:
            return _get(db, id_)

    def by_receipt(self, code: str) -> ReaderQuestion | None:
        """The question that a receipt code belongs to; none for any other code."""
        plain = "".join(one for one in code.upper() if one in _ALPHABET)
        if len(plain) != _CODE_LENGTH or not self.path.exists():
            return None
        with self._open() as db:
            row = db.execute(
                f"SELECT {FIELDS} FROM questions WHERE receipt = ?",  # noqa: S608
                (_hash(plain, db),),
            ).fetchone()
        return read_row(row) if row else None

    @property
    def deadlines(self) -> Deadlines:
        """The days that its settings set for each question, as of today."""
        return Deadlines(self.settings, self.today)

    def proof(self, question: ReaderQuestion) -> Proof:
        """What the review ledger says of its signature."""
        from piamater.answers.signature import proof_of

        return proof_of(self.folder, question)

    def assign(self, id_: int, to: str, on: date) -> ReaderQuestion:
        """Give a question to somebody, also to another one than before. Errors as in ``get``.

        Raises:
            InputError: it is answered, or they have not the role.
            UnknownNameError: people are registered, and this is none of them.
        """
        who = signer(self.folder, to, ANSWERING)
        with self._changing(id_) as (db, one):
            if one.answer:
                raise InputError(f"question {id_} is answered", where=FILE)
            state = "assigned" if one.state == "new" else one.state
            _set(db, id_, assigned_to=who.shown, assigned=on.isoformat(), state=state)
        return self.get(id_)

    def draft(self, id_: int, text: str, quotes: tuple[Citation, ...] = ()) -> ReaderQuestion:
        """Keep a draft of the answer and its quotes; readers do not see it. Errors as in ``get``.

        A question that is answered stays so, with the quotes that its answer names.
        """
        with self._changing(id_) as (db, one):
            state = one.state if one.answer else "drafted"
            _set(db, id_, draft=text, draft_citations=to_json(quotes), state=state)
        return self.get(id_)

    def answer(
        self, id_: int, text: str, by: str, on: date, key: KeyGiver | None = None
    ) -> ReaderQuestion:
        """Answer a question, or answer it anew. Errors as in ``get`` and ``signer``.

        The reader sees it when another person has signed; at once where the settings want one
        person only, and then it is signed with ``key`` as in ``sign``. Marks such as ``[2]`` name
        quotes of the draft.

        Raises:
            InputError: the answer is empty or too long, or a mark names no quote.
        """
        text = tidy(text)
        if not text or not by.strip():
            raise InputError(
                "an answer needs a text and a name", todo="give the text, and --by NAME"
            )
        if len(text) > LONGEST_ANSWER:
            raise InputError(
                f"the answer has {len(text):,} characters, over the limit of {LONGEST_ANSWER:,}",
                todo="write it in fewer words",
            )
        who = signer(self.folder, by, ANSWERING)
        alone = self.settings.persons == 1
        with self._held(who, alone), self._changing(id_) as (db, one):
            quotes = one.draft_citations or one.citations
            _set(
                db,
                id_,
                answer=text,
                citations=to_json(cited(text, quotes)),
                answered_by=who.shown,
                answered_id=who.id,
                answered=on.isoformat(),
                signed_by="",
                signed=on.isoformat() if alone else "",
                state="signed" if alone else "answered",
                entry="",
                salt="",
            )
            if alone and who.registered:
                self._record(db, _get(db, id_), who.id, who, key)
        return self.get(id_)

    def sign(
        self, id_: int, by: str, on: date, seen: str = "", key: KeyGiver | None = None
    ) -> ReaderQuestion:
        """Sign another person's answer: from now on the reader sees it. Errors as in ``get``.

        ``seen`` is the hash of the answer that was read; another one there now is refused. Where
        people are registered, ``key`` opens the ledger's key and the signature becomes an entry.

        Raises:
            InputError: there is no answer that waits, it is the signer's own, it has changed
                since it was read, or they have not the role.
            UnknownNameError: people are registered, and this is none of them.
        """
        who = signer(self.folder, by, SIGNING)
        with self._held(who), self._changing(id_) as (db, one):
            if one.state != "answered":
                what = "is signed already" if one.state == "signed" else "is not answered yet"
                raise InputError(f"question {id_} {what}", where=FILE)
            if seen and seen != one.hash:
                raise InputError(
                    f"the answer to question {id_} has changed since it was read",
                    where=FILE,
                    todo="read it again, then sign",
                )
            wrote = db.execute("SELECT answered_id FROM questions WHERE id = ?", (id_,)).fetchone()
            names = {same_name(each.partition(",")[0]) for each in (who.shown, one.answered_by)}
            if who.id == wrote[0] or len(names) == 1:
                raise InputError(
                    f"{one.answered_by} wrote this answer, and nobody signs their own",
                    where=FILE,
                    todo="another person signs it",
                )
            _set(db, id_, signed_by=who.shown, signed=on.isoformat(), state="signed")
            if who.registered:
                self._record(db, _get(db, id_), wrote[0], who, key)
        return self.get(id_)

    def _held(self, who: Signer, signing: bool = True) -> AbstractContextManager[None]:
        """The library held for writing, where an entry of its ledger is to be made."""
        if not (signing and who.registered):
            return nullcontext()
        from piamater.corpus import Library

        return Library(self.folder).writing()

    def _record(
        self,
        db: sqlite3.Connection,
        one: ReaderQuestion,
        writer: str,
        by: Signer,
        key: KeyGiver | None,
    ) -> None:
        """Make the entry; it is on the disk before the inbox tells that it is signed."""
        from piamater.answers.signature import new_salt, record

        salt = new_salt()
        entry = record(self.folder, one, salt, writer, by, key)
        _set(db, one.id, entry=str(entry.number), salt=salt)

    def delete(self, id_: int) -> None:
        """Delete a question for good: all of it is overwritten.

        Raises:
            UnknownNameError: there is none of that number.
        """
        with self._open() as db:
            if not db.execute("DELETE FROM questions WHERE id = ?", (id_,)).rowcount:
                raise _unknown(id_)
        with self._open() as db:
            scrub(db)

    @contextmanager
    def _changing(self, id_: int) -> Iterator[tuple[sqlite3.Connection, ReaderQuestion]]:
        """A question while nobody else changes it."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db, _get(db, id_)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            db = sqlite3.connect(self.path, timeout=10)
            try:
                db.execute("PRAGMA secure_delete = ON")
                db.execute("PRAGMA temp_store = MEMORY")  # no copy outside the library
                bring_forward(db, self.today)
                expire(db, self.deadlines)
                yield db
                db.commit()
            finally:
                db.close()
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"the questions cannot be read or kept: {error}",
                where=str(self.path),
                todo="check the disk and the permissions",
            ) from error


def _get(db: sqlite3.Connection, id_: int) -> ReaderQuestion:
    row = db.execute(
        f"SELECT {FIELDS} FROM questions WHERE id = ? AND state != ?",  # noqa: S608
        (id_, DELETED),
    ).fetchone()
    if row is None:
        raise _unknown(id_)
    return read_row(row)


def _unknown(id_: int) -> UnknownNameError:
    return UnknownNameError(
        f"there is no question {id_}", where=FILE, todo="list them: piamater questions list"
    )


def _set(db: sqlite3.Connection, id_: int, **values: str) -> None:
    what = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE questions SET {what} WHERE id = ?", (*values.values(), id_))  # noqa: S608


def _hash(code: str, db: sqlite3.Connection) -> bytes:
    """The scrypt hash (RFC 7914) of a receipt code, which has 79 bits."""
    salt = db.execute("SELECT value FROM salt").fetchone()[0]
    return scrypt(code.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)
