"""Withdrawing: whose signatures somebody may take back."""

from __future__ import annotations

from collections.abc import Sequence

from piamater.errors import InputError
from piamater.guides.review.book import DECISIONS, Book
from piamater.guides.review.entry import Entry
from piamater.guides.review.people import Person


def refuse_withdrawal(book: Book, numbers: Sequence[int], person: Person) -> str:
    """See that a person may take these entries back; gives the guide that they are about.

    Raises:
        InputError: one of them is no signature, is withdrawn already, or is another's; it asks
            for changes in the person's own words; they are about several guides.
    """
    decided = {one.number: one for one in book.entries if one.act in DECISIONS}
    for number in numbers:
        entry = decided.get(number)
        if entry is None or number in book.guide(entry.guide).withdrawn:
            raise InputError(f"entry {number} is no signature that stands", where="review")
        if entry.by != person.id:
            _refuse_anothers(book, entry, person)
    guides = {decided[one].guide for one in numbers}
    if len(guides) != 1:
        raise InputError("name the entries of one guide", where="review")
    return guides.pop()


def _refuse_anothers(book: Book, entry: Entry, person: Person) -> None:
    if "administrator" not in person.roles:
        raise InputError(
            f"entry {entry.number} is not {person.name}'s signature",
            where="review",
            todo="its signer or an administrator can withdraw it",
        )
    asks = entry.act == "reject" or "asked" in entry.body
    if asks and person.id in book.guide(entry.guide).named:
        raise InputError(
            f"entry {entry.number} asks for changes in what {person.name} put forward or wrote",
            where="review",
            todo="its signer or another administrator can withdraw it",
        )
