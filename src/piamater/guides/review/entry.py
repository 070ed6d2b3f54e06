"""Entry: one line of the review ledger, in canonical JSON, chained by hash and signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

FORMAT = "piamater-review/1"
ACTS = (
    "found",
    "policy",
    "person",
    "submit",
    "start",
    "approve",
    "approve-with-changes",
    "reject",
    "withdraw",
    "note",
    "publish",
    "checked",
    "answer",
)
"""What an entry can record; ``docs/reference/review-ledger.md`` says what each holds."""

START = "0" * 64
"""What stands in place of a previous entry's hash in the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger.

    ``number`` counts from 1; ``previous`` is the SHA-256 of the line before; ``at`` the moment in
    UTC (ISO 8601, seconds); ``by`` the id of the person who acts, empty for the operator;
    ``body`` what the act holds; ``key`` the fingerprint of the key that signed, ``signature`` its
    Ed25519 signature (RFC 8032) in hexadecimal over ``signed_bytes``.
    """

    number: int
    previous: str
    at: str
    act: str
    by: str
    body: dict[str, Any]
    key: str
    signature: str = ""

    @property
    def signed_bytes(self) -> bytes:
        """What the signature is over: the entry without it."""
        return canonical({key: value for key, value in self._form().items() if key != "signature"})

    @property
    def line(self) -> bytes:
        """The entry as it stands in the ledger, without the end of the line."""
        return canonical(self._form())

    @property
    def hash(self) -> str:
        """The SHA-256 of the line: what the next entry names as its previous."""
        return sha256(self.line).hexdigest()

    @property
    def guide(self) -> str:
        """The guide that it is about, or empty."""
        return str(self.body.get("guide", ""))

    @property
    def day(self) -> str:
        """The day of the act, ISO 8601."""
        return self.at[:10]

    def _form(self) -> dict[str, Any]:
        return {
            "entry": FORMAT,
            "number": self.number,
            "previous": self.previous,
            "at": self.at,
            "act": self.act,
            "by": self.by,
            "body": self.body,
            "key": self.key,
            "signature": self.signature,
        }


def canonical(form: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same form gives the same bytes."""
    return json.dumps(
        form, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def entry_from_line(line: bytes) -> Entry:
    """Read a line back.

    Raises:
        ValueError: it is not an entry, or not in canonical form.
    """
    form = json.loads(line)
    if not isinstance(form, dict) or form.pop("entry", "") != FORMAT:
        raise ValueError(f"it is not an entry of {FORMAT}")
    try:
        entry = Entry(**form)
    except TypeError as error:
        raise ValueError("a field is missing or does not belong there") from error
    texts = (entry.previous, entry.at, entry.by, entry.key, entry.signature)
    if type(entry.number) is not int or not all(isinstance(one, str) for one in texts):
        raise ValueError("a field is not of its kind")
    if entry.act not in ACTS or not isinstance(entry.body, dict):
        raise ValueError(f"its act is unknown: {entry.act}")
    if entry.line != line:
        raise ValueError("it is not written in the canonical form")
    return entry
