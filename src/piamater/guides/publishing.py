"""Publishing: guides that pass the linter become editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from piamater.corpus import Library
from piamater.errors import InputError, LibraryError
from piamater.guides.editions import Edition, EditionStore, pictures_of
from piamater.guides.folder import GuideFolder
from piamater.guides.review import Key, Reviews
from piamater.guides.review.people import plain_text
from piamater.guides.sources import library_texts

LONGEST_NOTE = 1_000
"""Characters of the longest note on an edition, which readers see."""

SHOWN = 10
"""Findings that an error message names."""


@dataclass(frozen=True, slots=True)
class Published:
    """A guide's newest edition; ``new`` is false where nothing had changed."""

    edition: Edition
    new: bool


def publish(
    library: Library,
    guides: GuideFolder,
    ids: Sequence[str] = (),
    note: str = "",
    key: Key | None = None,
    by: str = "",
) -> list[Published]:
    """Freeze guides, all of them where none is named; the library must be held for writing.

    Where the library has a review ledger, ``key`` signs an entry for each edition, and ``by`` is
    the person who publishes.

    Raises:
        InputError: the linter finds an error in one of them, the policy asks for signatures
            that are missing, or the note is no plain text; nothing is published then.
        LibraryError: there is a ledger, and no key was given.
        UnknownNameError: there is no guide of that name.
    """
    note = plain_text(note, "the note", LONGEST_NOTE, empty=True)
    chosen = list(dict.fromkeys(ids)) or guides.ids()
    errors = [one for one in guides.lint(library_texts(library), chosen) if one.severity == "error"]
    if errors:
        told = "".join(
            f"\n  {one.name}:{one.line}: [{one.rule}] {one.message}" for one in errors[:SHOWN]
        )
        raise InputError(
            f"{len(errors)} errors, so nothing was published:{told}",
            where=str(guides.folder),
            todo="mend them; piamater guides lint lists all",
        )
    record = _recorder(library, guides, key, by)
    store = EditionStore(library.folder / "editions")
    sets = [guides.load(id_) for id_ in chosen]
    drafts = [store.propose(one, library.corpus, library.today, note) for one in sets]
    if record:  # what was looked at is what is frozen, whoever writes to the folder meanwhile
        _refuse_unsigned(Reviews(library, guides), drafts)
    made = [
        store.freeze(draft, pictures_of(one), record)
        for one, draft in zip(sets, drafts, strict=True)
    ]
    return [
        Published(one or store.latest(id_), one is not None)
        for id_, one in zip(chosen, made, strict=True)
    ]


def publish_again(
    library: Library, id_: str, number: int, note: str = "", key: Key | None = None, by: str = ""
) -> Published:
    """Make an older edition the newest: its words and its evidence, as they were then.

    Raises:
        UnknownNameError: there is no such edition.
        InputError: the policy asks for signatures that are missing, or stand no more.
        LibraryError: as ``publish``.
    """
    note = plain_text(note, "the note", LONGEST_NOTE, empty=True)
    guides = GuideFolder(library.folder / "guides")
    record = _recorder(library, guides, key, by)
    store = EditionStore(library.folder / "editions")
    if record:
        _refuse_unsigned(Reviews(library, guides), [store.edition(id_, number)])
    made = store.publish_again(id_, number, library.today, note, record)
    return Published(made or store.latest(id_), made is not None)


def _recorder(
    library: Library, guides: GuideFolder, key: Key | None, by: str
) -> Callable[[Edition, str], object] | None:
    """What records an edition in the ledger; none where the library has no ledger."""
    reviews = Reviews(library, guides)
    if not reviews.ledger.exists:
        return None
    if key is None:
        raise LibraryError(
            "this library has a review ledger, and an edition needs its key",
            where=str(reviews.ledger.folder),
            todo="give the key's passphrase",
        )
    signing = key
    reviews.ledger.check_key(signing)
    reviews.finish()
    return lambda edition, digest: reviews.record_publication(signing, edition, digest, by)


def _refuse_unsigned(reviews: Reviews, drafts: Sequence[Edition]) -> None:
    if reviews.policy.publish != "approved":
        return
    for draft in drafts:
        if missing := reviews.unsigned(draft):
            raise InputError(
                "the policy lets only approved guides be published: "
                + ", ".join(f"{one} is {state}" for one, state in missing.items()),
                where=draft.guide,
                todo=f"piamater review show {draft.guide} says what is missing",
            )
