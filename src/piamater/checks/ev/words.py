"""Words of a page for the evidence rules: folded once, and the passage that stands at a place."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from piamater.checks.page import Page
from piamater.text import Document, Passage
from piamater.vocabulary.fold import fold


@lru_cache(maxsize=8)
def folded(text: str) -> str:
    """A text in small letters without accents, just as long."""
    return fold(text)


@lru_cache(maxsize=8)
def _starts(passages: tuple[Passage, ...]) -> list[int]:
    return [one.start for one in passages]


def passage_at(page: Page, offset: int) -> Passage | None:
    """The passage that covers an offset; none between passages."""
    document: Document = page.document
    at = bisect_right(_starts(document.passages), offset) - 1
    found = document.passages[at] if at >= 0 else None
    return found if found is not None and offset < found.end else None
