"""Lists: the lists of a page, each with the sentence that stands before it."""

from __future__ import annotations

from dataclasses import dataclass

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.text import Form, Mark, Passage


@dataclass(frozen=True, slots=True)
class Run:
    """A list: its items (their first sentences), and the sentence that leads them, or none."""

    items: tuple[Passage, ...]
    lead: Passage | None

    @property
    def language(self) -> str:
        """The language of its first item."""
        return self.items[0].language


@remembered
def runs(page: Page) -> tuple[Run, ...]:
    """The lists of a page, reference lists apart, in order."""
    out: list[Run] = []
    items: list[Passage] = []
    before: Passage | None = None
    lead: Passage | None = None
    for block in blocks(page):
        if block.form is Form.ITEM and block.mark is not Mark.REFERENCE:
            if not items:
                lead = before
            items.append(block.passages[0])
            continue
        if items:
            out.append(Run(tuple(items), lead))
            items = []
        before = block.passages[-1] if block.form is Form.SENTENCE else None
    if items:
        out.append(Run(tuple(items), lead))
    return tuple(out)
