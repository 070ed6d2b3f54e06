"""SF019: first aid that harms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.denied import denies, undenied
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import data, holding, pattern
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Acts of ``data/first_aid.toml`` that the page tells its reader to do."""
    title = fold(page.title)
    passages = page.document.passages
    for does, words, context, source in _acts():
        for one, said in holding(page, words):
            match = next(undenied(said, words, own=True, more=_denied()), None)
            if match is None:
                continue
            heading = fold(" ".join(page.section(one).path))
            lead = fold(page.said(passages[one.lead])) if one.lead >= 0 else ""
            if _warned().search(heading) or denies(lead):
                continue
            if context and not any(context.search(each) for each in (said, heading, lead, title)):
                continue
            yield Hit(
                one.start + match.start(),
                one.start + match.end(),
                f"this {does}, which does harm ({source})",
                "say instead what helps and what must not be done",
            )


_Act = tuple[str, re.Pattern[str], re.Pattern[str] | None, str]


@cache
def _acts() -> tuple[_Act, ...]:
    return tuple(
        (
            one["does"],
            pattern(one["words"]),
            pattern(one["context"]) if one["context"] else None,
            one["source"],
        )
        for one in data("first_aid")["act"]
    )


@cache
def _denied() -> re.Pattern[str]:
    return pattern(data("first_aid")["denied"])


@cache
def _warned() -> re.Pattern[str]:
    return pattern(data("first_aid")["headings"])


RULE = Rule(
    "SF019",
    "unsafe-first-aid",
    Severity.ERROR,
    "A page teaches first aid that harms.",
    "A spoon between the teeth in a seizure breaks teeth and stops no seizure.",
    "University of Texas Medical Branch, epilepsy and seizures, "
    "https://utmb.edu/utmbhealth/services/neurology/procedures-conditions/epilepsy-seizures/1000",
    Example("# Seizure\n\n## First aid\n\n- Put a spoon between the teeth.\n- Call 112.\n"),
    Example(
        "# Seizure\n\n## First aid\n\n- Put nothing into the mouth.\n- Never hold them down.\n"
    ),
    page=check,
)
