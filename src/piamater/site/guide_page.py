"""A guide as a page: its sections in the page's order, rendered for one view and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

from piamater.errors import UnknownNameError
from piamater.guides import (
    Audience,
    Block,
    Edition,
    Guide,
    Reason,
    Review,
    block_kinds,
    statements,
    treatment_categories,
)
from piamater.guides.glossary import Glossary, Word
from piamater.guides.render import Page, render_part
from piamater.site.preferences import Preferences
from piamater.site.references import Reference, References, reference
from piamater.site.state import Site

CARDS = ("danger-emergency", "danger-soon", "learn-safely")
"""The three levels of triage; each is a care card, not a plain section."""

VISIT = ("visit-doctor", "visit-tell", "visit-questions", "visit-mistakes")
"""What the doctor-visit helper is made of; not repeated on the guide's own page."""

SAFETY = (*CARDS, "dosing", "warnings", "interactions")
"""Blocks whose numbers stand in both digit sets."""

WORDS_PER_MINUTE = 200


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section of the page: ``behind`` where the original has changed since its translation."""

    id: str
    kind: str
    heading: str
    html: str
    behind: bool = False
    children: tuple[PageSection, ...] = ()


@dataclass
class GuidePage:
    """Everything that a guide's page shows."""

    site: Site
    edition: Edition
    guide: Guide
    prefs: Preferences
    on_paper: bool = False
    references: References = field(init=False)
    words: dict[str, Word] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with no reference numbered and no word explained."""
        self.references = References(self.site.library, self.prefs.language, self.edition.evidence)
        self._page = Page(self.guide.language, self, Glossary.load(self.guide.language))

    def cite(self, labels: Sequence[str]) -> str:
        """The citation numbers of a sentence."""
        return self.references.marks(labels)

    def guide_address(self, target: str) -> str:
        """The address of another guide, empty where it is not published."""
        return f"/{self.prefs.language}/guides/{target}" if target in self.site.shelf.by_id else ""

    def figure(self, name: str) -> str:
        """The address of a picture of this edition."""
        return f"/figures/{self.guide.id}/{self.edition.number}/{name}"

    def word(self, id_: str, text: str) -> str:
        """A word with its explanation one press away."""
        self.words[id_] = self._glossary[id_]
        name = escape(text, quote=False)
        if self.on_paper:
            return name
        return f'<button type="button" class="word" popovertarget="w-{id_}">{name}</button>'

    @property
    def _glossary(self) -> dict[str, Word]:
        return _words(self.guide.language)

    def html(self, block: Block) -> str:
        """The HTML of a block for the page's view."""
        self._page.double_digits = block.kind in SAFETY
        parts = block.parts_for(self.prefs.audience)
        return "".join(render_part(one, self._page) for one in parts)

    def section(self, block: Block) -> PageSection | None:
        """A block as a section; none where this view shows nothing of it."""
        html = self.html(block)
        return (
            PageSection(block.id, block.kind, block.heading, html, self.behind(block))
            if html
            else None
        )

    def behind(self, block: Block) -> bool:
        """Whether a translated block was made from an earlier text of its original."""
        theirs = self.edition.original.block(block.id)
        return self.guide.is_translation and (theirs is None or theirs.hash != block.of)

    def sections(self, *kinds: str) -> list[PageSection]:
        """The sections of these kinds, in the page's order."""
        order = {name: kind.order for name, kind in block_kinds().items()}
        blocks = sorted(
            (one for one in self.guide.blocks if one.kind in kinds), key=lambda one: order[one.kind]
        )
        return [found for one in blocks if (found := self.section(one))]

    def cards(self) -> dict[str, PageSection]:
        """The care cards by kind."""
        return {one.kind: one for one in self.sections(*CARDS)}

    def body(self) -> list[PageSection]:
        """The sections of the page, treatments gathered under their categories."""
        kinds = [
            one for one in block_kinds() if one not in (*CARDS, *VISIT, "treatments", "also-called")
        ]
        treatments = self.treatments()
        place = block_kinds()["treatments"].order
        found: list[PageSection] = []
        for one in self.sections(*kinds):
            if treatments and block_kinds()[one.kind].order > place:
                found.append(treatments)
                treatments = None
            found.append(one)
        return [*found, treatments] if treatments else found

    def treatments(self) -> PageSection | None:
        """The treatments under their true categories."""
        categories = treatment_categories()
        order = list(categories)
        blocks = sorted(
            (one for one in self.guide.of_kind("treatments") if one.category in categories),
            key=lambda one: order.index(one.category),
        )
        children = [found for one in blocks if (found := self.section(one))]
        if not children:
            return None
        heading = block_kinds()["treatments"].headings[self.guide.language]
        return PageSection("treatments", "treatments", heading, "", children=tuple(children))

    def abstract_of(self, other: Guide) -> str:
        """The abstract of another language's version, its citations numbered as on this page."""
        shown = Page(other.language, self)
        block = other.block("abstract")
        parts = block.parts_for(self.prefs.audience) if block else ()
        return "".join(render_part(one, shown) for one in parts)

    def names(self) -> list[str]:
        """Other names, as plain text."""
        block = self.guide.block("also-called")
        return [
            one.text for part in (block.parts if block else ()) for one in statements(part, "en")
        ]

    @property
    def title(self) -> str:
        """The title of the view."""
        patient = self.prefs.audience is Audience.PATIENT
        return self.guide.plain_title if patient else self.guide.title

    @property
    def review(self) -> Review:
        """The review state today."""
        return self.site.review(self.edition, self.guide.language, str(self.prefs.audience))

    def why(self) -> list[tuple[Reason, Reference | None]]:
        """Why it is not approved, each with the source that it tells of, as it stands today."""
        return [(one, self._source(one.source)) for one in self.review.reasons]

    def _source(self, source: str) -> Reference | None:
        try:
            return reference(self.site.library, 0, source, "") if source else None
        except UnknownNameError:
            return None

    def minutes(self) -> int:
        """The estimated reading time in minutes, at 200 words a minute, at least 1."""
        text = " ".join(
            part.source
            for block in self.guide.blocks
            if block.kind not in VISIT
            for part in block.parts_for(self.prefs.audience)
        )
        return max(1, round(len(text.split()) / WORDS_PER_MINUTE))


@cache
def _words(language: str) -> dict[str, Word]:
    return {one.id: one for one in Glossary.load(language).words}
