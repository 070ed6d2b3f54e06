"""Cells: what a reviewer signs, small enough that a change lapses only what it touches.

A cell is one block of a guide in one language and one view, with two digests: of its words and of
the evidence that they cite (source, version, span, quote). The cell ``(front)`` holds the title,
the description, other names and which blocks the page has, in both views.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from piamater.guides.editions import Edition, Evidence
from piamater.guides.figures import figures
from piamater.guides.kinds import block_kinds
from piamater.guides.model import Audience, Block, Guide
from piamater.guides.review.entry import canonical
from piamater.guides.statements import CITE_MARK

FRONT = "(front)"
NAMES = "also-called"
"""The block of other names, which a page shows at its head in either view."""

VIEWS = (str(Audience.PATIENT), str(Audience.CLINICAL))
FORM = 2
"""How digests are made today. An entry says under which form its own were; one without a number
has form 1. Whoever changes what a digest is made of raises this number: then older signatures stand
as long as nothing at all has changed in their guide, and after that they say why they do not."""

LENGTH = 32
"""Hexadecimal digits of a digest: 128 bits, beyond any search for a second text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A block in one language and view.

    ``text`` and ``evidence`` are digests; ``sources`` the ids of what it cites; ``of`` the
    original's block a translation was made from, by its hash; ``texts`` what somebody wrote in it,
    ``quotes`` what they chose to cite.
    """

    language: str
    block: str
    view: str
    kind: str
    heading: str
    text: str
    evidence: str
    sources: tuple[str, ...]
    of: str = ""
    texts: tuple[str, ...] = field(default=(), repr=False)
    quotes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def digests(self) -> list[str]:
        """The two digests as an entry of the ledger holds them."""
        return [self.text, self.evidence]


def cells(edition: Edition) -> tuple[Cell, ...]:
    """All cells of an edition, or of a draft made into one, by language, block and view."""
    return tuple(cell for text in edition.versions.values() for cell in _of_guide(text, edition))


def _of_guide(guide: Guide, edition: Edition) -> Iterator[Cell]:
    for view in VIEWS:
        shown = [one for one in guide.blocks if one.parts_for(Audience(view))]
        yield _front(guide, view, shown, edition)
        for block in shown:
            yield _cell(guide, block, view, edition)


def _front(guide: Guide, view: str, shown: list[Block], edition: Edition) -> Cell:
    form = {
        "submitted": guide.submitted,
        "review_due": guide.review_due,
        "of": _outline(edition.original) if guide.is_translation else "",
        "type": str(guide.type),
        "title": guide.title,
        "plain_title": guide.plain_title,
        "description": guide.description,
        "concepts": guide.concepts,
        "groups": guide.groups,
        "authors": guide.authors,
        "front": {key: str(value) for key, value in guide.front.items()},
        "journal": {key: str(value) for key, value in edition.original.front.items()},
        "names": [part.source for one in guide.of_kind(NAMES) for part in one.parts],
        "blocks": [(one.kind, one.id) for one in shown],
    }
    title = guide.plain_title if view == Audience.PATIENT else guide.title
    texts = (guide.title, guide.plain_title, guide.description)
    return Cell(
        guide.language, FRONT, view, FRONT, title, _digest(form), _digest([]), (), texts=texts
    )


def _outline(original: Guide) -> str:
    """What a translation's front was made from: the original's words there, and its blocks."""
    blocks = [
        (one.kind, one.id, [str(part.audience) for part in one.parts]) for one in original.blocks
    ]
    return _digest([original.title, original.plain_title, original.description, blocks])


def _cell(guide: Guide, block: Block, view: str, edition: Edition) -> Cell:
    parts = block.parts_for(Audience(view))
    pictures = {one.file for part in parts for one in figures(part)}
    labels = {label for part in parts for label in CITE_MARK.findall(part.source)}
    cited = [edition.evidence[label] for label in sorted(labels) if label in edition.evidence]
    form = {
        "kind": block.kind,
        "category": block.category,
        "of": block.of,
        "heading": block.heading,
        "parts": [one.source for one in parts],
        "figures": {name: edition.figures.get(name, "") for name in sorted(pictures)},
    }
    return Cell(
        guide.language,
        block.id,
        view,
        block.kind,
        block.heading,
        _digest(form),
        _digest([_evidence(one) for one in cited]),
        tuple(sorted({one.source for one in cited})),
        block.of,
        _own_heading(guide, block) + tuple(CITE_MARK.sub("", one.source) for one in parts),
        tuple(f"{one.source} {one.quote}" for one in cited),
    )


def _own_heading(guide: Guide, block: Block) -> tuple[str, ...]:
    """The heading where somebody wrote one, and it is not the kind's own."""
    given = block_kinds()[block.kind].headings[guide.language]
    return () if block.heading == given else (block.heading,)


def _evidence(one: Evidence) -> tuple[Any, ...]:
    return (one.label, one.source, one.version, one.start, one.end, one.quote)


def _digest(form: Any) -> str:
    return sha256(canonical(form)).hexdigest()[:LENGTH]


def as_json(some: Iterator[Cell] | tuple[Cell, ...]) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Cells as an entry of the ledger holds them: language, block, view, digests."""
    form: dict[str, dict[str, dict[str, list[str]]]] = {}
    for one in some:
        form.setdefault(one.language, {}).setdefault(one.block, {})[one.view] = one.digests
    return form


def form_of(body: Mapping[str, Any]) -> int:
    """Under which form an entry's digests were made."""
    return int(body.get("form", 1))


def digests(body: Mapping[str, Any], cell: Cell) -> tuple[str, str] | None:
    """The digests that an entry holds for a cell's place; none where it does not hold it."""
    found = body.get("cells", {}).get(cell.language, {}).get(cell.block, {}).get(cell.view)
    return (str(found[0]), str(found[1])) if found else None


def cited_versions(edition: Edition, some: tuple[Cell, ...]) -> dict[str, str]:
    """The sources under these cells, each with the version that is quoted."""
    wanted = {source for one in some for source in one.sources}
    return {one.source: one.version for one in edition.evidence.values() if one.source in wanted}
