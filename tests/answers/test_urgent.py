from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from piamater.answers.messages import keys
from piamater.answers.urgent import emergency_number, urgent_card
from piamater.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have a stiff neck and fever, what is it?", "en"),
        ("My mother had a seizure for the first time and cannot wake up", "en"),
        ("Tengo dolor en el pecho y me falta el aire", "es"),
        ("হঠাৎ শ্বাসকষ্ট হচ্ছে, কী করব?", "bn"),
    ],
)
def test_a_danger_sign_gives_the_card(vocabulary: Vocabulary, text: str, language: str) -> None:
    card = urgent_card(text, language, "BD", vocabulary)
    assert card is not None
    assert card.phone == "999"
    assert "999" in card.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is a lumbar puncture?", "en"),
        ("How is neurosarcoidosis treated?", "en"),
        ("¿Qué es la punción lumbar?", "es"),
        ("লাম্বার পাংচার কী?", "bn"),
    ],
)
def test_an_ordinary_question_gives_none(vocabulary: Vocabulary, text: str, language: str) -> None:
    assert urgent_card(text, language, "BD", vocabulary) is None


def test_numbers_by_country() -> None:
    assert emergency_number("ES") == "112"
    assert emergency_number("bd") == "999"
    assert emergency_number("US") == "911"
    assert emergency_number("") == ""


def test_an_unknown_country_gets_no_wrong_number(vocabulary: Vocabulary) -> None:
    card = urgent_card("chest pain and trouble breathing", "en", "", vocabulary)
    assert card is not None
    assert card.phone == ""
    assert "your local emergency number" in card.text


def test_every_number_has_source_and_date() -> None:
    text = (files("piamater.answers") / "data" / "emergency_numbers.toml").read_text("utf-8")
    for entry in tomllib.loads(text)["number"]:
        assert entry["source"]
        assert entry["date"]


def test_messages_exist_in_all_languages() -> None:
    assert keys("en") == keys("es") == keys("bn")
