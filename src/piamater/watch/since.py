"""Since: up to which number of the corpus a guide's evidence was looked at, and when.

The last ``checked`` entry of the review ledger says it. Before there is one, the guide's first
edition does: to publish again after mending a word is not to have read what came in since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from piamater.corpus import CorpusStore
from piamater.errors import UnknownNameError
from piamater.guides import Edition
from piamater.guides.review.book import GuideBook
from piamater.guides.review.entry import Entry


@dataclass(frozen=True, slots=True)
class Since:
    """``number``: documents with a higher one are new. ``why``: ``checked``, ``published``, or
    ``asked`` where the caller named it; ``on`` the day, ISO 8601, ``by`` the person's id.
    """

    number: int
    why: str
    on: str = ""
    by: str = ""


def since_of(first: Edition, held: GuideBook, corpus: CorpusStore) -> Since:
    """From where on documents are new to a guide.

    ``first`` is its first edition, ``held`` what the ledger has of it.
    """
    if held.checked:
        entry = held.checked[-1]
        return Since(_checked(entry, corpus), "checked", entry.day, entry.by)
    recorded = [one for one in held.published if one.body.get("edition") == first.number]
    if recorded:
        moment = datetime.fromisoformat(recorded[0].at)
        return Since(before(corpus, moment), "published", first.published)
    number = max(before(corpus, _published(first)), _quoted(first, corpus))
    return Since(number, "published", first.published)


def before(corpus: CorpusStore, moment: datetime) -> int:
    """The number of the last version that was taken in before a moment; 0 for none.

    Numbers grow with time, so a few look-ups find it, however large the corpus is.
    """
    low, high = 0, corpus.last_number()
    while low < high:
        middle = (low + high) // 2
        found = _after(corpus, middle)
        if found and found[1] < moment:
            low = found[0]
        else:
            high = middle
    return low


def since_asked(text: str, corpus: CorpusStore) -> Since:
    """From a number of the corpus, or from the beginning of a day, as ``--since`` takes it.

    Raises:
        ValueError: it is neither.
    """
    if text.isdecimal():
        return Since(int(text), "asked")
    day = date.fromisoformat(text).isoformat()
    return Since(before(corpus, _day(day)), "asked", day)


def _checked(entry: Entry, corpus: CorpusStore) -> int:
    """The number that a check reached, unless the corpus was filled anew since then.

    Numbers mean nothing in another store; the time of the check still does.
    """
    moment = datetime.fromisoformat(entry.at)
    number = int(entry.body.get("up_to", 0))
    held = corpus.by_numbers([number]).get(number)
    refilled = held is not None and datetime.fromisoformat(held.added) > moment
    if refilled or number > corpus.last_number():
        return before(corpus, moment)
    return number


def _after(corpus: CorpusStore, number: int) -> tuple[int, datetime] | None:
    """The next version behind a number, and when it was taken in."""
    rows = corpus.changes(number)
    found = next(rows, None)
    if close := getattr(rows, "close", None):
        close()
    return (found.number, datetime.fromisoformat(found.added)) if found else None


def _day(day: str) -> datetime:
    """The beginning of a day where this library stands."""
    return datetime.combine(date.fromisoformat(day), time()).astimezone()


def _published(first: Edition) -> datetime:
    """When an edition was published, as near as its file tells.

    The file's time counts if it lies on the edition's day. A copy may have another: then the
    beginning of that day does, so that a document may be shown once too often and none is missed.
    """
    written = datetime.fromtimestamp(int(first.path.stat().st_mtime)).astimezone()
    begun = _day(first.published)
    return written if written.date() == begun.date() else begun


def _quoted(first: Edition, corpus: CorpusStore) -> int:
    """The highest number that an edition quotes, of those taken in by its day.

    They were there for certain, and so were all before them.
    """
    numbers = [0]
    for source, version in {(one.source, one.version) for one in first.evidence.values()}:
        try:
            held = corpus.version(source, version)
        except UnknownNameError:
            continue
        if datetime.fromisoformat(held.added).astimezone().date().isoformat() <= first.published:
            numbers.append(held.number)
    return max(numbers)
