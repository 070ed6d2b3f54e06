"""Findings: what the linter and the checks say of a page's text, as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from piamater.desk.mirror import original_of, parsed
from piamater.desk.models import GuidePage
from piamater.desk.shelf import library, reviews
from piamater.errors import PiamaterError
from piamater.guides import Guide, library_texts, lint_guide

ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: an ``error`` keeps a guide back, a ``warning`` wants a word."""

    rule: str
    severity: str
    message: str
    quote: str = ""
    suggestion: str = ""
    line: int = 0


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
    return sorted(found, key=lambda one: ORDER.get(one.severity, 3))


def _checked(guide: Guide) -> list[Found]:
    from piamater.checks import check_page, page_from_guide

    page = page_from_guide(guide, library=library())
    return [
        Found(one.rule, str(one.severity), one.message, one.quote, one.suggestion)
        for one in check_page(page).findings
    ]
