from __future__ import annotations

import pytest

from piamater.answers.question import read_as_heading, types, understand


@pytest.mark.parametrize(
    ("text", "type_", "focus"),
    [
        ("What is (are) Paget's Disease of Bone ?", "definition", "Paget's Disease of Bone"),
        ("What are the symptoms of Usher syndrome type 2 ?", "symptoms", "Usher syndrome type 2"),
        (
            "What are the rare causes of leptomeningeal enhancement?",
            "causes",
            "leptomeningeal enhancement",
        ),
        ("What causes urachal cyst?", "causes", "urachal cyst"),
        ("How is neurosarcoidosis treated?", "treatment", "neurosarcoidosis"),
        ("What are the treatments for Lung Cancer ?", "treatment", "Lung Cancer"),
        ("How to diagnose Bursitis ?", "tests", "Bursitis"),
        ("How is leptomeningeal metastasis diagnosed?", "tests", "leptomeningeal metastasis"),
        ("How many people are affected by Timothy syndrome ?", "frequency", "Timothy syndrome"),
        ("How common are leptomeningeal metastases?", "frequency", "leptomeningeal metastases"),
        ("Is Griscelli syndrome inherited ?", "inheritance", "Griscelli syndrome"),
        ("What are the genetic changes related to Lowe syndrome ?", "inheritance", "Lowe syndrome"),
        ("Who is at risk for Gallstones? ?", "risk", "Gallstones"),
        ("What is the outlook for Autism ?", "outlook", "Autism"),
        ("How to prevent Rubella ?", "prevention", "Rubella"),
        ("What are the side effects of methotrexate?", "side-effects", "methotrexate"),
        (
            "What is the differential diagnosis of neuroleukemiosis?",
            "differential",
            "neuroleukemiosis",
        ),
        ("What is methotrexate used for?", "medicine", "methotrexate"),
        ("¿Qué es la meningitis?", "definition", "meningitis"),
        ("¿Cuáles son los síntomas de la meningitis?", "symptoms", "meningitis"),
        ("¿Cómo se trata la neurosarcoidosis?", "treatment", "neurosarcoidosis"),
        ("মেনিনজাইটিস এর লক্ষণ কী?", "symptoms", "মেনিনজাইটিস"),
        ("লাম্বার পাংচার কী?", "definition", "লাম্বার পাংচার"),
        (
            "Does aspirin reduce the risk of stroke in women?",
            "yes-no",
            "aspirin reduce the risk of stroke in women",
        ),
    ],
)
def test_type_and_focus(text: str, type_: str, focus: str) -> None:
    question = understand(text)
    assert (question.type.name, question.focus) == (type_, focus)


def test_a_comparison_has_two_foci() -> None:
    question = understand(
        "What is the difference between viral meningitis and bacterial meningitis?"
    )
    assert question.type.name == "comparison"
    assert question.foci == ("viral meningitis", "bacterial meningitis")


def test_rare_and_common_are_told_apart() -> None:
    assert understand("What are the rare causes of meningitis?").modifier == "rare"
    assert understand("What are the common causes of meningitis?").modifier == "common"
    assert understand("What are the causes of meningitis?").modifier == ""


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("Why does my head hurt?", "patient"),
        (
            "What is the differential of leptomeningeal enhancement in patients with sarcoidosis?",
            "clinician",
        ),
        ("What is meningitis?", "patient"),
    ],
)
def test_reader_level(text: str, reader: str) -> None:
    assert understand(text).reader == reader


@pytest.mark.parametrize(
    ("heading", "type_", "subject"),
    [
        ("Symptoms of Leptomeningeal Cancer:", "symptoms", "Leptomeningeal Cancer"),
        (
            "What are the symptoms of Paget's Disease of Bone ?",
            "symptoms",
            "Paget's Disease of Bone",
        ),
        (
            "Diagnostic Tests for Leptomeningeal Neurosarcoidosis",
            "tests",
            "Leptomeningeal Neurosarcoidosis",
        ),
        ("Tratamiento", "treatment", ""),
        ("লক্ষণ", "symptoms", ""),
        ("Limits of the evidence", "limits", ""),
    ],
)
def test_headings_are_read_the_same_way(heading: str, type_: str, subject: str) -> None:
    kinds, about = read_as_heading(heading)
    assert type_ in kinds
    if subject:
        assert about == subject


def test_every_type_says_where_it_comes_from() -> None:
    import tomllib
    from importlib.resources import files

    text = (files("piamater.answers") / "data" / "question_types.toml").read_text("utf-8")
    for name, entry in tomllib.loads(text).items():
        assert entry["source"], name
        assert entry["date"], name
        assert set(entry["again"]) == {"en", "es", "bn"}, name
    assert "general" in types()
