from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.vocabulary.fold import WORD, bangla_stems, fold, form, key


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumour", "Tumor"),
        ("oedema", "edema"),
        ("haemorrhages", "hemorrhage"),
        ("leukaemia", "leukemia"),
        ("paediatric", "pediatric"),
        ("diarrhoea", "diarrhea"),
        ("hospitalisation", "hospitalization"),
        ("grey matter", "gray matter"),
        ("metastases", "metastasis"),
        ("biopsies", "biopsy"),
        ("headaches", "headache"),
        ("tumores cerebrales", "tumor cerebral"),
        ("LESIONES", "lesión"),
        ("Crohn’s disease", "Crohn disease"),
        ("leptomeningeal-enhancement", "leptomeningeal enhancement"),
        ("cáncer", "cancer"),
        ("চাঁদ", "চাদ"),
        ("রোগী\u09df", "রোগী\u09af\u09bc"),
    ],
)
def test_spellings_and_numbers_meet(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("test", "testis"), ("test", "testes"), ("car", "care"), ("rat", "rate"), ("virus", "viru"),
     ("toes", "tes"), ("জ্বর", "জ্ব"), ("abscess", "absces")],
)  # fmt: skip
def test_unlike_words_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_bangla_word_is_whole() -> None:
    assert WORD.findall("সাপের পা, পায়ে।") == ["সাপের", "পা", "পায়ে"]


def test_bangla_endings_come_off_the_longest_first() -> None:
    assert bangla_stems("টিউমারগুলোর")[0] == "টিউমার"
    assert "মাথা" not in bangla_stems("মা")
    assert bangla_stems("tumours") == ()
