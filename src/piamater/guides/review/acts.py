"""Acts: what people do to a guide's review, each one entry of the ledger.

Every function here needs the library held for writing (``Reviews.writing()``) and the key. What
may not be is refused with the reason; nothing is recorded then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from piamater.corpus import Library
from piamater.errors import InputError, UnknownNameError
from piamater.guides.editions import Edition, EditionStore
from piamater.guides.folder import GuideFolder
from piamater.guides.review.book import APPROVING, DECISIONS, Book
from piamater.guides.review.cells import FORM, as_json, cells
from piamater.guides.review.entry import Entry
from piamater.guides.review.keys import Key
from piamater.guides.review.ledger import Ledger
from piamater.guides.review.people import REVIEWING, WRITING, Person, bare_name, plain_text
from piamater.guides.review.policy import Policy, load_policy
from piamater.guides.review.recorded import edition_files, show_staged
from piamater.guides.review.signing import Scope, Signing
from piamater.guides.review.state import Review, review_of
from piamater.guides.review.withdrawing import refuse_withdrawal
from piamater.guides.review.writers import brought

VERDICTS = ("no-change", "supports", "contradicts", "new")
"""What a person can say of a new document beside a guide."""

PATIENCE = 5.0
"""Seconds that somebody who signs waits for another signature to be written."""


class Reviews:
    """The reviews of a library: its ledger, its policy, and what people may do."""

    def __init__(self, library: Library, guides: GuideFolder | None = None) -> None:
        self.library = library
        self.guides = guides or GuideFolder(library.folder / "guides")
        self.ledger = Ledger.of(library.folder)
        self.editions = EditionStore(library.folder / "editions")
        self._book: tuple[object, Book] | None = None

    @property
    def policy(self) -> Policy:
        """What the library asks of reviews."""
        return load_policy(self.ledger.folder)

    @property
    def book(self) -> Book:
        """The ledger, read; of what can be believed where it is broken."""
        stamp = self.ledger.stamp
        if self._book is None or self._book[0] != stamp:
            self._book = (stamp, Book.of(self.ledger))
        return self._book[1]

    def writing(self) -> AbstractContextManager[None]:
        """Hold the library for writing, after whoever writes just now; open the key before."""
        return self.library.writing(PATIENCE)

    def of(self, edition: Edition, language: str = "", view: str = "") -> Review:
        """The review state of an edition today; see ``review_of``."""
        return review_of(edition, self.library, self.book, self.policy, language, view)

    def draft(self, guide: str) -> Edition:
        """A guide of the folder as the edition that it would become.

        Raises:
            UnknownNameError, InputError: there is no such guide, or it is not in order.
        """
        return self.editions.propose(
            self.guides.load(guide), self.library.corpus, self.library.today
        )

    def found(self, key: Key) -> Entry:
        """Begin the ledger: with the public key, and the hashes of the editions there are."""
        return self.ledger.append(
            key,
            "found",
            "",
            {
                "library": self.library.settings.name,
                "public": key.public,
                "editions": edition_files(self.library.folder),
                "policy": self.policy.hash,
            },
        )

    def adopt_policy(self, key: Key, by: str) -> Entry:
        """Record the policy as its file says it now; until then nothing stands as approved."""
        self.person(by, "administrator")
        return self.ledger.append(key, "policy", by, {"policy": self.policy.hash})

    def register(self, key: Key, person: Person) -> Entry:
        """Register a person, or what has changed about one.

        Raises:
            InputError: another id has this name already: one human is one person.
        """
        known = self.book.people.values()
        if twin := next(
            (one for one in known if one.id != person.id and _twins(one, person)), None
        ):
            raise InputError(
                f"{twin.name} is registered already, as {twin.id}",
                where=person.id,
                todo=f"name {twin.id} for the same human; tell two of one name apart by an initial",
            )
        return self.ledger.append(key, "person", "", person.to_json())

    def end(self, key: Key, id_: str) -> Entry:
        """Say that a person takes part no more; what they signed stands."""
        return self.ledger.append(key, "person", "", {**self.person(id_).to_json(), "ended": True})

    def person(self, id_: str, *roles: str) -> Person:
        """A registered person, with one of these roles where some are named.

        Raises:
            UnknownNameError: there is no such person.
            InputError: the person has ended, or has none of the roles.
        """
        self.ledger.entries()
        known = self.book.people
        if id_ not in known:
            raise UnknownNameError(
                f"nobody is registered as {id_!r}",
                where="review",
                todo=f"known: {', '.join(sorted(known)) or 'nobody'}"
                "; piamater review person adds one",
            )
        found = known[id_]
        if found.ended:
            raise InputError(f"{found.name} takes part no more", where="review")
        if roles and not set(roles) & set(found.roles):
            raise InputError(
                f"{found.name} has not the role for this",
                where="review",
                todo=f"it takes one of: {', '.join(roles)}",
            )
        return found

    def submit(
        self,
        key: Key,
        guide: str,
        by: str,
        note: str = "",
        writers: Mapping[str, Sequence[str]] | None = None,
    ) -> Entry:
        """Put a guide forward for review; ``writers`` by language, ``by`` where none is named.

        Raises:
            InputError: it was put forward like this already, or a writer is not registered.
        """
        self.person(by, *WRITING)
        draft = self.draft(guide)
        held = self.book.guide(guide)
        if held.is_forward(draft.hash):
            raise InputError(
                "it was put forward already, and nothing has changed since",
                where=guide,
                todo="piamater review queue shows where it stands",
            )
        told = self._writers(draft, by, writers or {})
        put = cells(draft)
        return self.ledger.append(
            key,
            "submit",
            by,
            {
                "guide": guide,
                "hash": draft.hash,
                "writers": told,
                "form": FORM,
                "cells": as_json(put),
                "words": brought(held.forward, put),
                "note": plain_text(note, "the note", empty=True),
            },
        )

    def _writers(
        self, draft: Edition, by: str, named: Mapping[str, Sequence[str]]
    ) -> dict[str, list[str]]:
        for language, some in named.items():
            if language not in draft.versions:
                raise InputError(
                    f"the guide has no {language} version",
                    where=draft.guide,
                    todo=f"languages: {', '.join(draft.versions)}",
                )
            for one in some:
                self.person(one)
        return {
            language: list(dict.fromkeys(named.get(language) or [by]))
            for language in draft.versions
        }

    def start(self, key: Key, guide: str, by: str) -> Entry:
        """Say that a review has begun, and by whom."""
        self.person(by, *REVIEWING)
        draft = self._submitted(guide)
        return self.ledger.append(key, "start", by, {"guide": guide, "hash": draft.hash})

    def sign(
        self,
        key: Key,
        guide: str,
        by: str,
        decision: str,
        *,
        interests: str,
        note: str = "",
        scope: Scope | None = None,
        changes: Mapping[str, str] | None = None,
        next_review: str = "",
        seen: str = "",
        via: str = "",
    ) -> Entry:
        """Sign a decision on a guide that was put forward.

        ``interests`` is the reviewer's declaration; ``changes`` says by block what must change
        (with ``approve-with-changes``: those blocks are not approved). ``seen`` is the hash of
        what the reviewer read, by default what they began their review on; another one there now is
        refused. ``via`` says how the reviewer
        came to sign, where that was not an account of their own.

        Raises:
            InputError: it is not what was put forward, the reviewer wrote it or has not the
                role, a source may not be cited, or a field is missing.
        """
        if decision not in DECISIONS:
            raise InputError(
                f"{decision!r} is no decision",
                where="review",
                todo=f"one of {', '.join(DECISIONS)}",
            )
        person = self.person(by, *REVIEWING)
        draft = self._submitted(guide)
        if (seen or self._began_on(guide, by) or draft.hash) != draft.hash:
            raise InputError(
                "the guide has changed since it was read for this review",
                where=guide,
                todo="read it again, and begin again (piamater review start) or name what you read",
            )
        told = {name: plain_text(text, "a change") for name, text in (changes or {}).items()}
        signing = Signing(self.library, self.book, self.policy, draft, person)
        chosen = signing.chosen(scope or Scope(), told)
        if decision == "reject" and not (told or note.strip()):
            raise InputError("a rejection says what must change", where=guide)
        if (decision == "approve-with-changes") != bool(told) and decision != "reject":
            raise InputError(
                "changes go with approve-with-changes, and it with changes",
                where=guide,
                todo="name a block and what must change in it",
            )
        asked = tuple(one for one in chosen if one.block in told)
        if decision in APPROVING:
            chosen = tuple(one for one in chosen if one.block not in told)
            signing.refuse_own(chosen)
        body = {
            "guide": guide,
            "hash": draft.hash,
            "roles": sorted(set(person.roles) & REVIEWING),
            "credential": person.credential,
            "checked": person.checked,
            "interests": plain_text(interests, "the declaration of interests"),
            "note": plain_text(note, "the note", empty=True),
            "changes": told,
            "form": FORM,
            "cells": as_json(chosen),
            "evidence": signing.evidence(chosen, decision in APPROVING),
            "policy": self.policy.hash,
            "via": via,
        }
        if asked and decision in APPROVING:
            body["asked"] = as_json(asked)
        if decision in APPROVING:
            body["next_review"] = signing.next_review(next_review)
            body["completes"] = signing.completes(decision, body, key.fingerprint)
        return self.ledger.append(key, decision, by, body)

    def _submitted(self, guide: str) -> Edition:
        draft = self.draft(guide)
        held = self.book.guide(guide)
        if not held.is_forward(draft.hash):
            raise InputError(
                "the guide was changed since it was put forward, or its evidence was"
                if held.forward
                else "the guide was not put forward for review",
                where=guide,
                todo=f"piamater review submit {guide} --by WRITER",
            )
        return draft

    def _began_on(self, guide: str, by: str) -> str:
        """The hash of what a person last began to review here; empty where they began nothing."""
        starts = self.book.guide(guide).starts
        return next((str(one.body["hash"]) for one in reversed(starts) if one.by == by), "")

    def withdraw(self, key: Key, numbers: Sequence[int], by: str, reason: str) -> Entry:
        """Take back one's signatures, or what one put forward before a review of it began.

        An administrator may take back another's; but nobody takes back what another asked them
        to change in their own words.

        Raises:
            InputError: one of them is neither, is withdrawn already, or is another's; a review of
                what was put forward has begun.
        """
        guide = refuse_withdrawal(self.book, numbers, self.person(by))
        body = {
            "guide": guide,
            "entries": sorted(set(numbers)),
            "reason": plain_text(reason, "the reason"),
        }
        return self.ledger.append(key, "withdraw", by, body)

    def note(self, key: Key, guide: str, by: str, text: str) -> Entry:
        """An editor's note, which readers see on the page."""
        self.person(by, "editor", "publisher", "administrator", *REVIEWING)
        self.editions.latest(guide)
        body = {"guide": guide, "text": plain_text(text, "the note", 1_000)}
        return self.ledger.append(key, "note", by, body)

    def check(
        self, key: Key, guide: str, by: str, number: int, sources: Mapping[str, str], note: str
    ) -> Entry:
        """Say that new documents were looked at, up to a number of the corpus.

        ``sources`` gives the verdict by source: ``no-change``, ``supports``, ``contradicts``,
        ``new``; readers are told of the check.

        Raises:
            UnknownNameError: the guide has no edition.
            InputError: a verdict is none, or the corpus has not come to that number.
        """
        self.person(by, "editor", *REVIEWING)
        self.editions.latest(guide)
        if unknown := set(sources.values()) - set(VERDICTS):
            raise InputError(
                f"{', '.join(sorted(unknown))} is no verdict",
                where=guide,
                todo=f"one of {', '.join(VERDICTS)}",
            )
        if not 0 <= number <= self.library.corpus.last_number():
            raise InputError(f"the corpus has no number {number}", where=guide)
        body = {
            "guide": guide,
            "up_to": number,
            "sources": dict(sources),
            "note": plain_text(note, "the note", 1_000, empty=True),
        }
        return self.ledger.append(key, "checked", by, body)

    def record_publication(self, key: Key, edition: Edition, digest: str, by: str = "") -> Entry:
        """Say that an edition is published, with the SHA-256 of its file."""
        if by:
            self.person(by, "publisher", "administrator")
        body = {
            "guide": edition.guide,
            "edition": edition.number,
            "hash": edition.hash,
            "file": edition.path.relative_to(self.library.folder).as_posix(),
            "sha256": digest,
        }
        return self.ledger.append(key, "publish", by, body)

    def finish(self) -> list[str]:
        """Show editions that were recorded and then not shown, as when the power failed."""
        return show_staged(self.library.folder, self.ledger.entries())

    def unsigned(self, draft: Edition) -> dict[str, str]:
        """The languages of a draft that are not approved, each with its state."""
        states = {one: self.of(draft, one).state for one in draft.versions}
        return {one: state for one, state in states.items() if state != "approved"}


def _twins(one: Person, other: Person) -> bool:
    return bare_name(one.name) == bare_name(other.name)
