"""Publishing: guides that pass the linter become editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from piamater.corpus import Library
from piamater.errors import InputError, LibraryError
from piamater.guides.editions import Edition, EditionStore
from piamater.guides.folder import GuideFolder
from piamater.guides.review import Key, Reviews
from piamater.guides.sources import library_texts

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
        InputError: the linter finds an error in one of them, or the policy asks for signatures
            that are missing; nothing is published then.
        LibraryError: there is a ledger, and no key was given.
        UnknownNameError: there is no guide of that name.
    """
    chosen = list(ids) or guides.ids()
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
    if record:
        _refuse_unsigned(Reviews(library, guides), chosen)
    store = EditionStore(library.folder / "editions")
    made = [
        store.publish(guides.load(id_), library.corpus, library.today, note, record)
        for id_ in chosen
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
        LibraryError: as ``publish``.
    """
    record = _recorder(library, GuideFolder(library.folder / "guides"), key, by)
    store = EditionStore(library.folder / "editions")
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


def _refuse_unsigned(reviews: Reviews, ids: Sequence[str]) -> None:
    if reviews.policy.publish != "approved":
        return
    for id_ in ids:
        if missing := reviews.unsigned(reviews.draft(id_)):
            raise InputError(
                "the policy lets only approved guides be published: "
                + ", ".join(f"{one} is {state}" for one, state in missing.items()),
                where=id_,
                todo=f"piamater review show {id_} says what is missing",
            )
