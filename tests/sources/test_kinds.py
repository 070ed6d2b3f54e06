from __future__ import annotations

import pytest

from piamater.sources import Kind
from piamater.sources.kinds import guess_kind, speaks_to_patients


def guess(**said: object) -> tuple[Kind, str]:
    return guess_kind(**said, fallback=Kind.REFERENCE, why="nothing said")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Guideline for the management of meningitis", Kind.GUIDELINE),
        ("Steroids in meningitis: a systematic review and meta-analysis", Kind.SYSTEMATIC_REVIEW),
        ("A patient information leaflet and anxiety: a randomised trial", Kind.TRIAL),
        ("Neurosarcoidosis: a case report", Kind.CASE_REPORT),
        ("A retrospective cohort of 50 patients", Kind.COHORT),
        ("Migraine: an overview", Kind.NARRATIVE_REVIEW),
        ("Fatigue (PDQ®)–Patient Version", Kind.PATIENT_INFORMATION),
        ("Fatiga (PDQ®)–Versión para pacientes", Kind.PATIENT_INFORMATION),
        ("METHOTREXATE injection: highlights of prescribing information", Kind.DRUG_LABEL),
        ("Meningitis", Kind.REFERENCE),
    ],
)
def test_by_title(title: str, kind: Kind) -> None:
    found, why = guess(title=title)
    assert found is kind
    assert why


def test_publication_types_come_first() -> None:
    found = guess(types=["Journal Article", "Randomized Controlled Trial"], title="A case report")
    assert found == (Kind.TRIAL, "publication type 'Randomized Controlled Trial'")


def test_by_address() -> None:
    found = guess(title="Meningitis", url="https://www.nhs.uk/conditions/meningitis/")
    assert found == (Kind.PATIENT_INFORMATION, "the address holds 'nhs.uk/conditions/'")
    assert guess(url="https://www.nice.org.uk/guidance/ng240")[0] is Kind.GUIDELINE


def test_by_the_opening_words_only() -> None:
    words = "We present the case of a man with headache."
    assert guess(text=words)[0] is Kind.CASE_REPORT
    assert guess(text=" " * 7_000 + words) == (Kind.REFERENCE, "nothing said")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask your doctor.", "your doctor"),
        ("Hable con su médico.", "Hable con su"),
        ("আপনার ডাক্তার জানেন।", "আপনার ডাক্তার"),
        ("The doctor asked the patient.", ""),
    ],
)
def test_who_is_spoken_to(text: str, words: str) -> None:
    assert speaks_to_patients(text) == words
