"""Signers: who may answer readers' questions and sign answers.

Where the library's ledger has registered people, it is one of them, by id and with the role.
Where it has none, a name is enough; two names are still needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from piamater.errors import InputError
from piamater.guides.review.people import same_name

ANSWERING = ("writer", "editor", "reviewer", "clinical")
"""Roles of the ledger that may be given a question and answer it."""

SIGNING = ("reviewer", "clinical")
"""Roles that may sign somebody else's answer."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who acts: the id to know them by, the name that readers see, whether registered."""

    id: str
    shown: str
    registered: bool = False


def signer(folder: Path, by: str, roles: tuple[str, ...]) -> Signer:
    """Who acts in the library of this folder; ``by`` is a registered id, or a name.

    Raises:
        InputError: nobody is named, or the person has none of the roles.
        UnknownNameError: people are registered, and this is none of them.
        LibraryError: the ledger is broken.
    """
    by = " ".join(by.split())
    if not any(one.isalpha() for one in by):
        raise InputError("nobody is named", where="questions", todo="give --by NAME")
    from piamater.guides.review import Book, Ledger

    ledger = Ledger.of(folder)
    if not ledger.exists or not Book(ledger.entries()).people:
        return Signer(same_name(by), by)
    from piamater.corpus import Library
    from piamater.guides.review import Reviews

    person = Reviews(Library(folder)).person(by, *roles)
    return Signer(person.id, person.shown, registered=True)
