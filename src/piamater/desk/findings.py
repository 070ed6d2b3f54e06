"""Findings: what the linter and the checks say of a page's text, as it is now."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from piamater.desk.mirror import original_of, parsed
from piamater.desk.models import GuidePage
from piamater.desk.shelf import library, reviews
from piamater.errors import PiamaterError
from piamater.guides import Guide, library_texts, lint_guide
from piamater.text.document import Origin

ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: an ``error`` keeps a guide back, a ``warning`` wants a word.

    ``block`` is the number of the block that it is in, from 0; -1 where it is in none. ``field``
    is the block's field: ``both``, ``patient`` or ``clinical``; empty for the block as a whole.
    """

    rule: str
    severity: str
    message: str
    quote: str = ""
    suggestion: str = ""
    line: int = 0
    block: int = -1
    field: str = ""


def findings(page: GuidePage) -> list[Found]:
    """All findings of a page, errors first."""
    try:
        text = page.text
        guide = parsed(page, text)
    except PiamaterError as error:
        return [Found("format", "error", str(error))]
    original = original_of(page)
    found = [
        Found(one.rule, one.severity, one.message, line=one.line)
        for one in lint_guide(
            guide, library_texts(library()), original=original, known=reviews().guides.ids()
        )
    ]
    found += _checked(guide)
    placed = [_placed(one, guide, page) for one in found]
    return sorted(placed, key=lambda one: ORDER.get(one.severity, 3))


def summary(found: list[Found]) -> str:
    """How many findings there are, in words."""
    counts = Counter(one.severity for one in found)
    some = [
        f"{counts[key]} {name if counts[key] == 1 else name + 's'}"
        for key, name in (("error", "error"), ("warning", "warning"), ("info", "remark"))
        if counts[key]
    ]
    return ", ".join(some) if some else "Nothing is found."


def _placed(one: Found, guide: Guide, page: GuidePage) -> Found:
    """A finding with the block and the field that its line is in."""
    starts = [block.line for block in guide.blocks]
    lines = [guide.cites[label].line for label in guide.own_labels]
    tail = min((line for line in lines if starts and line > starts[-1]), default=one.line + 1)
    if not starts or not starts[0] <= one.line < tail:
        return one
    number = bisect_right(starts, one.line) - 1
    if number >= len(page.body):
        return one
    parts = [part for part in guide.blocks[number].parts if part.line <= one.line]
    field = str(parts[-1].audience) if parts else ""
    if field and not page.body[number].value[field]:  # all of it stands in the field for both
        field = "both"
    return replace(one, block=number, field=field)


def _checked(guide: Guide) -> list[Found]:
    from piamater.checks import check_page, page_from_guide

    page = page_from_guide(guide, library=library())
    return [
        Found(
            one.rule,
            str(one.severity),
            one.message,
            one.quote,
            one.suggestion,
            _line(page.document.origins, one.start),
        )
        for one in check_page(page).findings
    ]


def _line(origins: Sequence[Origin], start: int) -> int:
    """The line of the guide's file that an offset of the checked text comes from; 0 for none."""
    for one in origins:
        if one.start <= start < one.end and one.locator.startswith("line "):
            return int(one.locator.removeprefix("line "))
    return 0
