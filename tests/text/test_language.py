from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.text import identify, identify_question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The patient was treated with steroids.", "en"),
        ("La paciente fue tratada con esteroides.", "es"),
        ("রোগীকে স্টেরয়েড দেওয়া হয়।", "bn"),
        ("रोगी को बुखार है।", "hi"),
        ("المريض يعاني من الحمى", "ar"),
        ("У пациента жар", "ru"),
        ("12 %", "und"),
    ],
)
def test_identify(text: str, language: str) -> None:
    assert identify(text) == language


def test_a_short_text_falls_back() -> None:
    assert identify("Neurosarcoidosis", "es") == "es"
    assert identify("Neurosarcoidosis") == "und"


@pytest.mark.parametrize(
    "question",
    [
        "Leptomeningeal enhancement?",
        "Neurosarcoidosis",
        "MRI findings in tuberculous meningitis",
        "Carcinomatosis meningitis causes",
        "de novo AML relapse",
    ],
)
def test_medical_words_are_not_taken_for_another_language(question: str) -> None:
    assert identify_question(question) in ("en", "und")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Was ist Meningitis und wie ist die Behandlung?", "de"),
        ("Quels sont les symptômes de la méningite ?", "fr"),
        ("Quais são os sintomas da meningite?", "pt"),
        ("¿Qué es la meningitis?", "es"),
        ("मेनिन्जाइटिस क्या है?", "hi"),
        ("মেনিনজাইটিস কী?", "bn"),
    ],
)
def test_questions(question: str, language: str) -> None:
    assert identify_question(question) == language


def test_on_translated_sentences(data: Callable[[str], Path]) -> None:
    folder = data("tico19")
    for language in ("es", "bn"):
        lines = (folder / f"en-{language}.tsv").read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        long = [row for row in rows if len(row[1].split()) > 7]
        right = sum(identify(row[2]) == language for row in long)
        english = sum(identify(row[1]) == "en" for row in long)
        assert right / len(long) > 0.97, language
        assert english / len(long) > 0.97
