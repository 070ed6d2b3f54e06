"""Verdicts are proposed where they are plain, and nowhere else."""

from __future__ import annotations

import pytest

from piamater.watch.nearest import propose
from tests.guides.review.desk import Desk
from tests.watch.shelf import moved, take_in

PLAIN = (
    ("Wexford fever is a tick-borne infection.", "Wexford fever is not a tick-borne infection."),
    (
        "Doxycycline lowers the risk of seizures in Wexford fever.",
        "Doxycycline raised the risk of seizures in Wexford fever.",
    ),
    (
        "La fiebre de Wexford es una infección transmitida por garrapatas.",
        "La fiebre de Wexford no es una infección transmitida por garrapatas.",
    ),
    (
        "ওয়েক্সফোর্ড জ্বর একটি সংক্রমণ যা এঁটুলি ছড়ায়।",
        "ওয়েক্সফোর্ড জ্বর কোনো সংক্রমণ নয় যা এঁটুলি ছড়ায়।",
    ),
)


@pytest.mark.parametrize(("said", "read"), PLAIN)
def test_a_denial_or_another_direction_contradicts(said: str, read: str) -> None:
    assert propose(said, read)[0] == "contradicts"
    assert propose(read, said)[0] == "contradicts"
    assert propose(said, said)[0] == "supports"


def test_another_figure_is_new_and_no_contradiction() -> None:
    said = "About 40 of every 100 people had doxycycline for 10 days."
    assert propose(said, said.replace("40", "60").replace("10 days", "12 days"))[0] == "new"


def test_a_sentence_of_a_word_or_two_is_supported_by_nothing() -> None:
    assert propose("infliximab", "Infliximab was well tolerated.")[0] == "new"


def test_little_in_common_is_new() -> None:
    assert propose("Wexford fever is an infection.", "The knee was replaced.")[0] == "new"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Seizures are common. It is an infection that ticks carry.", "supports"),
        ("Seizures are common. It is not an infection that ticks carry.", "contradicts"),
        ("Seizures are common. The fee for parking went up in March.", "new"),
    ],
)
def test_a_candidate_has_its_verdict_passage_and_sentence(
    desk: Desk, text: str, verdict: str
) -> None:
    take_in(desk.library, "doi:10.1/one", "Seizures after a tick bite", text)
    [found] = moved(desk).candidates
    assert found.verdict == verdict
    if verdict != "new":
        assert found.passage
        assert "infection that ticks carry" in found.passage.quote
        assert found.sentences[0].text == "It is an infection that ticks carry."


def test_the_sentence_is_one_of_the_passages_own_language(desk: Desk) -> None:
    title = "Crisis epilépticas tras una picadura de garrapata"
    take_in(
        desk.library, "doi:10.1/es", title, "Es una infección que llevan las garrapatas, dicen."
    )
    [found] = moved(desk).candidates
    assert (found.sentences[0].language, found.verdict) == ("es", "supports")
    assert found.sentences[0].text == "Es una infección que llevan las garrapatas."
