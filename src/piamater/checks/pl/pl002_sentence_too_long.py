"""PL002: a sentence or list item that is too long for patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, language_of, patient_passages
from piamater.text import Form

_LIMITS = {"en": 30.0, "es": 30.0, "bn": 22.0}
_MUCH = 1.5
_WORD = re.compile(r"[^\W_][^\s]*")
_MARKER = re.compile(r"\[\d[\d,\s–-]*\]")
_GLUED = re.compile(r"[a-z)][.!?]\s?[A-Z][a-z]|[:?] [A-ZÁÉÍÓÚ][a-z]")


def check(page: Page) -> Iterator[Hit]:
    """Sentences and items with more words than the limit of their language."""
    for one in patient_passages(page, *SHOWN):
        if one.form not in (Form.SENTENCE, Form.ITEM) or one.end - one.start < 90:
            continue
        language = language_of(page, one)
        limit = page.settings.option("PL002", language, _LIMITS.get(language, 30.0))
        said = page.said(one)
        words = len(_WORD.findall(_MARKER.sub(" ", said)))
        if words > limit and not _GLUED.search(said):
            yield Hit(
                one.start,
                one.end,
                f"this {_FORMS[one.form]} has {words} words; more than {limit:g} are hard to "
                f"follow",
                "make two or more sentences of it, one thought each, or a list",
                Severity.WARNING if words > limit * _MUCH else None,
            )


_FORMS = {Form.SENTENCE: "sentence", Form.ITEM: "list item"}

RULE = Rule(
    "PL002",
    "sentence-too-long",
    Severity.INFO,
    "A sentence or list item for patients is too long.",
    "A reader who is ill or frightened loses the beginning of a long sentence before its end.",
    "Federal Plain Language Guidelines, write short sentences, "
    "http://ininet.org/federal-plain-language-guidelines.html?page=6",
    Example(
        "---\nkind: patient-information\n---\n# Lumbar puncture\n\nBefore the test the doctor will "
        "ask you to lie on your side with your knees drawn up towards your chest or to sit and "
        "lean forward over a table so that the bones of your lower back move apart and the needle "
        "can pass between them.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Lumbar puncture\n\nThe doctor will ask you to lie "
        "on your side with your knees drawn up. You may also sit and lean over a table.\n"
    ),
    page=check,
    precision=0.93,
    reviewed="30 of 887 findings in 701 MedQuAD answers; wrong: sentences that a converter ran "
    "together",
    options=tuple((name, value, f"most words ({name})") for name, value in _LIMITS.items()),
)
