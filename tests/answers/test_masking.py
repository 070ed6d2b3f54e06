from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.answers.masking import LETTERS, identifiers, mask

LINES = [
    (line.split("\t")[0], line.split("\t")[1].replace("\\n", "\n"))
    for name in ("identifiers.tsv", "identifiers_150.tsv")
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
HELD = [one for one in LINES if not one[0].endswith("!")]
GAPS = [one for one in LINES if one[0].endswith("!")]


def spans(marked: str) -> tuple[str, set[tuple[int, int]]]:
    """A line without its braces, and the places that they held."""
    parts = re.split(r"\{\{(.*?)\}\}", marked, flags=re.DOTALL)
    wanted, at = set(), 0
    for number, part in enumerate(parts):
        if number % 2:
            wanted.add((at, at + len(part)))
        at += len(part)
    return "".join(parts), wanted


def found(text: str) -> set[tuple[int, int]]:
    return {(one.start, one.end) for one in identifiers(text)}


@pytest.mark.parametrize(("language", "marked"), HELD)
def test_identifiers_go_and_medicine_stays(language: str, marked: str) -> None:
    text, wanted = spans(marked)
    assert found(text) == wanted
    masked = mask(text, language)
    around = re.split(r"\{\{.*?\}\}", marked, flags=re.DOTALL)
    assert re.fullmatch(r"\[[^\]]+\]".join(map(re.escape, around)), masked.text)
    assert len(masked.found) == len(wanted)


@pytest.mark.parametrize(("language", "marked"), [one for one in HELD if one[0] == "bn"])
def test_bangla_letters_in_one_character_or_two(language: str, marked: str) -> None:
    two = unicodedata.normalize("NFC", marked)
    one = two
    for single, double in LETTERS:
        one = one.replace(double, single)
    for form in (one, two):
        text, wanted = spans(form)
        assert found(text) == wanted


@pytest.mark.parametrize(("language", "marked"), GAPS)
def test_known_gaps_are_still_gaps(language: str, marked: str) -> None:
    text, wanted = spans(marked)
    assert found(text) != wanted, "this gap is closed: take the ! away"


def test_recall_and_precision_with_the_known_gaps_counted() -> None:
    right = wanted_all = found_all = 0
    for _, marked in LINES:
        text, wanted = spans(marked)
        got = found(text)
        right, wanted_all, found_all = (
            right + len(got & wanted),
            wanted_all + len(wanted),
            found_all + len(got),
        )
    assert right / wanted_all >= 0.94, f"recall {right} of {wanted_all}"
    assert right / found_all >= 0.97, f"precision {right} of {found_all}"


def test_there_are_enough_lines() -> None:
    assert sum("{{" in text for _, text in HELD) >= 45
    for language in ("en", "es", "bn"):
        assert sum("{{" not in text for one, text in HELD if one == language) >= 8


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_masking_again_takes_nothing_more(language: str) -> None:
    more = ". আমার খিঁচুনি হচ্ছে, and I have a seizure"
    for _, marked in LINES:
        masked = mask(spans(marked)[0] + more, language).text
        assert mask(masked, "en").text == masked


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("en", "My address is 14 Rosebery Avenue and I have a seizure", "seizure"),
        ("es", "Mi dirección: Toledo y tengo convulsiones", "convulsiones"),
        ("bn", "আমার ঠিকানা মিরপুর ঢাকা আমার খিঁচুনি হচ্ছে", "খিঁচুনি"),
        ("bn", "হাসপাতালের ঠিকানা কোথায় পাব? আমার খিঁচুনি হচ্ছে।", "খিঁচুনি"),
    ],
)
def test_an_address_takes_nothing_of_the_illness(language: str, text: str, sign: str) -> None:
    assert sign in mask(text, language).text


@given(st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    places = identifiers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in places)
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert mask(text, "bn").found == places


@pytest.mark.parametrize(
    "text",
    [
        "He was seen at clinic. In May it came back.",
        "They looked at it. Es normal? Info at the desk. Co-trimoxazole. Co-trimoxazole 960 mg.",
        "Charles Bonnet syndrome, James Parkinson disease, St Thomas Hospital.",
        "doi 10.1007/s00415-016-8190-4 and 10.1007/s00415-017-8444-9",
    ],
)
def test_what_looks_like_an_identifier_and_is_none(text: str) -> None:
    assert identifiers(text) == ()


@pytest.mark.parametrize(
    "piece", ["-", "a-", "a@", "Aa ", "I'm ", "soy ana ", "1 ", "(at)", "a at b.", "A. ", "ক "]
)
def test_no_text_takes_long(piece: str) -> None:
    began = perf_counter()
    identifiers(piece * (4_000 // len(piece)))
    assert perf_counter() - began < 3
