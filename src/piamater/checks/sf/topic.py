"""Topics: which family of conditions a page is about."""

from __future__ import annotations

from collections.abc import Iterable

from piamater.checks.page import Page, vocabulary

_WHAT = frozenset({"disease", "cancer", "drug", "symptom", "sign", "procedure", "test"})


def lineage(concepts: Iterable[str]) -> frozenset[str]:
    """Concepts with all that is above them."""
    known = vocabulary()
    some = tuple(concepts)
    return frozenset(some) | frozenset(up for one in some for up in known.ancestors(one))


def known_topic(page: Page) -> frozenset[str]:
    """The topic of a page with all above it, where the title names a medical concept; or empty."""
    known = vocabulary()
    some = [
        one
        for one in page.topic
        if (concept := known.get(one)) is not None and concept.type in _WHAT
    ]
    return lineage(some)
