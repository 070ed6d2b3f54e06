"""Checks of what readers gave the library to keep: answers, and questions to people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from piamater.answers.inbox import FILE, Inbox
from piamater.corpus.settings import Settings
from piamater.errors import LibraryError
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.checkup.editions import quote_problem
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState

FOLDER = "answers"
_FOREVER = Settings(keep_days=0, unanswered_days=0)
"""A look with these deletes nothing."""


def answers(state: LibraryState) -> Iterator[Finding]:
    """Every kept answer is what was kept, and its quotes stand."""
    for path in sorted((state.folder / FOLDER).glob("*.json")):
        state.progress(1)
        for what in _problems(state, path):
            yield Finding("answers", Severity.ERROR, state.path(path), what, RESTORE)


def _problems(state: LibraryState, path: Path) -> Iterator[str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return  # its reader deleted it a moment ago
    if sha256(data).hexdigest()[: len(path.stem)] != path.stem or len(path.stem) < 8:
        yield "the answer is not what was kept"
        return
    try:
        form = json.loads(data)
        cited = list(_citations(form["answer"]))
    except (ValueError, KeyError, TypeError) as error:
        yield f"the answer cannot be read: {error}"
        return
    if state.corpus is None:
        return
    for one in cited:
        if what := quote_problem(state, one):
            yield what


def _citations(form: Any) -> Iterator[dict[str, Any]]:
    """Every citation within an answer, wherever it stands."""
    if isinstance(form, dict):
        for key, value in form.items():
            if key == "citations":
                yield from value
            else:
                yield from _citations(value)
    elif isinstance(form, list):
        for one in form:
            yield from _citations(one)


def questions(state: LibraryState) -> Iterator[Finding]:
    """Readers' questions can be read; what they say is not looked at."""
    if not (state.folder / FILE).is_file():
        return
    try:
        inbox = Inbox(state.folder, settings=_FOREVER)
        state.progress(len(inbox.list()))
    except LibraryError as error:
        yield Finding("questions", Severity.ERROR, FILE, error.what, error.todo)


ANSWERS = Check("answers", "kept answers are what was kept, and their quotes stand", answers)
QUESTIONS = Check("questions", "readers' questions can be read", questions, unit="questions")
