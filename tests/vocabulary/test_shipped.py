"""The vocabulary that comes with the package keeps its own promises."""

from __future__ import annotations

import unicodedata

from piamater.vocabulary import Vocabulary
from piamater.vocabulary.tsv import ConceptFile, lint
from piamater.vocabulary.vocabulary import SHIPPED, shipped_files

TYPES = {
    "disease", "symptom", "sign", "test", "drug", "procedure", "anatomy", "cancer", "organism",
    "danger-sign", "population", "care", "finding", "substance",
}  # fmt: skip


def test_it_has_no_fault() -> None:
    assert lint([ConceptFile(path, SHIPPED) for path in shipped_files()]) == []


def test_it_is_as_large_as_promised() -> None:
    assert len(Vocabulary.load()) >= 600


def test_types_are_known_and_texts_composed() -> None:
    for one in Vocabulary.load():
        assert one.type in TYPES, one.id
        for term in one.terms:
            assert unicodedata.is_normalized("NFC", term.text), (one.id, term.text)


def test_every_preferred_label_is_found_in_a_text() -> None:
    vocabulary = Vocabulary.load()
    for one in vocabulary:
        for language in ("en", "es", "bn"):
            label = one.label(language)
            assert one.id in vocabulary.concept_ids(f"({label})", language), (one.id, label)
