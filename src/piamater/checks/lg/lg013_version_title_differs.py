"""LG013: the titles of two versions name different things, or different readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.lg.examples import TRANSLATION_ERRORS
from piamater.checks.lg.qualifiers import qualifiers
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_TYPES = frozenset({"disease", "cancer", "anatomy", "drug", "symptom", "test"})
_PLAIN = frozenset(
    {"cancer", "tumour", "tumor", "disease", "of", "the", "carcinoma", "malignant", "neoplasm",
     "syndrome", "a", "in", "and", "to", "with", "by", "for", "test", "pain", "growth", "cell"}
)  # fmt: skip
_READERS = {
    "patients": re.compile(r"\bpatients?\b|\bpacientes?\b|\bpublic\b|রোগী"),
    "professionals": re.compile(
        r"\bprofessionals?\b|\bclinicians?\b|\bdoctors\b|\bprofesional(?:es)?\b|\bmedicos\b|চিকিৎসক"
    ),
}


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Titles whose concepts, readers or qualifiers have no counterpart in the other."""
    if not original.title or not version.title:
        return
    missing = _uncovered(original, version)
    added = _uncovered(version, original)
    readers = [_readers(one.title) for one in (original, version)]
    told = []
    if missing and added:
        told.append(f"it speaks of {_labels(added)}, the original of {_labels(missing)}")
    if all(readers) and readers[0] != readers[1]:
        told.append(f"it is for {readers[1]}, the original for {readers[0]}")
    first = qualifiers(original.title, original.language)
    second = qualifiers(version.title, version.language)
    if first != second and not told:
        alone = ", ".join(sorted(first ^ second))
        told.append(f"only one of the two says “{alone}”")
    if told:
        start = version.text.find(version.title)
        end = start + len(version.title) if start >= 0 else 0
        yield Hit(
            max(0, start),
            end,
            f"the title differs from the original's “{original.title}”: {'; '.join(told)}",
            "give all versions of a page the same title, or do not call them versions",
        )


def _uncovered(one: Page, other: Page) -> list[str]:
    """The concepts of one title that share no word of their names with the other's."""
    heard = {word for each in _concepts(other) for word in _words(each)}
    return [each for each in _concepts(one) if (words := _words(each)) and not words & heard]


def _concepts(page: Page) -> list[str]:
    known = vocabulary()
    return [one for one in page.topic if (concept := known.get(one)) and concept.type in _TYPES]


def _words(concept: str) -> set[str]:
    known = vocabulary().get(concept)
    terms = [one.text for one in known.terms if one.language == "en"] if known else []
    return {word for one in terms for word in re.findall(r"[a-z]+", fold(one))} - _PLAIN


def _labels(concepts: list[str]) -> str:
    known = vocabulary()
    return ", ".join(found.label("en") if (found := known.get(one)) else one for one in concepts)


def _readers(title: str) -> str:
    low = fold(title)
    return next((name for name, pattern in reversed(_READERS.items()) if pattern.search(low)), "")


def _example(english: str, spanish: str) -> Example:
    return Example(
        f"# {english}\n\nIt is treated with doxycycline.\n",
        "page.en.md",
        (Example(f"# {spanish}\n\nSe trata con doxiciclina.\n", "page.es.md"),),
    )


RULE = Rule(
    "LG013",
    "version-title-differs",
    Severity.WARNING,
    "The title of a language version names another thing or other readers than the original's.",
    "Somebody who changes the language lands on a page about something else.",
    TRANSLATION_ERRORS,
    _example("Bacterial meningitis: for patients", "Linfoma cerebral: para pacientes"),
    _example("Bacterial meningitis: for patients", "Meningitis bacteriana: para pacientes"),
    versions=check,
    precision=1.0,
    reviewed=(
        "both findings on 28 pairs of PDQ summaries were read: childhood brain stem glioma "
        "against childhood tumours of the brain and spinal cord; none on the clean guides"
    ),
)
