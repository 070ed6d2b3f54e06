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


WHOLE = {
    "en": [
        ["It was shown (Fig. 2A, arrow).", "Later scans were normal."],
        ["It was reported by Smith et al.", "The results were poor."],
        ["It was reported by Smith et al. [4] and others.", "Nobody knows why."],
        ["Significance was set at p < .05 in the U.S. trial.", "No one objected."],
        ["Cases fell in the U.S.", "The disease is rare there."],
        ["Dr. J. A. Smith saw him.", "He went home."],
        ["J. A. Smith, M.D., Ph.D., wrote it.", "He left."],
        ["St. Louis encephalitis is viral.", "It is rare."],
        ["The pain was mild... but it lasted.", "It went."],
        ["The pain went away...", "It came back."],
        ["Infection with E. coli, S. aureus and N. meningitidis.", "K. pneumoniae was rare."],
        ["See doi:10.1000/xyz.123.", "It is there."],
        ["Visit https://www.nih.gov/a.b.html.", "It has more."],
        ["It is known.1–3", "The next is not."],
        ["It is known. [1, 2]", "The next is not."],
        ["It is known. (1, 2)", "The next is not."],
        ["The pain is severe.*", "It stops."],
        ["Levels of vitamin D.", "The vitamin is fat-soluble."],
        ["This is called hepatitis C.", "Treatment helps."],
        ["It is seen with both hepatitis B and C.", "Also, it is mild."],
        ["We ask about signs and symptoms of MPS I.", "People with it are short."],
        ["Much is unknown about MS.", "Still, it is treated."],
        ["Was it an infection?", "Nobody knew!", "They waited."],
        ['"Was it?" she asked.', "No one knew."],
        ["The pH was 7.4.", "5 patients died."],
        ["mRNA was found.", "mRNA levels rose."],
        ["Give 5 ml i.v. twice daily.", "Stop if ill."],
        ["Symptoms include fever, chills, etc.", "Call a doctor."],
        ["It came at 5 p.m.", "The patient slept."],
        ["It came at 5 p.m. on Monday.", "The patient slept."],
        ["In Sept. 2003 he fell.", "He broke a leg."],
        ["SPSS v. 12.0 (SPSS Inc., Chicago, IL) was used.", "All tests were two-sided."],
        ["It was made by Roche Inc.", "The drug was sold."],
        ["It is mediated by IL-2.", "T cells respond."],
        ["1. Wash hands.", "2. Rinse them."],
        ["It has two forms.", "(a) One is mild.", "(b) One is not."],
        ["Use No. 5 tubes.", "They fit."],
        ["The answer is no.", "Five patients agreed."],
        ["Patients were randomised 1:1.", "[The others were not.]"],
    ],
    "es": [
        ["El Sr. Pérez y la Dra. Ruiz vinieron.", "Se fueron."],
        ["Hay varias causas (p. ej., tuberculosis).", "Son raras."],
        ["En EE. UU. es frecuente.", "Aquí no."],
        ["Con el núm. 5 bastó.", "Sí."],
        ["¿Tiene fiebre?", "¡Sí!", "Acuda al médico."],
        ["La dosis fue de 1.000 mg.", "Se toleró bien."],
        ["Se aisló S. aureus.", "Se trató."],
        ["Tto. con corticoides vs. placebo.", "No hubo diferencias."],
        ["Fue descrito por García et al. en 2004.", "Es raro."],
    ],
    "bn": [
        ["৫০০ মি.গ্রা. দিনে দুবার।", "খাবারের পরে খান॥", "ভালো থাকুন!"],
        ["জ্বর ৩৮.৫ ডিগ্রি।", "কাশি নেই।"],
        ["মোঃ করিম ড. ইসলামকে দেখান।", "ভালো।"],
    ],
}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [(language, one) for language, cases in WHOLE.items() for one in cases],
)
def test_sentences_of_medical_pages(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_a_sentence_glued_to_the_last_is_its_own() -> None:
    assert split("It is not treatment options.The prognosis depends.") == [
        "It is not treatment options.",
        "The prognosis depends.",
    ]
    assert split("See www.example.Org is it.") == ["See www.example.Org is it."]


def test_an_overlong_sentence_is_cut_at_semicolons() -> None:
    text = "; ".join(["a part of some thirty letters"] * 60)
    pieces = split(text)
    assert len(pieces) > 3
    assert all(300 <= len(one) <= 400 for one in pieces[:-1])
    assert " ".join(pieces) == text
    whole = "word " * 300
    assert split(whole) == [whole.strip()]


@pytest.mark.parametrize(
    "text", ["It is diabetes type 2", "She had a toxicity of grade 3.", "It was seen in CD 20"]
)
def test_a_number_that_counts_is_no_marker(text: str) -> None:
    assert trim_citation_markers(text, 0, len(text)) == len(text)


def test_bare_numbers_are_markers_only_where_the_text_so_cites() -> None:
    text = "It is rare in most patients 4"
    assert trim_citation_markers(text, 0, len(text), bare=False) == len(text)
    text = "It is rare in most patients [1-3]."
    assert text[: trim_citation_markers(text, 0, len(text), bare=False)].endswith("patients")
