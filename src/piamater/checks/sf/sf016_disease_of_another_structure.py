"""SF016: a disease listed among those of a structure that it does not belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import data, holding, pattern
from piamater.text import Form
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Lists that a heading, lead or sentence gives for a structure, with another's disease."""
    passages = page.document.passages
    for one, said in holding(page, _any()):
        path = " ".join(page.section(one).path[-1:])
        lead = page.said(passages[one.lead]) if one.lead >= 0 else ""
        context = fold(f"{path}\n{lead}") if one.form in (Form.ITEM, Form.ROW) else ""
        for structure, words, concedes, diseases in _structures():
            listed = (words.search(said) and _lists().search(said)) or (
                words.search(context) and _lists().search(context)
            )
            if not listed or concedes.search(said) or concedes.search(fold(lead)):
                continue
            for name, names, of, source in diseases:
                match = names.search(said)
                if match:
                    yield Hit(
                        one.start + match.start(),
                        one.start + match.end(),
                        f"{name} is a disease of {of}, and is listed here among those of "
                        f"{structure} ({source})",
                        f"take it out, or say that it is of {of} and looks different",
                    )


_Disease = tuple[str, re.Pattern[str], str, str]
_Structure = tuple[str, re.Pattern[str], re.Pattern[str], tuple[_Disease, ...]]


@cache
def _structures() -> tuple[_Structure, ...]:
    return tuple(
        (
            one["name"],
            pattern(one["words"]),
            pattern(one["concedes"]),
            tuple(
                (each["disease"], pattern(each["words"]), each["of"], each["source"])
                for each in one["not"]
            ),
        )
        for one in data("anatomy")["structure"]
    )


@cache
def _any() -> re.Pattern[str]:
    words = [
        word
        for one in data("anatomy")["structure"]
        for each in one["not"]
        for word in each["words"]
    ]
    return pattern(words)


@cache
def _lists() -> re.Pattern[str]:
    return pattern(data("anatomy")["lists"])


RULE = Rule(
    "SF016",
    "disease-of-another-structure",
    Severity.WARNING,
    "A disease is listed among those of a structure to which it does not belong.",
    "The dura and the leptomeninges enhance differently and for different causes: mixing them "
    "misleads the search for the cause.",
    "Radiopaedia, hypertrophic pachymeningitis, https://radiopaedia.org/articles/hypertrophic-pachymeningitis",
    Example(
        "# Leptomeningeal enhancement\n\n## Causes\n\nLeptomeningeal enhancement has rare causes, "
        "including neurosarcoidosis and hypertrophic pachymeningitis.\n"
    ),
    Example(
        "# Leptomeningeal enhancement\n\n## Causes\n\nLeptomeningeal enhancement has rare causes, "
        "including neurosarcoidosis. Hypertrophic pachymeningitis is of the dura.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="1 read of 1: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
