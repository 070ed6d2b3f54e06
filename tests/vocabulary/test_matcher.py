from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.vocabulary import Vocabulary
from tests.vocabulary.conftest import concept

VOCABULARY = Vocabulary(
    [
        concept("tumour", "tumour", "tumor", "টিউমার"),
        concept("brain-tumour", "brain tumour", "tumor cerebral", "মস্তিষ্কের টিউমার"),
        concept("brain", "brain", "cerebro", "মস্তিষ্ক"),
        concept("enhancement", "leptomeningeal enhancement", "realce leptomeníngeo"),
        concept("ms", "multiple sclerosis|MS", "esclerosis múltiple|EM"),
        concept("pet", "positron emission tomography|PET"),
        concept("aids", "AIDS"),
        concept("b12", "vitamin B12 deficiency"),
        concept("sle", "St. Louis encephalitis"),
        concept("acute-abdomen", "Abdomen, Acute"),
        concept("fever", "fever", "fiebre", "জ্বর|~jor"),
        concept("xray", "X-ray"),
        concept("foot", "foot", "pie", "পা"),
        concept("stop", "all|role|2019|of"),
        concept("necrosis", "tumour necrosis factor alpha"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.concept, text[one.start : one.end]) for one in VOCABULARY.match(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A brain tumor.", [("brain-tumour", "brain tumor")]),
        ("Brain tumours grew", [("brain-tumour", "Brain tumours")]),
        ("tumores cerebrales", [("brain-tumour", "tumores cerebrales")]),
        ("in the brain. Tumour", [("brain", "brain"), ("tumour", "Tumour")]),
        ("brain, tumour", [("brain", "brain"), ("tumour", "tumour")]),
        ("brain tumour necrosis factor alpha",
         [("brain", "brain"), ("necrosis", "tumour necrosis factor alpha")]),
        ("brainstem tumorous", []),
        ("leptomeningeal-enhancement", [("enhancement", "leptomeningeal-enhancement")]),
        ("REALCE LEPTOMENÍNGEO", [("enhancement", "REALCE LEPTOMENÍNGEO")]),
        ("MS and PET", [("ms", "MS"), ("pet", "PET")]),
        ("ms after, a pet that aids", []),
        ("two PETs and AIDS", [("pet", "PETs"), ("aids", "AIDS")]),
        ("vitamin-B12 deficiency", [("b12", "vitamin-B12 deficiency")]),
        ("St. Louis encephalitis", [("sle", "St. Louis encephalitis")]),
        ("Abdomen, acute", [("acute-abdomen", "Abdomen, acute")]),
        ("Xray, x-ray and X rays", [("xray", "Xray"), ("xray", "x-ray"), ("xray", "X rays")]),
        ("মস্তিষ্কের টিউমারে", [("brain-tumour", "মস্তিষ্কের টিউমারে")]),
        ("টিউমারগুলোর আকার", [("tumour", "টিউমারগুলোর")]),
        ("জ্বরের সময় jor", [("fever", "জ্বরের"), ("fever", "jor")]),
        ("সাপ", []),
        ("পা", [("foot", "পা")]),
        ("all of the role in 2019", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_found_where(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected
    assert VOCABULARY.concept_ids(text) == {one for one, _ in expected}


@given(st.text(alphabet="braintumour MS.,-’s\u09df\u09af\u09bcজ্বরের\u200d\u0301éİ ", max_size=60))
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    last = 0
    for one in VOCABULARY.match(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert Vocabulary([]).match("fever") == []
