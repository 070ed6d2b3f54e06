from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.text import bangla

PAIRS = [
    ("মাথা", "matha"), ("মাথাব্যথা", "mathabetha"), ("মাথাব্যথা", "mathabyatha"), ("ব্যথা", "betha"),
    ("ব্যথা", "byatha"), ("জ্বর", "jor"), ("জ্বর", "jwor"), ("খিঁচুনি", "khichuni"), ("বমি", "bomi"),
    ("কাশি", "kashi"), ("রক্ত", "rokto"), ("ডাক্তার", "daktar"), ("হাসপাতাল", "haspatal"), ("ওষুধ", "oshudh"),
    ("শরীর", "shorir"), ("দুর্বলতা", "durbolota"), ("শ্বাসকষ্ট", "shashkosto"), ("ডায়রিয়া", "diarrhea"),
    ("ক্যান্সার", "cancer"), ("টিকা", "tika"), ("রোগ", "rog"), ("চিকিৎসা", "chikitsa"), ("লক্ষণ", "lokkhon"),
    ("মেরুদণ্ড", "merudondo"), ("মস্তিষ্ক", "mostishko"), ("অজ্ঞান", "ogyan"), ("পেট", "pet"), ("বুক", "buk"),
    ("চোখ", "chokh"), ("ঘাড়", "ghar"),
]  # fmt: skip


def test_romanised_words_meet_their_script() -> None:
    met = [latin for script, latin in PAIRS if bangla.sound_key(script) == bangla.sound_key(latin)]
    missed = {latin for _, latin in PAIRS} - set(met)
    assert len(met) >= 25, missed


def test_words_keep_their_vowel_signs() -> None:
    assert bangla.words("সাপ ও পা") == ["সাপ", "ও", "পা"]
    assert bangla.words("খিঁচুনি, জ্বর।") == ["খিঁচুনি", "জ্বর"]


def test_both_spellings_have_one_search_form() -> None:
    assert bangla.search_form("কাম\u09a1\u09bc") == bangla.search_form("কাম\u09dc")
    assert bangla.search_form("র\u200d্যাব") == bangla.search_form("র্যাব")


def test_long_and_short_vowels_stay_apart() -> None:
    assert bangla.search_form("দিন") != bangla.search_form("দীন")


@pytest.mark.parametrize("number", ["0", "1234567890", "3.5 mg"])
def test_digits_there_and_back(number: str) -> None:
    assert bangla.to_ascii_digits(bangla.to_bangla_digits(number)) == number
    assert len(bangla.to_bangla_digits(number)) == len(number)


def test_a_key_of_one_consonant_would_find_everything() -> None:
    assert bangla.sound_key("পা") == ""


ROMANISED = [
    (word, latin)
    for word, forms in (
        line.split("\t")
        for line in (Path(__file__).parent / "romanised.tsv").read_text("utf-8").splitlines()
    )
    for latin in forms.split("|")
]


def test_keys_over_a_medical_vocabulary() -> None:
    assert len({word for word, _ in ROMANISED}) >= 60
    met = [bangla.sound_key(word) == bangla.sound_key(latin) != "" for word, latin in ROMANISED]
    assert sum(met) / len(met) > 0.93


def test_keys_tell_most_words_apart() -> None:
    vocabulary = {word for word, _ in ROMANISED}
    keys = {bangla.sound_key(word) for word in vocabulary}
    assert len(keys) > 0.93 * len(vocabulary)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("জ্বর", "jor"),
        ("লক্ষণ", "lokkhon"),
        ("অজ্ঞান", "oggan"),
        ("অ্যালার্জি", "alarji"),
        ("আঙ্গুল", "angul"),
        ("হা\u09dc", "har"),
        ("হা\u09a1\u09bc", "har"),
        ("র\u200d্যাব ৭", "rab 7"),
    ],
)
def test_romanised(word: str, latin: str) -> None:
    assert bangla.romanise(word) == latin


@given(st.text(st.characters(min_codepoint=0x980, max_codepoint=0x9FF) | st.characters()))
def test_search_form_is_its_own_and_keys_never_fail(text: str) -> None:
    once = bangla.search_form(text)
    assert bangla.search_form(once) == once
    assert bangla.sound_key(text).isascii()
    assert all(word in text for word in bangla.words(text))


def test_khanda_ta_has_one_spelling_and_candrabindu_none() -> None:
    assert bangla.search_form("উৎস") == bangla.search_form("উত্স")
    assert bangla.search_form("খিঁচুনি") == bangla.search_form("খিচুনি")
    assert bangla.search_form("১২ mg") == "12 mg"
