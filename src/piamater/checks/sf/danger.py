"""Danger boxes: where a page tells its reader to get help at once, and for which signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from piamater.checks.audience import tells_research as tells_research
from piamater.checks.headings import heading_kind
from piamater.checks.page import Page, vocabulary
from piamater.checks.sf.words import data, holding, pattern, per_page, read
from piamater.text import Form, Mark, Passage
from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class Box:
    """A place that sends the reader to help: its passages (with their heading's own words).

    ``emergency``: to an ambulance or a hospital, not only to a doctor soon. ``listed``: it stands
    under a heading of its own or is a list; else it is one sentence among others.
    """

    start: int
    end: int
    passages: tuple[Passage, ...]
    heading: str
    words: str
    emergency: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that needs help at once: its concepts, and the words that cover it in a box."""

    id: str
    concepts: frozenset[str]
    words: re.Pattern[str]
    box: bool


@cache
def words(name: str) -> re.Pattern[str]:
    """A list of ``data/danger_words.toml`` as one pattern."""
    return pattern(data("danger_words")[name])


@cache
def signs() -> tuple[Sign, ...]:
    """The signs of ``data/emergency_signs.toml``."""
    return tuple(
        Sign(one["id"], frozenset(one["concepts"]), pattern(one["words"]), one["box"])
        for one in data("emergency_signs")["sign"]
    )


def label(sign: str, language: str) -> str:
    """What a sign is called in a language."""
    concept = vocabulary().get(sign)
    return concept.label(language) if concept else sign


@per_page
def boxes(page: Page) -> tuple[Box, ...]:
    """The danger boxes of a page, in the order of its text."""
    headed = _headed(page)
    found = [_box(page, some, heading) for heading, some in _runs(page, headed)]
    found = [one for one in found if _sends(one)]
    taken = {id(one) for box in found for one in box.passages}
    found += _led(page, taken)
    taken |= {id(one) for box in found for one in box.passages}
    for one, said in holding(page, words("emergency")):
        if id(one) not in taken and _named(said):
            found.append(_box(page, [one], ""))
    return tuple(sorted(found, key=lambda one: one.start))


def _headed(page: Page) -> dict[int, int]:
    """The sections under a heading of danger: the section that the heading is of, by section."""
    out: dict[int, int] = {}
    sections = page.document.sections
    by_path = {one.path: number for number, one in reversed(list(enumerate(sections)))}
    for number, one in enumerate(sections):
        for depth in range(len(one.path), 0, -1):
            kind = heading_kind(one.path[depth - 1])
            if kind == "danger" and one.path[depth - 1] != page.title:
                out[number] = (
                    by_path.get(one.path[:depth], number) if depth < len(one.path) else number
                )
            if kind:
                break
    return out


def _runs(page: Page, headed: dict[int, int]) -> Iterator[tuple[str, list[Passage]]]:
    run: list[Passage] = []
    at = -1
    for one, _ in read(page):
        root = headed.get(one.section, -1)
        if run and root != at:
            yield page.document.sections[at].heading, run
            run = []
        at = root
        if root >= 0:
            run.append(one)
    if run:
        yield page.document.sections[at].heading, run


def _led(page: Page, taken: set[int]) -> list[Box]:
    """Lists that a sentence which sends to help leads in."""
    passages = page.document.passages
    items: dict[int, list[Passage]] = {}
    leads: set[int] = set()
    for one, _ in read(page):
        if one.form is Form.ITEM and one.lead >= 0 and id(one) not in taken:
            items.setdefault(one.lead, []).append(one)
    for number in items:
        one, said = passages[number], fold(page.said(passages[number]))
        sends = words("emergency").search(said) or words("prompt").search(said)
        if sends and id(one) not in taken and said.rstrip().endswith(":"):
            leads.add(number)
    return [_box(page, [passages[number], *items[number]], "") for number in sorted(leads)]


def _box(page: Page, some: list[Passage], heading: str) -> Box:
    said = fold("\n".join([heading, *(page.said(one) for one in some)]))
    return Box(
        some[0].start,
        some[-1].end,
        tuple(some),
        heading,
        said,
        bool(words("emergency").search(said)) or heading_kind(heading) == "danger",
        bool(heading) or len(some) > 1,
    )


def _sends(box: Box) -> bool:
    """Whether what stands under a heading of danger is advice, not emergency treatment."""
    plain = fold(box.heading)
    if words("treats").search(plain):
        return False
    if words("announces").search(plain):
        return True
    body = box.words[len(plain) :]
    return bool(words("emergency").search(body) or words("prompt").search(body))


def _named(said: str) -> bool:
    """Whether words name a sign, or say that there are signs without naming one."""
    return bool(words("generic").search(said) or words("elsewhere").search(said)) or any(
        one.words.search(said) for one in signs()
    )


def covered(box: Box) -> frozenset[str]:
    """The signs that a box names."""
    return frozenset(one.id for one in signs() if one.words.search(box.words))


@per_page
def listed_signs(page: Page) -> dict[str, Passage]:
    """The signs among the page's own symptoms, each with the first passage that lists it."""
    return _first_signs(page, _symptom_passages(page))


def _symptom_passages(page: Page) -> Iterator[Passage]:
    inside = {id(one) for box in boxes(page) for one in box.passages}
    passages = page.document.passages
    leads: dict[int, bool] = {}
    for one in passages:
        if one.mark is not Mark.CONTENT or id(one) in inside:
            continue
        if page.kind(one) == "symptoms":
            if not words("course").search(fold(page.said(one))):
                yield one
        elif one.form is Form.ITEM and one.lead >= 0 and page.kind(one) in ("", "definition"):
            if one.lead not in leads:
                lead = fold(page.said(passages[one.lead]))
                leads[one.lead] = bool(words("symptoms").search(lead))
            if leads[one.lead]:
                yield one


def _first_signs(page: Page, some: Iterable[Passage]) -> dict[str, Passage]:
    known = {concept: one.id for one in signs() for concept in one.concepts}
    out: dict[str, Passage] = {}
    for one in some:
        for mention in page.mentions(one):
            if mention.affirmed and mention.concept in known:
                out.setdefault(known[mention.concept], one)
    return out


def for_patients(page: Page) -> bool:
    """Whether a page is for patients."""
    return page.audience == "patient"


def most(page: Page, found: Iterable[str]) -> str:
    """Signs as words of the page's language, in their order, without doubles."""
    return ", ".join(dict.fromkeys(label(one, page.language) for one in found))
