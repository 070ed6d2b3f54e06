"""Words that a sentence denies are no fault: the shared test, and the twins of planted faults."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from zlib import crc32

import pytest

from piamater.checks.denied import denies, is_denied, undenied
from tests.checks.mutate import Mutator
from tests.checks.test_mutants import MUTATORS, planted, rules_found

TWINS = [
    replace(one, apply=one.denied, name=f"{one.name}, denied")
    for one in MUTATORS
    if one.denied is not None
]
SAFE = re.compile("100% safe|miracle cures?|put a spoon|puts? nothing|seguro|নিরাপদ")


@pytest.mark.parametrize("twin", TWINS, ids=[f"{one.rule}-{one.name}" for one in TWINS])
def test_a_denied_twin_is_left_in_peace(twin: Mutator) -> None:
    some = planted(twin)
    assert some
    told = [
        (id_, language)
        for id_, language, text in some
        if twin.rule in rules_found(twin, id_, language, text)
    ]
    assert not told


@pytest.mark.parametrize("twin", TWINS, ids=[f"{one.rule}-{one.name}" for one in TWINS])
def test_a_twin_changes_the_page(twin: Mutator) -> None:
    source = random.Random(crc32(twin.name.encode()))
    assert any(twin.apply(text, source) != text for _, _, text in planted(twin))


@pytest.mark.parametrize(
    "sentence",
    [
        "no drug is 100% safe.",
        "sadly, no drug is 100% safe.",
        "it is not 100% safe.",
        "beware of miracle cures.",
        "miracle cures do not exist.",
        "miracle cures are a myth.",
        "is it 100% safe?",
        "some websites say that it is 100% safe.",
        "people used to be told to put a spoon there.",
        "ningun farmaco es seguro.",
        "ওষুধটি নিরাপদ নয়।",
    ],
)
def test_a_denial_reaches_its_words(sentence: str) -> None:
    assert not list(undenied(sentence, SAFE))


@pytest.mark.parametrize(
    "sentence",
    [
        "it is 100% safe and does not interact with other medicines.",
        "it needs no prescription and is 100% safe.",
        "no, it is 100% safe.",
        "not only is it 100% safe, it is cheap.",
        "do not worry, it is 100% safe.",
        "pain is not a reason to wait. it is 100% safe.",
        "no drug helps, but this herb is 100% safe.",
        "ওষুধটি নিরাপদ। ব্যথা হয় না।",
    ],
)
def test_a_denial_of_something_else_excuses_nothing(sentence: str) -> None:
    assert list(undenied(sentence, SAFE))


def test_a_denial_within_the_words_counts_where_it_is_asked_for() -> None:
    words = re.compile("put nothing in")
    assert list(undenied("put nothing in the mouth.", words))
    assert not list(undenied("put nothing in the mouth.", words, own=True))
    assert not list(undenied("put nothing in, a mistake.", words, more=re.compile("mistake")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("what not to do", True), ("never do this:", True), ("what to do", False), ("করবেন না:", True)],
)
def test_a_heading_that_denies(text: str, expected: bool) -> None:
    assert denies(text) is expected


def test_a_text_without_a_full_stop_is_looked_at_near_the_words_alone() -> None:
    far = "not " + "x" * 5000 + " 100% safe " + "y" * 5000
    at = far.index("100%")
    assert not is_denied(far, at, at + 9)
