"""SF005: danger signs inside something that a reader must open first."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import Box, boxes
from piamater.checks.sf.hidden import hidden_spans


def check(page: Page) -> Iterator[Hit]:
    """Pages all of whose emergency boxes are folded away."""
    found = [one for one in boxes(page) if one.emergency]
    if not found:
        return
    spans = (*page.folded, *hidden_spans(page))
    if not spans or not all(_folded(spans, one) for one in found):
        return
    one = found[0]
    yield Hit(
        one.start,
        one.passages[0].end,
        "the danger signs are folded away: a reader sees them only after a click",
        "show the danger signs in the open, first on the page",
    )


def _folded(spans: tuple[tuple[int, int], ...], box: Box) -> bool:
    at = box.passages[0]
    return any(start <= at.start and at.end <= end for start, end in spans)


RULE = Rule(
    "SF005",
    "danger-signs-folded",
    Severity.ERROR,
    "The danger signs are inside something that the reader must open.",
    "What is folded away is for the few; who does not open it never learns what is urgent.",
    "NHS inform style guide: details are for content that only a minority needs, "
    "https://www.nhsinform.scot/style-guide/components/",
    Example(
        "<html lang='en'><body><main><h1>Brain tumour</h1><p>A tumour is a growth of cells in "
        "the brain.</p><details><summary>When to get help</summary><p>Call 112 if there is a "
        "seizure or new confusion.</p></details></main></body></html>",
        "page.html",
    ),
    Example(
        "<html lang='en'><body><main><h1>Brain tumour</h1><h2>When to get help</h2><p>Call 112 if "
        "there is a seizure or new confusion.</p><details><summary>More</summary><p>A tumour is a "
        "growth of cells in the brain.</p></details></main></body></html>",
        "page.html",
    ),
    page=check,
)
