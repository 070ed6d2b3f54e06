"""Pin: what an operator or a reader keeps apart from the library, to hold its ledger against.

A key kept elsewhere shows that the ledger was not begun anew with another one; a head kept
elsewhere shows that it was not put back to an earlier day, nor written anew since.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from piamater.errors import LibraryError
from piamater.guides.review.entry import Entry
from piamater.guides.review.keys import fingerprint, public_from_pem

VARIABLE = "PIAMATER_LEDGER_KEY"
_HASH = re.compile("[0-9a-f]{64}")


def kept_key(given: str | None = None) -> str:
    """The fingerprint of the key that is kept apart; empty where none is.

    ``given`` is a fingerprint, the path of a public key, or the key itself in hexadecimal; where
    it is none, the environment's ``PIAMATER_LEDGER_KEY`` is taken.

    Raises:
        LibraryError: it is neither.
    """
    value = (os.environ.get(VARIABLE, "") if given is None else given).strip()
    if not value or _HASH.fullmatch(value.lower()):
        return value.lower()
    try:
        return fingerprint(public_from_pem(Path(value).read_bytes()))
    except (OSError, LibraryError) as error:
        raise LibraryError(
            f"it is neither a fingerprint of 64 digits nor the file of a public key: {error}",
            where=value if given else VARIABLE,
            todo="give what piamater review init printed, or a copy of review/key.pub",
        ) from error


def kept_head(given: str) -> str:
    """The hash of a head that somebody kept: the hash itself, or a copy of ``head.json``.

    Raises:
        LibraryError: it is neither.
    """
    if _HASH.fullmatch(given.strip().lower()):
        return given.strip().lower()
    try:
        found = str(json.loads(Path(given).read_bytes())["hash"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LibraryError(
            "it is neither a hash of 64 digits nor a copy of head.json",
            where=given,
            todo="give what piamater review verify printed last, or a head that you downloaded",
        ) from error
    return found


def holds_head(entries: Iterable[Entry], head: str) -> bool:
    """Whether a ledger still holds what a head told of: one of its entries has that hash."""
    return any(one.hash == head for one in entries)
