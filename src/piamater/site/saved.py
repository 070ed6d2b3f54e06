"""Answers that a reader asked to keep: files under ``answers/``, named by their content."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from piamater.corpus.library import write_whole
from piamater.errors import LibraryError, UnknownNameError

FORMAT = "piamater-answer/1"
ID_LENGTH = 20
MOST = 20_000
"""Answers that are kept at most; about 20 kB each."""


class SavedAnswers:
    """The kept answers of a library; an answer's id is the start of the SHA-256 of its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "answers"

    def keep(self, answer: dict[str, Any], on: str) -> str:
        """Keep an answer as it is on a day; the same answer on the same day has the same id."""
        form = {"format": FORMAT, "kept": on, "answer": answer}
        data = json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "replace"
        )
        id_ = sha256(data).hexdigest()[:ID_LENGTH]
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"{id_}.json"
        if not path.exists():
            if sum(1 for _ in self.folder.glob("*.json")) >= MOST:
                raise LibraryError(
                    f"{MOST} answers are kept, and no more",
                    where=str(self.folder),
                    todo="delete those that nobody needs",
                )
            write_whole(path, data)
        return id_

    def read(self, id_: str) -> dict[str, Any]:
        """A kept answer: ``kept`` (a date) and ``answer``.

        Raises:
            UnknownNameError: there is none with this id.
            LibraryError: the file was changed.
        """
        path = self.folder / f"{id_}.json"
        if not re.fullmatch(rf"[0-9a-f]{{{ID_LENGTH}}}", id_) or not path.is_file():
            raise UnknownNameError("there is no such answer", where=id_)
        data = path.read_bytes()
        if sha256(data).hexdigest()[:ID_LENGTH] != id_:
            raise LibraryError(
                "the answer is not what was kept", where=str(path), todo="take it back from a copy"
            )
        form: dict[str, Any] = json.loads(data)
        return form
