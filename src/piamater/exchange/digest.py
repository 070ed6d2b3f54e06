"""Digest: what waits for the staff, read from the library at the moment it is asked for.

It holds counts, days, guides and addresses. What a reader asked, and what anybody answered, is
never in it: mail and feeds leave the house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from piamater.answers.inbox import FILE, STATES, Inbox
from piamater.answers.inbox_record import ReaderQuestion
from piamater.corpus import Library
from piamater.errors import PiamaterError
from piamater.guides.review import Reviews, queue
from piamater.vocabulary import Vocabulary

WAITING = tuple(one for one in STATES if one != "signed")


@dataclass(frozen=True, slots=True)
class QuestionsWaiting:
    """Questions in one state: how many, with a danger sign, late; the day of the oldest."""

    state: str
    count: int
    urgent: int
    oldest: str
    late: int = 0


@dataclass(frozen=True, slots=True)
class ReviewWaiting:
    """A guide in a language that waits for its review; ``why`` as in the review queue."""

    guide: str
    language: str
    why: str
    due: str
    address: str


@dataclass(frozen=True, slots=True)
class WatchWaiting:
    """A guide with new or changed documents under it: how many, and how many for each reason."""

    guide: str
    count: int
    why: dict[str, int]
    address: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits on a day; ``problems`` say what could not be read."""

    library: str
    on: str
    questions: tuple[QuestionsWaiting, ...]
    reviews: tuple[ReviewWaiting, ...]
    watch: tuple[WatchWaiting, ...]
    problems: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether anything waits at all."""
        return bool(self.questions or self.reviews or self.watch or self.problems)

    @property
    def urgent(self) -> int:
        """How many questions with a danger sign have no signed answer."""
        return sum(one.urgent for one in self.questions)

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return {**asdict(self), "urgent": self.urgent}


def digest(library: Library) -> Digest:
    """What waits in a library today."""
    problems: list[str] = []

    def told(what: str, error: PiamaterError) -> tuple[()]:
        problems.append(f"{what}: {error.what}")
        return ()

    questions: tuple[QuestionsWaiting, ...]
    reviews: tuple[ReviewWaiting, ...]
    watch: tuple[WatchWaiting, ...]
    try:
        questions = _questions(library)
    except PiamaterError as error:
        questions = told("questions", error)
    try:
        reviews = _reviews(library)
    except PiamaterError as error:
        reviews = told("reviews", error)
    try:
        watch = _watch(library)
    except PiamaterError as error:
        watch = told("watch", error)
    day = library.today.isoformat()
    return Digest(library.settings.name, day, questions, reviews, watch, tuple(problems))


def _questions(library: Library) -> tuple[QuestionsWaiting, ...]:
    """The questions by state, the state with the most danger signs first."""
    if not (library.folder / FILE).is_file():
        return ()
    inbox = Inbox(library.folder, library.today, library.settings)
    held, late = inbox.list(), inbox.deadlines.late
    found = [_state(state, [one for one in held if one.state == state], late) for state in WAITING]
    return tuple(sorted((one for one in found if one.count), key=lambda one: -one.urgent))


def _state(
    state: str, some: Sequence[ReaderQuestion], late: Callable[[ReaderQuestion], bool]
) -> QuestionsWaiting:
    oldest = min((one.received for one in some), default="")
    urgent = sum(one.urgent for one in some)
    return QuestionsWaiting(state, len(some), urgent, oldest, sum(map(late, some)))


def _reviews(library: Library) -> tuple[ReviewWaiting, ...]:
    """The review queue, the most pressing first."""
    return tuple(
        ReviewWaiting(
            one.guide, one.language, one.why, one.due, _address(library, one.guide, one.language)
        )
        for one in queue(Reviews(library))
    )


def _watch(library: Library) -> tuple[WatchWaiting, ...]:
    """The guides under which something moved, those with the most first."""
    try:
        from piamater.watch import watch
    except ImportError:
        return ()  # a house without that room
    vocabulary = Vocabulary.load(library.vocabulary_folder)
    found = [
        WatchWaiting(
            one.guide,
            len(one.candidates),
            dict(Counter(each.why[0].kind for each in one.candidates)),
            _address(library, one.guide, ""),
        )
        for one in watch(library, vocabulary)
        if one.candidates
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.guide)))


def _address(library: Library, guide: str, language: str) -> str:
    """Where readers see a guide; empty where the settings name no address."""
    base = library.settings.base_url.rstrip("/")
    if not base:
        return ""
    return f"{base}/{language}/guides/{guide}" if language else f"{base}/guides/{guide}"


def days_since(day: str, on: str) -> int:
    """Whole days from a day to another, both ISO 8601."""
    return (date.fromisoformat(on) - date.fromisoformat(day)).days
