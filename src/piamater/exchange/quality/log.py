"""The review log and the people, as the ledger has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from piamater.guides.review import Book, Entry, Person
from piamater.guides.review.people import people

LOG = (
    "number", "day", "act", "guide", "languages", "person", "credential", "how checked",
    "interests", "next review", "note",
)  # fmt: skip
PEOPLE = ("id", "name", "credential", "how checked", "roles", "takes part")


def log_rows(entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
    """A row for each entry, with the name that its person had then."""
    known: dict[str, Person] = {}
    for one in entries:
        if one.act == "person":
            known |= people([one])
        who = known.get(str(one.body["id"]) if one.act == "person" else one.by)
        yield (
            one.number,
            one.day,
            one.act,
            one.guide,
            " ".join(languages_of(one)),
            who.name if who else (one.by or "the operator"),
            one.body.get("credential", ""),
            one.body.get("checked", ""),
            one.body.get("interests", ""),
            one.body.get("next_review", ""),
            note_of(one),
        )


def languages_of(entry: Entry) -> tuple[str, ...]:
    """The languages that an entry is about: those whose parts it covers."""
    cells = entry.body.get("cells", {})
    return tuple(cells) if isinstance(cells, dict) else ()


def note_of(entry: Entry) -> str:
    """What an entry says beside its own columns, in words."""
    body = entry.body
    verdicts = Counter(map(str, body.get("sources", {}).values()))
    changes = body.get("changes", {})
    numbers = ", ".join(map(str, body.get("entries", ())))
    told = (
        f"roles: {', '.join(body['roles'])}" if entry.act == "person" else "",
        "takes part no more" if entry.act == "person" and body.get("ended") else "",
        f"edition {body['edition']}" if entry.act == "publish" else "",
        f"takes back entries {numbers}" if numbers else "",
        ", ".join(f"{count} documents {name}" for name, count in sorted(verdicts.items())),
        "; ".join(f"{block} must change: {what}" for block, what in sorted(changes.items())),
        f"an answer to a reader, written by {body.get('writer', '')}; none of its words is here"
        if entry.act == "answer"
        else "",
        *(str(body.get(key, "")) for key in ("note", "text", "reason")),
    )
    return "; ".join(one for one in told if one)


def people_rows(book: Book) -> Iterator[tuple[object, ...]]:
    """A row for each person who was ever registered."""
    for one in sorted(book.people.values(), key=lambda one: one.id):
        takes_part = "no more" if one.ended else "yes"
        yield one.id, one.name, one.credential, one.checked, " ".join(one.roles), takes_part
