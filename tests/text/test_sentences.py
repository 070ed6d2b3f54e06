from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.text import split_sentences, trim_citation_markers


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "See Fig. 2 for the scan.",
        "Figs. 2 and 3 show it.",
        "Causes, e.g. Tuberculosis, are many.",
        "The rare form (i.e. Type II) is worse.",
        "A level of 5 mg/dL was found.",
        "The dose was 3.5 mg vs. 7.2 mg.",
        "It was given by Dr. Smith.",
        "Smith et al. Reported this in 2004.",
        "E. coli and S. aureus were grown.",
        "The U.S. Food and Drug Administration approved it.",
        "J. A. Smith and B. Jones wrote it.",
        "The difference was small (p < 0.05).",
        "No. 5 was excluded.",
        "He was seen at St. Thomas in approx. 3 hours.",
        "The site is www.example.org/a.b and no more.",
        "Version 2.0.1 was used.",
    ],
)
def test_english_sentences_stay_whole(sentence: str) -> None:
    assert split(f"{sentence} Another sentence follows.") == [
        sentence,
        "Another sentence follows.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "El Dr. Pérez lo vio.",
        "La Dra. López también.",
        "Hay causas, p. ej. Tuberculosis.",
        "Se usó en EE. UU. durante años.",
        "La dosis fue de 5 mg/dl aprox. cada día.",
        "Véase la fig. 3 del texto.",
    ],
)
def test_spanish_sentences_stay_whole(sentence: str) -> None:
    assert split(f"{sentence} ¿Qué es esto? ¡Nada!", "es") == [
        sentence,
        "¿Qué es esto?",
        "¡Nada!",
    ]


def test_bangla_ends_at_the_danda() -> None:
    text = "রোগীর জ্বর হয়। ডা. রহমান ৫ মি.গ্রা. ওষুধ দিলেন। এখন ভালো আছেন?"
    assert split(text, "bn") == [
        "রোগীর জ্বর হয়।",
        "ডা. রহমান ৫ মি.গ্রা. ওষুধ দিলেন।",
        "এখন ভালো আছেন?",
    ]


def test_citations_behind_the_stop_belong_to_the_sentence() -> None:
    assert split("It was seen.[12] The next was not.") == ["It was seen.[12]", "The next was not."]
    assert split("It was seen.3 The next was not.") == ["It was seen.3", "The next was not."]


def test_quotes_and_brackets_close_a_sentence() -> None:
    assert split('He said "no." She left. (It rained.) Then sun.') == [
        'He said "no."',
        "She left.",
        "(It rained.)",
        "Then sun.",
    ]


def test_citation_markers_are_cut() -> None:
    text = "It affects the leptomeninges 1"
    assert text[: trim_citation_markers(text, 0, len(text))] == "It affects the leptomeninges"
    text = "It is rare [3, 4]."
    assert text[: trim_citation_markers(text, 0, len(text))] == "It is rare"
    text = "It has two forms"
    assert trim_citation_markers(text, 0, len(text)) == len(text)


@given(
    st.text("Ab c.?!।[]()1 \n'\"", max_size=60) | st.text(max_size=60),
    st.sampled_from(["en", "es", "bn"]),
)
def test_spans_are_apart_in_order_and_cover_all(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
