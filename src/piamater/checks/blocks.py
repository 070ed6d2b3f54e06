"""Blocks: the paragraphs, items, rows and headings of a page, as its text writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.text import Form, Mark, Passage
from piamater.vocabulary.fold import fold


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text without a line break.

    ``passages`` are the sentences in it; a heading has none. ``section`` indexes the
    document's sections.
    """

    start: int
    end: int
    text: str
    section: int
    heading: bool
    passages: tuple[Passage, ...]

    @property
    def form(self) -> Form | None:
        """The form of its first passage; none for a heading."""
        return self.passages[0].form if self.passages else None

    @property
    def mark(self) -> Mark:
        """The mark of its first passage; furniture where it has none."""
        return self.passages[0].mark if self.passages else Mark.FURNITURE

    @property
    def language(self) -> str:
        """The language of its first passage; empty where it has none."""
        return self.passages[0].language if self.passages else ""


@remembered
def blocks(page: Page) -> tuple[Block, ...]:
    """The blocks of a page, in order."""
    starts = {one.start: index for index, one in enumerate(page.document.sections) if one.path}
    passages = sorted(page.document.passages, key=lambda one: one.start)
    out: list[Block] = []
    at = number = section = 0
    for line in page.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        inside: list[Passage] = []
        while number < len(passages) and passages[number].start < end:
            inside.append(passages[number])
            number += 1
        heading = start in starts and not inside
        section = starts[start] if heading else inside[0].section if inside else section
        out.append(Block(start, end, line, section, heading, tuple(inside)))
    return tuple(out)


@remembered
def folded(page: Page) -> str:
    """The page's text in small letters without accents, as long as the text itself."""
    return fold(page.text)


def shown(page: Page, *forms: Form) -> Iterator[Passage]:
    """The passages that readers are meant to read, the site's own words among them.

    References and what a template damaged are left out; of these forms, or of all.
    """
    for one in page.document.passages:
        if one.mark in (Mark.CONTENT, Mark.FURNITURE) and (not forms or one.form in forms):
            yield one
