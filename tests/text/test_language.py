from __future__ import annotations

import subprocess
import sys
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


QUESTIONS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "questions.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_questions_as_people_put_them(language: str, question: str) -> None:
    found = identify_question(question)
    assert found == language or (language == "en" and found == "und")


def test_plain_english_and_spanish_need_no_model() -> None:
    code = (
        "import sys; from piamater.text import identify, identify_question as ask;"
        "identify('The disease is rare and it affects the nerves of the limbs.', 'es');"
        "identify('La enfermedad es rara y afecta a los nervios de la pierna.');"
        "ask('Leptomeningeal enhancement?'); ask('causas de meningitis');"
        "print('py3langid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


def test_a_long_text_in_another_language_is_named() -> None:
    text = (
        "Die Patientin wurde nach der Operation mit einer Chemotherapie behandelt, und die "
        "Symptome haben sich nach wenigen Wochen deutlich gebessert."
    )
    assert identify(text, "en") == "de"


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("Carcinoma de mama", "es"),
        ("Sarcoidosis: granulomas, no necrosis.", "en"),
        ("Sjögren, Guillain-Barré and Ménière disease", "en"),
    ],
)
def test_what_the_source_declares_stands(text: str, declared: str) -> None:
    assert identify(text, declared) == declared


def test_latin_terms_do_not_hide_a_script() -> None:
    assert identify("ফুসফুসের সংক্রমণ (lower respiratory tract)") == "bn"


def test_case_reports_in_spanish(data: Callable[[str], Path]) -> None:
    files = sorted(data("spaccc").rglob("*.txt"))[:40]
    lines = [
        line for one in files for line in one.read_text("utf-8").splitlines() if len(line) > 80
    ]
    assert len(lines) >= 40
    assert sum(identify(line, "en") == "es" for line in lines) / len(lines) > 0.97
