"""Subscribers: who asked to get the digest by mail, and in which language.

``digest.json`` in the library's folder, for its user alone. Nobody is on it who was not put there,
and whoever asks to be taken off is off with the next digest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from piamater.corpus.library import write_whole
from piamater.errors import InputError, LibraryError
from piamater.exchange.digest_words import LANGUAGES
from piamater.exchange.mailing import mail_address

FILE = "digest.json"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who gets the digest: the address, the language, the day it was asked for."""

    address: str
    language: str
    since: str


def subscribers(folder: Path) -> list[Subscriber]:
    """Who gets the digest, by address.

    Raises:
        LibraryError: the file is no list of subscribers.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        held = json.loads(path.read_text("utf-8"))
        found = [Subscriber(str(x["address"]), str(x["language"]), str(x["since"])) for x in held]
        wrong = [one.language for one in found if one.language not in LANGUAGES]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"the list of subscribers cannot be read: {error}",
            where=str(path),
            todo="delete it and subscribe them anew",
        ) from error
    if wrong:
        raise LibraryError(f"{wrong[0]!r} is no language of the digest", where=str(path))
    return found


def subscribe(folder: Path, address: str, language: str, on: str) -> None:
    """Put an address on the list, or change its language. The library must be held for writing.

    Raises:
        InputError: it is no mail address, or there is no digest in that language.
    """
    plain = mail_address(address, "--subscribe").addr_spec
    if language not in LANGUAGES:
        raise InputError(
            f"there is no digest in {language!r}",
            where="--lang",
            todo=f"one of {', '.join(LANGUAGES)}",
        )
    others = [one for one in subscribers(folder) if not _same(one.address, plain)]
    _write(folder, [*others, Subscriber(plain, language, on)])


def unsubscribe(folder: Path, address: str) -> None:
    """Take an address off the list. The library must be held for writing.

    Raises:
        InputError: it is not on it.
    """
    held = subscribers(folder)
    left = [one for one in held if not _same(one.address, address)]
    if len(left) == len(held):
        raise InputError("this address gets no digest", where="--unsubscribe")
    _write(folder, left)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.strip().casefold()


def _write(folder: Path, some: list[Subscriber]) -> None:
    rows = [
        {"address": one.address, "language": one.language, "since": one.since}
        for one in sorted(some, key=lambda one: one.address)
    ]
    data = json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    write_whole(folder / FILE, data, mode=0o600)
