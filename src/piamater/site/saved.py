"""Answers that a reader asked to keep: files under ``answers/``, named by their content.

Each holds something random, so that nobody can guess from a question whether it was asked. Who
keeps an answer gets a key to delete it; the file holds the key's hash alone.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Any

from piamater.corpus.library import write_whole
from piamater.errors import InputError, LibraryError, UnknownNameError

FORMAT = "piamater-answer/1"
ID_LENGTH = 20
MOST = 20_000
"""Answers that are kept at most; about 20 kB each."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What who keeps an answer gets: its id, and the key that deletes it."""

    id: str
    key: str


class SavedAnswers:
    """The kept answers of a library; an answer's id is the start of the SHA-256 of its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "answers"

    def keep(self, answer: dict[str, Any], on: str) -> KeptAnswer:
        """Keep an answer as it is on a day.

        Raises:
            LibraryError: as many are kept as may be.
        """
        key = secrets.token_urlsafe(16)
        form = {"format": FORMAT, "kept": on, "key": _hashed(key), "answer": answer}
        data = json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "replace"
        )
        id_ = sha256(data).hexdigest()[:ID_LENGTH]
        self.folder.mkdir(exist_ok=True)
        if sum(1 for _ in self.folder.glob("*.json")) >= MOST:
            raise LibraryError(
                f"{MOST} answers are kept, and no more",
                where=str(self.folder),
                todo="delete those that nobody needs",
            )
        write_whole(self.folder / f"{id_}.json", data)
        return KeptAnswer(id_, key)

    def delete(self, id_: str, key: str) -> None:
        """Delete a kept answer.

        Raises:
            InputError: the key is not this answer's.
            UnknownNameError, LibraryError: as ``read``.
        """
        if not compare_digest(self.read(id_).get("key", ""), _hashed(key)):
            raise InputError("this key does not delete this answer", where=id_)
        (self.folder / f"{id_}.json").unlink()

    def read(self, id_: str) -> dict[str, Any]:
        """A kept answer: ``kept`` (a date) and ``answer``.

        Raises:
            UnknownNameError: there is none with this id.
            LibraryError: the file was changed.
        """
        path = self.folder / f"{id_}.json"
        if not re.fullmatch(rf"[0-9a-f]{{{ID_LENGTH}}}", id_) or not path.is_file():
            raise UnknownNameError(
                "there is no such answer", where=id_, todo="give the end of a kept answer's address"
            )
        data = path.read_bytes()
        if sha256(data).hexdigest()[:ID_LENGTH] != id_:
            raise LibraryError(
                "the answer is not what was kept", where=str(path), todo="take it back from a copy"
            )
        form: dict[str, Any] = json.loads(data)
        return form


def _hashed(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
