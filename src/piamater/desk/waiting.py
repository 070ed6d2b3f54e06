"""Waiting: what waits at the desk, a guide at a time, with what to do and who can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from piamater.desk.people import PUBLISHING, WRITING
from piamater.desk.wording import why
from piamater.errors import PiamaterError
from piamater.guides.review import Person, Reviews, queue
from piamater.guides.review.queue import Waiting
from piamater.guides.review.state import APPROVED, Reason

SECTIONS = {
    "overdue": ("Overdue", "The day of the next review has passed: readers see that."),
    "moved": ("Moved", "A source under the page changed: read what stands on it, then mend."),
    "lapsed": ("Approval lapsed", "It was approved, and is no more: it wants a signature again."),
    "changes": ("Changes asked", "A reviewer wants changes: mend them and put it forward again."),
    "review": ("To review", "Put forward, and not wholly signed."),
    "publish": ("To publish", "Signed, and not yet what readers see."),
    "submit": ("To put forward", "Written or changed, and nobody has put it forward."),
    "due-soon": ("Due soon", "The next review is due within two months."),
}
"""Kinds of waiting, the most pressing first: the heading, and what it means."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody can do next: its name, its address, and the language where it is one's."""

    name: str
    address: str
    language: str = ""


@dataclass(slots=True)
class Row:
    """A guide that waits for one reason, in all the languages that this is so.

    ``told`` says why in sentences; ``sentences`` are those that stand on what moved; ``steps``
    are for the person who looks, and nothing where it waits for others.
    """

    guide: str
    title: str
    why: str
    due: str
    languages: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    sentences: list[tuple[str, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called."""
        return SECTIONS[self.why][0]


def rows(reviews: Reviews, person: Person) -> list[Row]:
    """Everything that waits, the most pressing first, with what ``person`` can do about it."""
    found: dict[tuple[str, str], Row] = {}
    there = set(reviews.guides.ids())
    for one in (*queue(reviews), *_signed(reviews)):
        kind = _kind(one)
        row = found.get((one.guide, kind))
        if row is None:
            row = Row(one.guide, _title(reviews, one.guide), kind, one.due)
            found[one.guide, kind] = row
        if one.language not in row.languages:
            row.languages.append(one.language)
        row.due = min(row.due, one.due)
        if one.guide not in there:
            row.told = [GONE]
            continue
        if one.why != "submit":
            row.told = list(dict.fromkeys([*row.told, *map(_short, one.reasons)]))
        row.sentences += [(one.language, said) for said in one.sentences]
        row.steps += [step for step in _steps(reviews, one, kind, person) if step not in row.steps]
    order = list(SECTIONS)
    return sorted(found.values(), key=lambda one: (order.index(one.why), one.due, one.title))


def sections(found: list[Row]) -> list[dict[str, object]]:
    """Rows by kind, the most pressing kind first; kinds of which nothing waits are left out."""
    return [
        {"kind": kind, "name": name, "about": about, "rows": some}
        for kind, (name, about) in SECTIONS.items()
        if (some := [one for one in found if one.why == kind])
    ]


def _short(reason: Reason) -> str:
    """A reason without its blocks, which differ by language."""
    return why(replace(reason, blocks=()))


def _kind(one: Waiting) -> str:
    if one.why == "review" and any(each.kind == "changes-asked" for each in one.reasons):
        return "changes"
    return one.why


def _title(reviews: Reviews, guide: str) -> str:
    try:
        return reviews.guides.load(guide).original.title
    except PiamaterError:
        return reviews.editions.latest(guide).original.title


GONE = "Its files are not in the folder of guides any more; readers still see the edition."


def _signed(reviews: Reviews) -> Iterator[Waiting]:
    """Drafts whose original is signed, and that readers do not see yet."""
    for id_ in reviews.guides.ids():
        try:
            draft = reviews.draft(id_)
        except PiamaterError:
            continue
        language = draft.original.language
        if draft.hash != draft.previous and reviews.of(draft, language).state == APPROVED:
            due = reviews.of(draft, language).next_due
            yield Waiting(id_, language, "publish", APPROVED, due, ())


def _steps(reviews: Reviews, one: Waiting, kind: str, person: Person) -> Iterator[Step]:
    """What a person can do about it; nothing where it is for others."""
    roles, guide = set(person.roles), f"/review/{one.guide}/"
    if kind == "publish":
        if roles & PUBLISHING:
            yield Step("Publish", f"{guide}#publish")
        return
    if kind == "submit":
        if roles & WRITING:
            yield Step("Put forward", f"{guide}#forward")
        return
    if kind == "changes" or (kind == "moved" and roles & WRITING):
        if roles & WRITING:
            yield Step("See and mend", guide)
        return
    if _counts(reviews, one, person):
        yield Step("Review", f"{guide}{one.language}/", one.language)


def _counts(reviews: Reviews, one: Waiting, person: Person) -> bool:
    """Whether a person's signature counts in a language of a guide."""
    try:
        original = reviews.guides.load(one.guide).original.language
    except PiamaterError:
        return False
    return counts(person, one.language, original)


def counts(person: Person, language: str, original: str) -> bool:
    """Whether a signature counts: a translation wants a reviewer of its language."""
    fit = {f"language:{language}"}
    if language == original:
        fit |= {"clinical", "reviewer"}
    return bool(fit & set(person.roles))
