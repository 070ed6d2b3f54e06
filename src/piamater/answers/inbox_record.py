"""A reader's question as the inbox keeps it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from piamater.answers.answer import Citation
from piamater.answers.reply import from_json, to_json

FIELDS = (
    "id, text, language, reader, country, urgent, received, state, assigned_to, assigned, draft, "
    "answer, answered_by, answered, signed_by, signed, deleted, citations, draft_citations, "
    "entry, salt, counts_from, ended"
)
"""The columns that a question is read from, in their order."""


@dataclass(frozen=True, slots=True)
class ReaderQuestion:
    """A reader's question to people; dates are ISO 8601, empty where it has not happened.

    ``citations`` are the quotes that the answer's marks name, ``draft_citations`` the draft's.
    ``entry`` is the number of the signature's entry in the review ledger and ``salt`` what its
    digest is keyed with. ``counts_from`` is the day from which the time to an answer counts, and
    ``ended`` why a deleted one is gone: ``kept`` long enough, or ``unanswered``.
    """

    id: int
    text: str
    language: str
    reader: str
    country: str
    urgent: bool
    received: str
    state: str
    assigned_to: str
    assigned: str
    draft: str
    answer: str
    answered_by: str
    answered: str
    signed_by: str
    signed: str
    deleted: str
    citations: tuple[Citation, ...]
    draft_citations: tuple[Citation, ...]
    entry: str = ""
    salt: str = ""
    counts_from: str = ""
    ended: str = ""

    @property
    def hash(self) -> str:
        """What a signature under the answer binds to: 12 digits of its SHA-256."""
        whole = self.answer + "\0" + to_json(self.citations)
        return sha256(whole.encode("utf-8", "replace")).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """The machine form, without the salt."""
        form = {**asdict(self), "hash": self.hash if self.answer else ""}
        del form["salt"]
        return form


def read_row(row: tuple[Any, ...]) -> ReaderQuestion:
    """A question from its row."""
    held = dict(zip(FIELDS.split(", "), row, strict=True))
    held |= {name: from_json(held[name]) for name in ("citations", "draft_citations")}
    return ReaderQuestion(**{**held, "urgent": bool(held["urgent"])})
