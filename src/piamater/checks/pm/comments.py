"""What the rules on comments share: where a comment is shown, and how it is called."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page, Suppression
from piamater.checks.silence import spans

_LONGEST = 80


def comments(page: Page) -> Iterator[tuple[Suppression, tuple[int, int], str]]:
    """The comments of a page, each with the span of its block (of nothing where it is about the
    page, or no block is behind it) and with what it is called.
    """
    for one, span in zip(page.suppressions, spans(page), strict=True):
        line = page.raw.count("\n", 0, one.start) + 1
        said = one.said if len(one.said) <= _LONGEST else f"{one.said[:_LONGEST]}…"
        yield one, span or (0, 0), f"the comment in line {line} (piamater: {said})"
