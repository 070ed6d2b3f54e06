"""ST016: a title that names what the page does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import fold

TYPES = frozenset({"disease", "cancer", "drug", "test", "procedure", "symptom", "danger-sign"})
_GENERIC = frozenset(
    {
        "disease",
        "diseases",
        "syndrome",
        "disorder",
        "cancers",
        "infection",
        "enfermedad",
        "sindrome",
    }
)
WORD = 5
"""Letters of a word of the title that stands for it in the text."""
LEAST = 4
"""Passages that speak of a concept, which a page must have before its silence tells anything."""


def check(page: Page) -> Iterator[Hit]:
    """None of the title's concepts, nor one next to them, is spoken of in the page's content."""
    known = vocabulary()
    titled = [one for one in page.topic if (concept := known.get(one)) and concept.type in TYPES]
    if not titled or page.form != "page" or page.type == "question":
        return  # an answer need not say the question's words again
    family = set(titled)
    for one in titled:
        family |= known.ancestors(one) | known.descendants(one) | set(known.same_as(one))
    words = {word for one in titled for word in _words(page, one)} | _telling(page.title)
    speaking = 0
    spoken: dict[str, int] = {}
    for passage in page.document.passages:
        if passage.mark in (Mark.REFERENCE, Mark.DAMAGE):
            continue
        concepts = {one.concept for one in page.mentions(passage)}
        if concepts & family:
            return
        speaking += bool(concepts)
        for one in concepts:
            if (concept := known.get(one)) and concept.type in TYPES:
                spoken[one] = spoken.get(one, 0) + 1
    body = folded(page)[len(page.title) :]
    if speaking < LEAST or not spoken or any(word in body for word in words):
        return
    if _has_initials(page.title, page.text[len(page.title) :]):
        return
    most = max(spoken, key=lambda one: spoken[one])
    label = known.get(most)
    yield Hit(
        0,
        len(page.title) if page.text.startswith(page.title) else 0,
        f'the title "{page.title[:80]}" is not spoken of; the page speaks of '
        f"{label.label(page.language) if label else most}",
        "give the page the title of what it says, or the text of what the title says",
    )


def _telling(title: str) -> set[str]:
    """The beginnings of the title's own long words, but for those that any title may have."""
    words = re.findall(r"[^\W\d_]{5,}", fold(title))
    return {one[:7] for one in words if not _ANY_TITLE.match(one)}


_ANY_TITLE = re.compile(
    r"disease|syndrome|disorder|cancer|tumou?r|infection|treat|therap|medicin|symptom|sign|cause"
    r"|diagnos|prevent|outlook|research|clinical|trial|genetic|change|relate|risk|what|which|where"
    r"|guide|living|about|type|adult|child|people|patient|inform|common|question|inherit"
    r"|enfermedad|sindrome|tratamient|sintoma|causa|vivir|sobre|adultos|ninos"
)


def _has_initials(title: str, body: str) -> bool:
    """Whether the body speaks of the title by its initials: PSP, (OHF)."""
    if any(re.search(rf"\b{one}\b", body) for one in re.findall(r"\(([A-Z]{2,6})\)", title)):
        return True
    initials = [one[0].upper() for one in re.findall(r"[^\W\d_]{3,}", title.replace("-", " "))]
    short = set(re.findall(r"\b[A-Z]{3,6}\b", body))
    whole = "".join(initials)
    return any(one in whole for one in short)


def _words(page: Page, concept: str) -> set[str]:
    """Long words of a concept's terms in the language of the page, folded."""
    found = vocabulary().get(concept)
    if found is None:
        return set()
    terms = [one.text for one in found.terms if one.language == page.language]
    return {word for one in terms for word in fold(one).split() if len(word) >= WORD} - _GENERIC


RULE = Rule(
    "ST016",
    "title-off-topic",
    Severity.WARNING,
    "The title names what the page does not speak of.",
    "A reader who searched for the title is told about something else, and may act on it.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example(
        "# Bacterial meningitis\n\n"
        + "".join(
            f"Ibuprofen relieves {one}.\n\n"
            for one in ("migraine", "back pain", "toothache", "fever", "gout", "cramps", "headache")
        )
    ),
    Example(
        "# Bacterial meningitis\n\nBacterial meningitis is serious.\n\n"
        + "".join(
            f"Ibuprofen relieves {one}.\n\n"
            for one in ("migraine", "back pain", "toothache", "fever", "gout", "cramps", "headache")
        )
    ),
    page=check,
)
