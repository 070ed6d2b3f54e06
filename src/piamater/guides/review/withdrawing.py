"""Withdrawing: what somebody may take back, a signature or what was put forward."""

from __future__ import annotations

from collections.abc import Sequence

from piamater.errors import InputError
from piamater.guides.review.book import DECISIONS, Book
from piamater.guides.review.entry import Entry
from piamater.guides.review.people import Person


def refuse_withdrawal(book: Book, numbers: Sequence[int], person: Person) -> str:
    """See that a person may take these entries back; gives the guide that they are about.

    Raises:
        InputError: one of them is nothing to take back, is withdrawn already, or is another's; it
            asks for changes in the person's own words; a review of what was put forward has
            begun; they are about several guides.
    """
    known = {one.number: one for one in book.entries if one.act in (*DECISIONS, "submit")}
    for number in numbers:
        entry = known.get(number)
        if entry is None or number in book.guide(entry.guide).withdrawn:
            raise InputError(
                f"entry {number} is no signature that stands, nor puts anything forward",
                where="review",
            )
        if entry.by != person.id:
            _refuse_anothers(book, entry, person)
        if entry.act == "submit":
            _refuse_begun(book, entry)
    guides = {known[one].guide for one in numbers}
    if len(guides) != 1:
        raise InputError("name the entries of one guide", where="review")
    return guides.pop()


def _refuse_anothers(book: Book, entry: Entry, person: Person) -> None:
    if "administrator" not in person.roles:
        raise InputError(
            f"entry {entry.number} is not {person.name}'s",
            where="review",
            todo="whoever made it or an administrator can withdraw it",
        )
    asks = entry.act == "reject" or "asked" in entry.body
    if asks and person.id in book.guide(entry.guide).named:
        raise InputError(
            f"entry {entry.number} asks for changes in what {person.name} put forward or wrote",
            where="review",
            todo="its signer or another administrator can withdraw it",
        )


def _refuse_begun(book: Book, put: Entry) -> None:
    """What a reviewer has begun on, or decided on, is not taken from under their hands."""
    for one in book.entries[put.number :]:
        same = one.guide == put.guide and one.body.get("hash") == put.body["hash"]
        if same and one.act in ("start", *DECISIONS):
            raise InputError(
                f"a review of it has begun, by {book.people[one.by].name} (entry {one.number})",
                where=put.guide,
                todo="change the words and put them forward again; that review stays what it is",
            )
