from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

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


HELD_OUT = {
    ("danger_heldout", "en"): (20, 0), ("danger_heldout", "es"): (20, 0),
    ("danger_heldout", "bn"): (20, 0), ("danger_heldout_2", "en"): (14, 0),
    ("danger_heldout_2", "es"): (14, 0), ("danger_heldout_2", "bn"): (14, 0),
}  # fmt: skip
"""By set and language: messages that get the card they need, and those that get one they do not.

Before the phrases were mended: set 1 14, 14 and 15 of 20 with 2, 1 and 0 cards too many of 10; set 2
6, 4 and 9 of 14 with 1, 0 and 1 too many of 6. Who mended them had written both sets, and remembered
set 2, so its full marks say less than its first ones.
"""


@pytest.mark.parametrize(("name", "language"), HELD_OUT)
def test_messages_written_before_the_phrases_were_read(
    vocabulary: Vocabulary, name: str, language: str
) -> None:
    caught = needless = 0
    for line in (Path(__file__).parent / f"{name}.tsv").read_text("utf-8").splitlines():
        if line.startswith(f"{language}\t"):
            _, wanted, text = line.split("\t")
            card = urgent_card(text, language, "BD", vocabulary) is not None
            caught += card and wanted == "+"
            needless += card and wanted == "-"
    assert (caught, needless) == HELD_OUT[name, language]


INDEPENDENT = {
    ("danger_independent", "en"): (20, 20, 0), ("danger_independent", "es"): (20, 20, 0),
    ("danger_independent", "bn"): (20, 20, 0), ("danger_independent_2", "en"): (14, 14, 0),
    ("danger_independent_2", "es"): (14, 14, 0), ("danger_independent_2", "bn"): (14, 14, 0),
    ("danger_independent_3", "en"): (10, 10, 0), ("danger_independent_3", "es"): (10, 10, 0),
    ("danger_independent_3", "bn"): (10, 10, 0),
}  # fmt: skip
"""By set and language: cards at the least, messages that need one, needless cards at the most.

What these floors do not say is how the next letter fares. While the recogniser was a list of phrases,
set 1, by somebody who had read neither phrases nor code, got en 14 of 20, es 15, bn 15, with 13
needless cards of 40; set 2 6, 8 and 6 of 14 at first sight; set 3 (told in a roundabout way) 3, 2 and
3 of 10. The meanings that took the phrases' place were written with all these sets in view.
"""

COMPOSED = {
    ("danger_composed", "en"): (23, 23, 0), ("danger_composed", "es"): (12, 12, 0),
    ("danger_composed", "bn"): (11, 11, 0), ("danger_composed_2", "en"): (14, 14, 0),
    ("danger_composed_2", "es"): (14, 14, 0), ("danger_composed_2", "bn"): (14, 14, 0),
    ("danger_composed_3", "en"): (10, 10, 0), ("danger_composed_3", "es"): (10, 10, 0),
    ("danger_composed_3", "bn"): (10, 10, 0), ("danger_composed_4", "en"): (12, 12, 0),
    ("danger_composed_4", "es"): (12, 12, 0), ("danger_composed_4", "bn"): (12, 12, 0),
}  # fmt: skip
"""As above, for sets written after the phrases had become meanings, by who had written these.

At first sight, before anything was mended on them: set 1 (told plainly) 22 of 23, 9 of 12 and 9 of
11, with 2 needless cards of 32; set 2 (roundabout) 10, 8 and 10 of 14, with 3 of 18; set 3
(roundabout) 6, 5 and 5 of 10, with 2 of 16; set 4 (told plainly) 10, 12 and 9 of 12, with none of
24. So of signs told in a roundabout way about four in ten
are still missed, and the page of an answer without a card says so and leads to the numbers.
"""


BLIND = {
    ("danger_blind", "en"): (23, 30, 3), ("danger_blind", "es"): (23, 30, 1),
    ("danger_blind", "bn"): (20, 30, 0),
}  # fmt: skip
"""As above, for a set that nothing was mended on: 66 of 90 are found, and 4 of 60 cards needless; the
list of phrases before found 32, with 9 needless."""

SETS = INDEPENDENT | COMPOSED | BLIND


@pytest.mark.parametrize(("name", "language"), SETS)
def test_messages_written_before_the_phrases_were_mended_on_them(
    vocabulary: Vocabulary, name: str, language: str
) -> None:
    cards: dict[str, list[bool]] = {"+": [], "-": []}
    for line in (Path(__file__).parent / f"{name}.tsv").read_text("utf-8").splitlines():
        if line.startswith(f"{language}\t"):
            _, wanted, text = line.split("\t")
            cards[wanted].append(urgent_card(text, language, "BD", vocabulary) is not None)
    caught, there, needless = SETS[name, language]
    assert len(cards["+"]) == there
    assert sum(cards["+"]) >= caught
    assert sum(cards["-"]) <= needless


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He had a seizure in 2019 and none since, but now he cannot wake up"),
        ("en", "She had one fit in March and none since. Today she had another fit"),
        ("en", "He had a seizure last night and none since"),
        ("en", "I am writing a leaflet and my chest pain is crushing"),
        ("en", "How often can I give paracetamol, he has a fever after chemotherapy"),
        ("en", "She was diagnosed in 2019 and has a fever of 39 with chemo"),
        ("en", "She can't breathe, she had asthma years ago"),
        ("en", "I've had this cancer since 2021, my legs are numb and I can't pee"),
        ("en", "my son had a seizure at the cinema during the film"),
        ("es", "mi hija se desmayó en clase"),
        (
            "en",
            "He coughed up blood ten years ago, it turned out to be nothing, now he does it again",
        ),
        ("es", "Tuvo una convulsión en 2019 y ninguna más, pero hoy le dio otra convulsión"),
        ("es", "¿Con qué frecuencia le doy paracetamol? Tiene fiebre después de la quimioterapia"),
        ("bn", "২০১৯ সালে খিঁচুনি হয়েছিল, আর হয়নি, কিন্তু এখন আবার খিঁচুনি হচ্ছে"),
        ("bn", "দুই পা অবশ, আজ সকাল থেকে"),
    ],
)
def test_what_is_over_hides_nothing_that_is_now(
    vocabulary: Vocabulary, language: str, text: str
) -> None:
    assert urgent_card(text, language, "BD", vocabulary) is not None


def test_a_bangla_word_that_ends_in_a_vowel_sign_is_found(vocabulary: Vocabulary) -> None:
    card = urgent_card("আমার এক পা অবশ", "bn", "BD", vocabulary)
    assert card is not None  # re takes a vowel sign for no letter, so \\b never stood behind it


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("he had a fit two years ago", False),
        ("he had a fit two years ago and has had another today", True),
        ("what do we do if she ever has a fit", False),
    ],
)
def test_another_time_is_not_now(vocabulary: Vocabulary, text: str, card: bool) -> None:
    assert (told_sign(text, "en") is not None) == card


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("my son had a siezure just now", "danger-new-seizure"),
        ("she is vomitting bloood", "danger-blood-vomit"),
        ("no puede respirrar", "danger-breathing-difficulty"),
        ("বাবা শাসকষ্টে ভুগছেন এখন", "danger-breathing-difficulty"),
        ("amar baba nishshash nite parchena", "danger-breathing-difficulty"),
        ("amar ma ke daki, shara dicche na", "danger-cannot-wake"),
        ("numb is his whole left arm, since lunch", "danger-one-sided-weakness"),
        ("since lunch his left arm is numb", "danger-one-sided-weakness"),
    ],
)
def test_a_slip_a_spelling_or_the_order_of_words_hides_no_sign(text: str, sign: str) -> None:
    assert told_sign(text, "en") == sign


@pytest.mark.parametrize(
    "text",
    [
        "he has no weakness, numbness or trouble walking",
        "no tiene fiebre ni rigidez de cuello",
        "should I call if I get a fever after chemo?",
        "what are the signs of a stroke?",
        "the mice had seizures",
        "my period is late and I have a mild headache",
        "she is on blood thinners and had a blood test",
        "my mother died of a stroke",
        "In 2019, he had a seizure",
    ],
)
def test_what_is_denied_supposed_or_of_nobody_is_no_sign(text: str) -> None:
    assert told_sign(text, "en") is None


def test_a_supposed_sign_hides_none_that_is_there() -> None:
    text = "she has a fever of 39 after chemo, should I call if she gets worse?"
    assert told_sign(text, "en") == "danger-fever-chemotherapy"


def test_a_long_message_is_read_in_a_few_milliseconds(vocabulary: Vocabulary) -> None:
    text = ("My mother had chemotherapy last week and eats little. Her arm hurts a bit. " * 7)[:490]
    urgent_card(text, "en", "BD", vocabulary)
    times = []
    for one in range(20):
        start = perf_counter()
        urgent_card(f"{text} {one}", "en", "BD", vocabulary)
        times.append(perf_counter() - start)
    assert min(times) < 0.005


def test_no_question_of_the_guides_gets_a_needless_card(vocabulary: Vocabulary) -> None:
    asked = 0
    for guide in GuideFolder(Path(str(files("piamater") / "starter" / "guides"))).all():
        for language, version in guide.versions.items():
            for block in version.blocks:
                for part in block.parts:
                    for one in statements(part, language):
                        if one.text.endswith("?"):
                            asked += 1
                            assert not urgent_card(one.text, language, "BD", vocabulary), one.text
    assert asked > 400


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


def test_every_sign_told_in_plain_words_is_a_concept_with_a_source(vocabulary: Vocabulary) -> None:
    words, table = _data("danger_words"), _data("danger_signs")
    used = {name for sign in table["sign"] for name in _named(sign)}
    assert used - words["meaning"].keys() == {"neck_stiff", "limb_lost"}
    for sign in table["sign"]:
        assert sign["source"] in table["sources"]
        concept = vocabulary.get(sign["concept"])
        assert concept is not None
        assert all(concept.label(language) for language in ("en", "es", "bn"))


def _named(sign: dict[str, list[str]]) -> list[str]:
    return [name for row in (*sign["all"], *sign.get("beside", [])) for name in row.split("|")]


def _data(name: str) -> dict[str, Any]:
    text = (files("piamater.answers") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


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
