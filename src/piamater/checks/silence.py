"""Silence: the comments of a page that keep rules quiet, and the findings that they are about.

A comment holds for the one block (paragraph, item, row or heading) that is written behind it, or,
with ``ignore-page``, for the whole page. What it holds for is found by its place in the original,
never by words that may stand elsewhere too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page, Suppression
from piamater.checks.places import Places
from piamater.checks.remembered import remembered
from piamater.checks.rule import Finding

_COMMENT = re.compile(
    r"<!--[ \t]*piamater:(?P<html>.{0,500}?)-->|\{#[ \t]*piamater:(?P<template>.{0,500}?)#\}"
    r"|(?://|%)[ \t]*piamater:(?P<line>[ \t]*ignore.{0,500})$",
    re.MULTILINE,
)
_SAID = re.compile(
    r"\s*(?P<scope>[\w-]+)[ \t]*(?P<rules>[A-Za-z]\w*(?:[ \t]*,[ \t]*[A-Za-z]\w*)*)?"
    r"\s*(?:[-–—:(]\s*(?P<reason>.*?)\)?)?\s*$"
)
_FAR = 40
"""Letters that may stand between a comment and its block though no reader of the format gives
them: the marks of a list, the name of a field.
"""


def suppressions(raw: str) -> Iterator[Suppression]:
    """The comments of an original, in order."""
    for match in _COMMENT.finditer(raw):
        written = " ".join(next(one for one in match.groups() if one is not None).split())
        said = _SAID.match(written)
        scope = said["scope"] if said else ""
        rules = re.split(r"\s*,\s*", said["rules"].upper()) if said and said["rules"] else []
        yield Suppression(
            tuple(rules) if scope in ("ignore", "ignore-page") else (),
            ((said["reason"] or "") if said else "").strip(),
            scope == "ignore-page",
            match.start(),
            match.end(),
            written,
        )


def silenced_by(page: Page, finding: Finding) -> Suppression | None:
    """The comment that silences a finding; none where no comment does."""
    for one, span in zip(page.suppressions, _spans(page), strict=True):
        if holds_for(one, span, finding):
            return one
    return None


def holds_for(one: Suppression, span: tuple[int, int] | None, finding: Finding) -> bool:
    """Whether a comment that is about a span of the text (none: about nothing) is about a
    finding: one that begins in its block and does not end before it.
    """
    if not any(finding.rule.startswith(rule) for rule in one.rules):
        return False
    if one.whole:
        return True
    inside = span is not None and span[0] <= finding.start < span[1]
    return inside and finding.end > finding.start


def spans(page: Page) -> tuple[tuple[int, int] | None, ...]:
    """For each comment of a page the span of the text of the block behind it; none for those of
    the whole page, and where no block is.
    """
    return _spans(page)


@remembered
def _spans(page: Page) -> tuple[tuple[int, int] | None, ...]:
    if all(one.whole for one in page.suppressions):
        return tuple(None for _ in page.suppressions)
    places = Places(page)
    found: list[tuple[int, int] | None] = []
    behind: tuple[Suppression, tuple[int, int] | None] | None = None
    for one in reversed(page.suppressions):
        block = _block(page, places, one, behind)
        behind = one, block
        found.append(None if one.whole else block)
    return tuple(reversed(found))


def _block(
    page: Page,
    places: Places,
    one: Suppression,
    following: tuple[Suppression, tuple[int, int] | None] | None,
) -> tuple[int, int] | None:
    """The block that is written behind a comment, or that the comment stands in; where the next
    comment comes first, that comment's.
    """
    found = places.behind(one.end)
    if found is None:
        return None
    if following is not None and following[0].start <= found[1]:
        near = places.letters(one.end, following[0].start) <= _FAR
        return following[1] if near else None
    if places.letters(one.end, found[1]) > _FAR:
        return None
    end = page.text.find("\n", found[0])
    return page.text.rfind("\n", 0, found[0]) + 1, len(page.text) if end < 0 else end


__all__ = ["holds_for", "silenced_by", "spans", "suppressions"]
