"""Inbox: readers' questions to people, in a file of their own that only the library's user reads.

A question is kept masked, with the day and no finer time, and without any address. The reader
comes back with a receipt code, of which only a hash is kept; whoever has the code reads the
answer, and can delete the question. Deleting overwrites what stood in the file.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import scrypt
from pathlib import Path
from typing import Any

from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.text.normalise import clean

FILE = "questions.sqlite3"
LONGEST = 4_000
"""Characters of a question; as many as two pages."""

MOST = 5_000
"""Questions that are kept at most; the library's staff delete what is done."""

STATES = ("new", "drafted", "answered")
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 16
_SCHEMA = """
CREATE TABLE IF NOT EXISTS questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    reader TEXT NOT NULL,
    country TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    received TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    draft TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '',
    answered TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS salt (value BLOB NOT NULL);
"""
_FIELDS = "id, text, language, reader, country, urgent, received, state, draft"
_FIELDS += ", answer, answered_by, answered"


@dataclass(frozen=True, slots=True)
class ReaderQuestion:
    """A reader's question to people; dates are ISO 8601, empty where it has not happened."""

    id: int
    text: str
    language: str
    reader: str
    country: str
    urgent: bool
    received: str
    state: str
    draft: str
    answer: str
    answered_by: str
    answered: str

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return asdict(self)


def tidy(text: str) -> str:
    """A reader's text as it is kept: line by line, without control and hidden characters.

    What a reader sends is shown on the staff's terminals, which obey control characters.
    """
    return "\n".join(clean(line) for line in text.splitlines()).strip()


class Inbox:
    """The questions of one library. Every call opens the file anew: it is seldom used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

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
            if db.execute("SELECT count(*) FROM questions").fetchone()[0] >= MOST:
                raise LibraryError(
                    f"{MOST} questions are kept, and no more",
                    where=FILE,
                    todo="delete answered ones: piamater questions delete NUMBER",
                )
            db.execute(
                "INSERT INTO questions (receipt, text, language, reader, country, urgent, received)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_hash(code, db), text, language, reader, country, urgent, on.isoformat()),
            )
        return "-".join(code[at : at + 4] for at in range(0, _CODE_LENGTH, 4))

    def list(self, state: str = "") -> list[ReaderQuestion]:
        """The questions, urgent ones first, then the oldest; of one state where it is given."""
        where = " WHERE state = ?" if state else ""
        with self._open() as db:
            rows = db.execute(
                f"SELECT {_FIELDS} FROM questions{where} ORDER BY urgent DESC, id",  # noqa: S608
                (state,) if state else (),
            )
            return [_question(row) for row in rows]

    def get(self, id_: int) -> ReaderQuestion:
        """One question.

        Raises:
            UnknownNameError: there is none of that number.
        """
        with self._open() as db:
            row = db.execute(f"SELECT {_FIELDS} FROM questions WHERE id = ?", (id_,)).fetchone()  # noqa: S608
        if row is None:
            raise UnknownNameError(
                f"there is no question {id_}", where=FILE, todo="list them: piamater questions list"
            )
        return _question(row)

    def by_receipt(self, code: str) -> ReaderQuestion | None:
        """The question that a receipt code belongs to; none for any other code."""
        plain = "".join(one for one in code.upper() if one in _ALPHABET)
        if len(plain) != _CODE_LENGTH or not self.path.exists():
            return None
        with self._open() as db:
            row = db.execute(
                f"SELECT {_FIELDS} FROM questions WHERE receipt = ?",  # noqa: S608
                (_hash(plain, db),),
            ).fetchone()
        return _question(row) if row else None

    def draft(self, id_: int, text: str) -> ReaderQuestion:
        """Keep a draft of the answer; readers do not see it. Errors as in ``get``.

        A question that is answered stays so.
        """
        state = "CASE state WHEN 'answered' THEN state ELSE 'drafted' END"
        return self._change(id_, f"draft = ?, state = {state}", (text,))

    def answer(self, id_: int, text: str, by: str, on: date) -> ReaderQuestion:
        """Answer a question; the reader sees it with the name. Errors as in ``get``.

        Raises:
            InputError: the answer is empty or nobody signs it.
        """
        if not text.strip() or not by.strip():
            raise InputError(
                "an answer needs a text and a name", todo="give the text, and --by NAME"
            )
        return self._change(
            id_,
            "answer = ?, answered_by = ?, answered = ?, state = 'answered'",
            (text, by, on.isoformat()),
        )

    def delete(self, id_: int) -> None:
        """Delete a question for good: all of it is overwritten. Errors as in ``get``."""
        self.get(id_)
        with self._open() as db:
            db.execute("DELETE FROM questions WHERE id = ?", (id_,))
        with self._open() as db:
            db.execute("VACUUM")

    def _change(self, id_: int, what: str, values: tuple[str, ...]) -> ReaderQuestion:
        self.get(id_)
        with self._open() as db:
            db.execute(f"UPDATE questions SET {what} WHERE id = ?", (*values, id_))  # noqa: S608
        return self.get(id_)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        new = not self.path.exists()
        try:
            if new:
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            db = sqlite3.connect(self.path, timeout=10)
            try:
                db.execute("PRAGMA secure_delete = ON")
                db.execute("PRAGMA temp_store = MEMORY")  # no copy outside the library
                db.executescript(_SCHEMA)
                if db.execute("SELECT 1 FROM salt").fetchone() is None:
                    db.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(16),))
                db.commit()
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


def _question(row: tuple[Any, ...]) -> ReaderQuestion:
    return ReaderQuestion(
        **{**dict(zip(_FIELDS.split(", "), row, strict=True)), "urgent": bool(row[5])}
    )


def _hash(code: str, db: sqlite3.Connection) -> bytes:
    """The scrypt hash (RFC 7914) of a receipt code, which has 79 bits."""
    salt = db.execute("SELECT value FROM salt").fetchone()[0]
    return scrypt(code.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)
