"""PL010: a paragraph that is too long for patients."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, patient_passages
from piamater.text import Form, Passage

_MOST = 150.0


def check(page: Page) -> Iterator[Hit]:
    """Paragraphs with more words than the limit."""
    limit = page.settings.option("PL010", "words", _MOST)
    for first, last in _paragraphs(page):
        words = len(page.text[first.start : last.end].split())
        if words > limit and first is not last:
            yield Hit(
                first.start,
                last.end,
                f"this paragraph has {words} words; more than {limit:g} are hard to take in",
                "break it where the subject changes, with a heading or as a list",
            )


def _paragraphs(page: Page) -> Iterator[tuple[Passage, Passage]]:
    """The first and the last sentence of each paragraph: those with no line's end between them."""
    block, before = 0, -1
    numbered = []
    for one in patient_passages(page, *SHOWN):
        if one.form is Form.SENTENCE:
            block += before < 0 or "\n" in page.text[before : one.start]
            before = one.end
            numbered.append((block, one))
    for _, some in groupby(numbered, key=lambda pair: pair[0]):
        passages = [one for _, one in some]
        yield passages[0], passages[-1]


RULE = Rule(
    "PL010",
    "paragraph-too-long",
    Severity.INFO,
    "A paragraph for patients is too long.",
    "A wall of text is skipped; short paragraphs, headings and lists are read.",
    "Federal Plain Language Guidelines, write short paragraphs, "
    "https://docslib.org/doc/13911711/I-Thinking-About-Your-Audience",
    Example(
        "---\nkind: patient-information\n---\n# Seizures\n\n"
        + "Most seizures stop by themselves within a few minutes and need no medicine. " * 14
        + "\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Seizures\n\n"
        + "Most seizures stop by themselves within a few minutes and need no medicine.\n\n" * 14
    ),
    page=check,
    precision=0.95,
    reviewed="42 findings on MedQuAD and PDQ patient pages; some pages lost their line breaks "
    "before",
    options=(("words", _MOST, "most words of a paragraph"),),
)
