from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from piamater.answers.messages import keys
from piamater.answers.phrases import told_sign
from piamater.answers.urgent import emergency_number, urgent_card
from piamater.guides import GuideFolder, statements
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


WRITTEN = [
    line.split("\t")
    for line in (Path(__file__).parent / "danger.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "card", "text"), WRITTEN)
def test_what_people_write(vocabulary: Vocabulary, language: str, card: str, text: str) -> None:
    assert (urgent_card(text, language, "BD", vocabulary) is not None) == (card == "+")


NEED_A_SENTENCE_BEFORE = {"implant", "pacemaker", "pieces of metal", "it lasts", "it happens"} | {
    "another follows", "shivering", "pre-existing",
}  # fmt: skip
"""English bullets that are an emergency only beside what the list speaks of (a scan, a fit)."""

TOLD = {
    "en": "My mother has this now: {}",
    "es": "Mi madre tiene ahora: {}",
    "bn": "আমার মায়ের এখন: {}",
}


def test_every_emergency_sign_of_the_guides_is_known(vocabulary: Vocabulary) -> None:
    missed = {"en": [], "es": [], "bn": []}  # type: dict[str, list[str]]
    seen = 0
    for guide in GuideFolder(Path(str(files("piamater") / "starter" / "guides"))).all():
        for language, version in guide.versions.items():
            for block in version.blocks:
                if block.kind != "danger-emergency":
                    continue
                for one in [one for part in block.parts for one in statements(part, language)]:
                    if not one.labels:
                        continue
                    seen += 1
                    if urgent_card(TOLD[language].format(one.text), language, "BD", vocabulary):
                        continue
                    missed[language].append(one.text)
    assert seen > 200
    for text in missed["en"]:
        assert any(one in text for one in NEED_A_SENTENCE_BEFORE), text
    assert len(missed["es"]) <= len(missed["en"])
    assert len(missed["bn"]) <= len(missed["en"])


def test_a_denied_sign_is_none(vocabulary: Vocabulary) -> None:
    assert told_sign("no seizure that does not stop", "en") is None
    assert told_sign("a seizure that does not stop", "en") == "danger-prolonged-seizure"


def test_every_sign_told_in_plain_words_is_a_concept(vocabulary: Vocabulary) -> None:
    text = (files("piamater.answers") / "data" / "danger_phrases.toml").read_text("utf-8")
    table = tomllib.loads(text)
    used = {group for sign in table["sign"] for group in sign["all"]}
    assert used == set(table["groups"])
    for sign in table["sign"]:
        concept = vocabulary.get(sign["concept"])
        assert concept is not None
        assert all(concept.label(language) for language in ("en", "es", "bn"))


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
