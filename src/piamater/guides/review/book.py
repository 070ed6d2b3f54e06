"""Book: the ledger's entries by guide, with what counts among them.

An approval counts where its signer was registered with the role at that time and had not written
what it covers; the program refuses other ones, and reading looks again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from piamater.guides.review.cells import FORM, Cell, digests, form_of
from piamater.guides.review.entry import Entry
from piamater.guides.review.ledger import Broken, Ledger
from piamater.guides.review.people import REVIEWING, Person, people
from piamater.guides.review.recorded import recorded_files
from piamater.guides.review.writers import FirstHands, writers
from piamater.sources import Notice

APPROVING = ("approve", "approve-with-changes")
DECISIONS = (*APPROVING, "reject")

UNTOLD = ("", "")
"""In place of digests that were made under another form."""

NoticeKey = tuple[str, str, str]
"""A notice as a signature holds it: its kind, its date, and where it was published."""


def notice_key(notice: Notice) -> NoticeKey:
    """A notice as a signature holds it."""
    return notice.kind.value, notice.date, notice.by


@dataclass(frozen=True, slots=True)
class Decision:
    """An approval or a rejection: its entry and who signed it, as registered then."""

    entry: Entry
    person: Person
    roles: frozenset[str]

    @property
    def next_review(self) -> str:
        """The day by which the approval must be renewed, ISO 8601."""
        return str(self.entry.body.get("next_review", ""))

    def notices(self, source: str) -> Counter[NoticeKey]:
        """The notices that stood against a source when this was signed, as far as it tells."""
        held = self.entry.body.get("evidence", {}).get(source, ())
        told = held[2] if len(held) > 2 else ()
        return Counter((str(kind), str(on), str(by)) for kind, on, by in told)

    def identifiers(self, source: str) -> frozenset[str]:
        """The names (DOI, PMID) under which notices found a source then, as far as it tells."""
        held = self.entry.body.get("evidence", {}).get(source, ())
        return frozenset(map(str, held[3])) if len(held) > 3 else frozenset()

    def digests(self, cell: Cell, content: str) -> tuple[str, str] | None:
        """The digests it signed at a cell's place; none where that is out of its scope.

        What was signed under another form is judged by the hash of the guide's whole ``content``:
        the same hash, and the cell is the same; another one, and nothing can be told (``UNTOLD``).
        """
        found = digests(self.entry.body, cell)
        if found is None or form_of(self.entry.body) == FORM:
            return found
        same = self.entry.body.get("hash") == content
        return (cell.text, cell.evidence) if same else UNTOLD


@dataclass
class GuideBook:
    """What the ledger holds about one guide, in order."""

    submits: list[Entry] = field(default_factory=list)
    starts: list[Entry] = field(default_factory=list)
    approvals: list[Decision] = field(default_factory=list)
    rejections: list[Decision] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    published: list[Entry] = field(default_factory=list)
    checked: list[Entry] = field(default_factory=list)
    withdrawn: dict[int, Entry] = field(default_factory=dict)
    first_hands: FirstHands = field(default_factory=lambda: FirstHands(()))

    def writers(self, cell: Cell) -> frozenset[str]:
        """The ids of all who wrote a cell's words, here or in another guide; see ``writers``."""
        return writers(self.submits, cell, self.withdrawn) | self.first_hands.writers(cell)

    @property
    def forward(self) -> tuple[Entry, ...]:
        """What was put forward and not taken back, in order."""
        return tuple(one for one in self.submits if one.number not in self.withdrawn)

    def is_forward(self, content: str) -> bool:
        """Whether the guide with this content hash is put forward."""
        return any(one.body.get("hash") == content for one in self.forward)

    @property
    def named(self) -> frozenset[str]:
        """The ids of all who put the guide forward, or were named as writers of it."""
        return frozenset(
            who
            for one in self.submits
            for who in (one.by, *(x for some in one.body.get("writers", {}).values() for x in some))
        )

    def completed(self, language: str) -> bool:
        """Whether every cell of a language was approved at some time."""
        return any(language in one.entry.body.get("completes", ()) for one in self.approvals)


class Book:
    """The ledger, read: people, and what it holds by guide."""

    def __init__(self, entries: Iterable[Entry], broken: Broken | None = None) -> None:
        self.entries = tuple(entries)
        self.broken = broken
        self.people = people(self.entries)
        self.policy = _policy(self.entries)
        self.editions = recorded_files(self.entries)
        first = FirstHands([one for one in self.entries if one.act == "submit"])
        self._guides: dict[str, GuideBook] = defaultdict(lambda: GuideBook(first_hands=first))
        known: dict[str, Person] = {}
        for one in self.entries:
            if one.act == "person":
                known |= people([one])
            else:
                self._take(one, known.get(one.by))

    @classmethod
    def of(cls, ledger: Ledger) -> Book:
        """The book of a ledger; of what stands before the break where it is broken."""
        proof = ledger.proof()
        return cls(proof.entries, proof.broken)

    def guide(self, id_: str) -> GuideBook:
        """What the ledger holds about a guide; empty where that is nothing."""
        return self._guides.get(id_) or GuideBook()

    @property
    def guides(self) -> tuple[str, ...]:
        """The ids of the guides that it speaks of, sorted."""
        return tuple(sorted(one for one in self._guides if one))

    def _take(self, entry: Entry, person: Person | None) -> None:
        book = self._guides[entry.guide]
        if entry.act == "withdraw":
            book.withdrawn |= {int(one): entry for one in entry.body.get("entries", ())}
        elif entry.act in DECISIONS:
            if decision := _decision(entry, person):
                (book.rejections if entry.act == "reject" else book.approvals).append(decision)
                if asked := entry.body.get("asked"):
                    body = {**entry.body, "cells": asked}
                    book.rejections.append(replace(decision, entry=replace(entry, body=body)))
        else:
            lists = {
                "submit": book.submits,
                "start": book.starts,
                "note": book.notes,
                "publish": book.published,
                "checked": book.checked,
            }
            lists.get(entry.act, []).append(entry)


def _policy(entries: Sequence[Entry]) -> str:
    """The hash of the policy that was recorded last; empty where none was."""
    hashes = [str(one.body.get("policy", "")) for one in entries if one.act in ("found", "policy")]
    return hashes[-1] if hashes else ""


def _decision(entry: Entry, person: Person | None) -> Decision | None:
    """The decision, where the person was registered and held a reviewing role of those named."""
    if person is None or person.ended:
        return None
    roles = frozenset(map(str, entry.body.get("roles", ()))) & set(person.roles) & REVIEWING
    return Decision(entry, person, roles) if roles else None


_DIGESTS = ("form", "cells", "asked", "words", "evidence")
"""What stands in an entry for programs to compare."""


def as_told(entry: Entry, known: dict[str, Person]) -> dict[str, Any]:
    """An entry as the command line and the site tell it: without digests and signature."""
    person = known.get(entry.by)
    body = {key: value for key, value in entry.body.items() if key not in _DIGESTS}
    return {
        "number": entry.number,
        "at": entry.at,
        "act": entry.act,
        "by": person.shown if person else entry.by,
        **{key: value for key, value in body.items() if value not in ("", [], {})},
    }
