"""Related pages and the learning pathway, computed from links, concepts and shared sources.

Each suggestion says why it is there; where there is none, the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from piamater.guides import Audience, Block, Edition, Guide, GuideType, block_kinds
from piamater.site.state import Site

STEPS: dict[str, tuple[tuple[str, ...], tuple[GuideType, ...]]] = {
    "understand": (("definition", "types", "answer", "key-facts"), (GuideType.CONDITION,)),
    "recognise": (("symptoms",), (GuideType.SYMPTOM,)),
    "seek-help": (("danger-emergency", "danger-soon"), ()),
    "causes": (("causes", "differential"), (GuideType.QUESTION,)),
    "tests": (("tests", "results"), (GuideType.TEST,)),
    "treatment": (("treatments",), ()),
    "medicines": (("medicines", "dosing", "warnings"), (GuideType.MEDICINE,)),
    "follow-up": (("roadmap", "recovery", "living", "outlook"), ()),
    "prevention": (("prevention",), ()),
}
"""The nine steps: the guide's own sections that serve each, and the types of guide that do."""

MOST_RELATED = 6
SHARED_SOURCES = 2
"""Sources that two guides must both cite to count as related by them."""

_LINK = re.compile(r"\]\(guide:([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page to go on with: its address, its name, and the key of the reason with what it names."""

    address: str
    title: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the pathway and what serves it; empty where the library has nothing."""

    name: str
    suggestions: tuple[Suggestion, ...]


def links_of(guide: Guide) -> set[str]:
    """The guides that a guide links to."""
    return {
        target
        for block in guide.blocks
        for part in block.parts
        for target in _LINK.findall(part.source)
    }


def related(site: Site, edition: Edition, language: str) -> list[Suggestion]:
    """Other guides that are about the same thing, the nearest first, each with its reason."""
    ranked = sorted(
        (
            (-weight, one.title.casefold(), one)
            for other in site.shelf.editions
            if other.guide != edition.guide
            for weight, one in _relation(site, edition, other, language)
        ),
        key=lambda row: row[:2],
    )
    return [one for _, _, one in ranked[:MOST_RELATED]]


def _relation(
    site: Site, edition: Edition, other: Edition, language: str
) -> Iterator[tuple[float, Suggestion]]:
    """How two guides are related, most telling reason first; nothing where they are not."""
    mine, theirs = edition.original, other.original
    shown = other.versions.get(language, theirs)
    address = f"/{language}/guides/{other.guide}"
    vocabulary = site.vocabulary
    own, far = set(mine.concepts[:1]), set(theirs.concepts[:1])
    if other.guide in links_of(mine):
        yield 4, Suggestion(address, shown.title, "reason_links_to")
    elif edition.guide in links_of(theirs):
        yield 3, Suggestion(address, shown.title, "reason_linked_from")
    elif shared := (set(mine.concepts) & set(theirs.concepts)) & (own | far):
        concept = vocabulary.get(sorted(shared)[0])
        yield (
            2,
            Suggestion(
                address, shown.title, "reason_concept", concept.label(language) if concept else ""
            ),
        )
    elif (
        number := len(
            {one.source for one in edition.evidence.values()}
            & {one.source for one in other.evidence.values()}
        )
    ) >= SHARED_SOURCES:
        yield 1 + number / 100, Suggestion(address, shown.title, "reason_sources", str(number))


def _own(block: Block, language: str) -> Suggestion:
    """A section of the guide itself; treatments are gathered under one heading."""
    if block.kind == "treatments":
        return Suggestion(
            "#treatments", block_kinds()["treatments"].headings[language], "reason_here"
        )
    return Suggestion(f"#{block.id}", block.heading, "reason_here")


def pathway(site: Site, edition: Edition, language: str) -> list[Step]:
    """The nine steps, each with the guide's own sections and the guides it links to."""
    guide = edition.versions.get(language, edition.original)
    linked = {one for one in links_of(edition.original) if one in site.shelf.by_id}
    steps = []
    for name, (kinds, types) in STEPS.items():
        found = [
            _own(one, guide.language)
            for one in guide.of_kind(*kinds)
            if one.parts_for(Audience.PATIENT)
        ]
        seen: dict[str, Suggestion] = {one.address: one for one in found}
        for id_ in sorted(linked):
            other = site.shelf.guide(id_, language)
            if other and other.type in types:
                address = f"/{language}/guides/{id_}"
                seen[address] = Suggestion(address, other.title, "reason_links_to")
        steps.append(Step(name, tuple(seen.values())))
    return steps
