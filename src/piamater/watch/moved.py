"""Moved: for each guide the documents that came in or changed since somebody last looked.

Nothing is kept and nothing has to have run: the corpus numbers its changes, and what is new is
read when somebody asks, once for all guides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from piamater.corpus import Library
from piamater.guides import Reviews
from piamater.vocabulary import Vocabulary
from piamater.watch.arrival import Arrival
from piamater.watch.candidate import Candidate, ordered
from piamater.watch.since import Since, since_of
from piamater.watch.watched import Watched

Progress = Callable[[int], None]
"""Called with how many more documents were looked at."""


@dataclass(frozen=True)
class Moved:
    """What moved under a guide.

    ``since`` says from where on documents are new, ``up_to`` the number of the corpus up to which
    was looked, ``looked_at`` how many documents that were.
    """

    guide: str
    title: str
    edition: int
    since: Since
    up_to: int
    looked_at: int
    candidates: tuple[Candidate, ...]


def watch(
    library: Library,
    vocabulary: Vocabulary,
    ids: Sequence[str] = (),
    since: Since | None = None,
    up_to: int | None = None,
    progress: Progress = lambda documents: None,
) -> list[Moved]:
    """What moved under these guides, or all that are published, by their ids.

    ``since`` takes the place of each guide's own; ``up_to`` ends the look at a number.

    Raises:
        UnknownNameError: a guide has no edition.
        LibraryError: the review ledger is broken, or an edition is.
    """
    reviews = Reviews(library)
    if reviews.ledger.exists:
        reviews.ledger.entries()  # a broken one is no ground to call anything checked
    watched = [
        _watched(library, vocabulary, reviews, one, since)
        for one in dict.fromkeys(ids or reviews.editions.ids())
    ]
    last = library.corpus.last_number()
    end = last if up_to is None else min(up_to, last)
    for each in watched:
        each.own_decisions()
    for version in library.corpus.changes(min((one.since.number for one in watched), default=end)):
        if version.number > end:
            break
        if version.current:
            new = Arrival(version, library, vocabulary)
            for each in watched:
                if each.since.number < version.number:
                    each.look_at(new)
        progress(1)
    return [_moved(one, end) for one in watched]


def _watched(
    library: Library,
    vocabulary: Vocabulary,
    reviews: Reviews,
    guide: str,
    since: Since | None,
) -> Watched:
    edition = reviews.editions.latest(guide)
    held = reviews.book.guide(guide)
    if since is None:
        first = reviews.editions.history(guide)[-1]
        since = since_of(first, held, library.corpus)
    return Watched(library, vocabulary, edition, held, since)


def _moved(one: Watched, end: int) -> Moved:
    return Moved(
        one.edition.guide,
        one.edition.original.title,
        one.edition.number,
        one.since,
        end,
        one.looked,
        ordered(one.found.values()),
    )
