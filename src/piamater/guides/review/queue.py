"""Queue: what waits for people, computed from editions, ledger, corpus and clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from piamater.errors import PiamaterError
from piamater.guides.editions import Edition
from piamater.guides.review.acts import Reviews
from piamater.guides.review.state import APPROVED, LAPSED, Reason, Review
from piamater.guides.statements import statements

SOON = 60
"""Days before a review is due in which it counts as due soon."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A guide in a language that waits for somebody.

    ``why``: ``overdue``, ``moved`` (its evidence changed), ``lapsed`` (for another reason),
    ``review`` (put forward, not wholly signed), ``submit`` (nobody has put these words forward),
    ``due-soon``. ``sentences`` stand on the evidence that moved.
    """

    guide: str
    language: str
    why: str
    state: str
    due: str
    reasons: tuple[Reason, ...]
    sentences: tuple[str, ...] = ()


ORDER = ("overdue", "moved", "lapsed", "review", "submit", "due-soon")
"""Kinds of waiting, the most pressing first."""


def queue(reviews: Reviews) -> list[Waiting]:
    """Everything that waits, the most pressing first; without editions that are ``damaged``."""
    found = [*_published(reviews), *_drafts(reviews)]
    return sorted(found, key=lambda one: (ORDER.index(one.why), one.due, one.guide, one.language))


def damaged(reviews: Reviews) -> dict[str, PiamaterError]:
    """The guides whose newest edition cannot be read, with what is wrong: nobody sees them."""
    found: dict[str, PiamaterError] = {}
    for id_ in reviews.editions.ids():
        try:
            reviews.editions.latest(id_)
        except PiamaterError as error:
            found[id_] = error
    return found


def _published(reviews: Reviews) -> Iterator[Waiting]:
    book = reviews.book
    for id_ in reviews.editions.ids():
        try:
            edition = reviews.editions.latest(id_)
        except PiamaterError:
            continue  # ``damaged`` tells it; other guides wait as ever
        forward = book.guide(id_).is_forward(edition.hash)
        for language in edition.versions:
            review = reviews.of(edition, language)
            if why := _why(review, reviews.library.today, forward):
                moved = {one.source for one in review.reasons if one.source}
                yield Waiting(
                    id_,
                    language,
                    why,
                    review.state,
                    review.next_due,
                    review.reasons,
                    tuple(standing_on(edition, language, moved)),
                )


def _why(review: Review, today: date, forward: bool) -> str:
    kinds = {one.kind for one in review.reasons}
    if review.overdue or "overdue" in kinds:
        return "overdue"
    if review.state == LAPSED:
        return "moved" if kinds & {"evidence", "source"} else "lapsed"
    if review.state != APPROVED:
        return "review" if forward else "submit"
    left = (date.fromisoformat(review.next_due) - today).days
    return "due-soon" if left <= SOON else ""


def _drafts(reviews: Reviews) -> Iterator[Waiting]:
    """Guides of the folder with words that readers do not see: to put forward, or to review."""
    book = reviews.book
    for id_ in reviews.guides.ids():
        try:
            draft = reviews.draft(id_)
        except PiamaterError:
            continue  # the linter tells what is not in order
        if draft.hash == draft.previous:
            continue
        if not book.guide(id_).is_forward(draft.hash):
            language = draft.original.language
            yield Waiting(id_, language, "submit", "draft", draft.original.review_due, ())
            continue
        for language in draft.versions:
            review = reviews.of(draft, language)
            if review.state != APPROVED:
                due = review.next_due
                yield Waiting(id_, language, "review", review.state, due, review.reasons)


def standing_on(edition: Edition, language: str, sources: set[str]) -> Iterator[str]:
    """The sentences of an edition that stand on one of these sources, each once."""
    labels = {label for label, one in edition.evidence.items() if one.source in sources}
    guide = edition.versions[language]
    told = (
        one.text
        for block in guide.blocks
        for part in block.parts
        for one in statements(part, language)
        if labels & set(one.labels)
    )
    yield from dict.fromkeys(told)
