from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.text import normalise
from piamater.text.normalise import clean

ODD = st.text(
    st.sampled_from("ab \t\n\r\u00a0\u0301e\u0327\u09dc\u09a1\u09bc\u0995\u09cd\u200d\u200c\u200b")
    | st.characters(),
    max_size=40,
)


@given(ODD)
def test_it_is_idempotent(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(ODD)
def test_the_map_rises_and_ends_where_the_original_does(text: str) -> None:
    result = normalise(text)
    mapped = [result.to_original(at) for at in range(len(result.text) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[-1] == len(text)


@given(ODD, st.data())
def test_every_span_lies_in_the_original(text: str, data: st.DataObject) -> None:
    result = normalise(text)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    first, last = result.original_span(start, end)
    assert 0 <= first <= last <= len(text)


@given(st.text("abcdefg ,.", min_size=1))
def test_kept_characters_map_to_themselves(text: str) -> None:
    result = normalise(text)
    for at, char in enumerate(result.text):
        assert text[result.to_original(at)] == char


@given(ODD)
def test_nothing_hidden_is_left(text: str) -> None:
    clean = normalise(text).text
    assert clean == clean.strip()
    assert "  " not in clean
    for char in clean:
        kind = unicodedata.category(char)
        assert kind != "Cs"
        if kind == "Cc":
            pytest.fail(f"control character {char!r}")
        assert char not in "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad"


def test_the_composition_exclusions_have_one_form() -> None:
    for one in "\u09dc\u09dd\u09df":
        assert normalise(one).text == unicodedata.normalize("NFC", one)
        assert len(normalise(one).text) == 2


def test_joiners_stay_where_they_shape_a_word() -> None:
    assert normalise("র\u200d্য").text == "র\u200d্য"
    assert normalise("co\u200dop").text == "coop"


def test_the_span_of_a_composed_letter_is_both_its_parts() -> None:
    result = normalise("cafe\u0301 x")
    assert result.text == "café x"
    assert result.original_span(3, 4) == (3, 5)


def test_an_offset_outside_is_an_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        normalise("abc").to_original(4)


@given(ODD | st.text(st.characters(max_codepoint=0xFF)))
def test_the_fast_way_gives_the_same_text(text: str) -> None:
    assert clean(text) == normalise(text).text


@given(st.text("ab \t\r\n\x00\u200b\u00ad\u202e", max_size=30), st.data())
def test_the_span_holds_what_the_slice_was_made_from(text: str, data: st.DataObject) -> None:
    result = normalise(text)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    first, last = result.original_span(start, end)
    assert normalise(text[first:last]).text == result.text[start:end].strip()


@given(ODD, st.data())
def test_a_span_within_another_stays_within_it(text: str, data: st.DataObject) -> None:
    result = normalise(text)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    middle = data.draw(st.integers(start, end))
    first, last = result.original_span(start, end)
    assert first <= result.to_original(middle) <= last


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("a\r\nb\rc", "a b c"),
        ("a\x00b\x85c\x9fd", "a b c d"),
        ("\u202eevil\u202c \u2066x\u2069\u200e", "evil x"),
        ("hy\u00adphen zero\u200bwidth \ufeffmark", "hyphen zerowidth mark"),
        ("5\u00a0mg\u2009/\u3000day", "5 mg / day"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("ক\u200cখ", "ক\u200cখ"),
        ("  \t ", ""),
    ],
)
def test_every_kind_of_dirt(dirty: str, plain: str) -> None:
    assert normalise(dirty).text == plain


def test_a_long_dirty_text_takes_no_square_time() -> None:
    result = normalise("a\r\nb  c\u200b" * 20_000)
    assert result.text.startswith("a b ca b c")
    assert result.original_span(4, 5) == (6, 8)
