"""Plain language: the measures of reading, and what the rules must leave alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from piamater.checks import CheckSettings, Finding, check_page, open_page, page_from_text
from piamater.checks.pl.reading import (
    bangla_features,
    bangla_index,
    difficulty,
    english_grade,
    familiarity,
    fernandez_huerta,
    flesch_kincaid,
    letters,
    sol,
    syllables,
    syllables_es,
    szigriszt_pazos,
)

HERE = Path(__file__).resolve()
SEEDS = next(
    (one / "shared/seeds" for one in HERE.parents if (one / "shared/seeds").is_dir()), None
)
FRONT = "---\nkind: patient-information\n---\n# Meningitis\n\n"


def findings(text: str, rule: str, audience: str = "patient") -> list[Finding]:
    settings = CheckSettings(select=(rule,), audience=audience)
    front = FRONT if audience == "patient" else "# Meningitis\n\n"
    return list(check_page(page_from_text(front + text, "page.md", settings)).findings)


def quotes(text: str, rule: str, audience: str = "patient") -> list[str]:
    return [one.quote for one in findings(text, rule, audience)]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("water", 2), ("medicine", 3), ("seizure", 2), ("needed", 2), ("walked", 1),
     ("radiation", 4), ("people", 2), ("the", 1), ("area", 3)],
)  # fmt: skip
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("sol", 1), ("casa", 2), ("médico", 3), ("ciudad", 2), ("día", 2), ("quien", 1),
     ("agua", 2), ("guerra", 2), ("enfermedad", 4), ("muy", 1)],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables_es(word) == count


def test_flesch_kincaid_is_the_formula() -> None:
    said = ["The cat sat on the mat."]
    assert flesch_kincaid(said) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_the_spanish_formulas() -> None:
    said = ["La casa es roja."]  # 4 words, 6 syllables
    assert szigriszt_pazos(said) == pytest.approx(206.835 - 62.3 * 6 / 4 - 4)
    assert fernandez_huerta(said) == pytest.approx(206.84 - 60 * 6 / 4 - 1.02 * 4)
    assert sol(said) == pytest.approx(-2.51 + 0.74 * 3.1291)


def test_letters_of_a_bangla_word_are_those_seen() -> None:
    assert letters("মা") == 1
    assert letters("মানুষ") == 3
    assert letters("স্নায়ু") == 2
    assert letters("মস্তিষ্ক") == 3


def test_joined_consonants_are_counted() -> None:
    assert bangla_features("মস্তিষ্ক")[1] == 2
    assert bangla_features("মা আর বাবা")[1] == 0


@pytest.mark.parametrize(
    ("easy", "hard", "language"),
    [
        ("The test looks at the fluid around your brain.",
         "Cytological examination of cerebrospinal fluid demonstrates malignant pleocytosis.", "en"),
        ("La prueba mira el líquido del cerebro.",
         "La determinación citopatológica del líquido cefalorraquídeo precisa interpretación.", "es"),
        ("মাথা ব্যথা হলে ডাক্তার দেখান।",
         "মস্তিষ্কঝিল্লির প্রদাহজনিত শিরঃপীড়ায় বিশেষজ্ঞ চিকিৎসকের শরণাপন্ন হওয়া অত্যাবশ্যক।", "bn"),
    ],
)  # fmt: skip
def test_hard_text_is_harder(easy: str, hard: str, language: str) -> None:
    assert difficulty([hard], language).hardness > difficulty([easy], language).hardness


@pytest.mark.parametrize("language", ["en", "es", "bn", "und"])
def test_nothing_to_read_has_a_measure(language: str) -> None:
    for said in ([], [""], ["…"], ["123"]):
        assert difficulty(said, language).words in (0, 1)
    assert english_grade([]) == bangla_index([]) == 0


def test_british_and_inflected_words_are_familiar() -> None:
    assert familiarity("tumour") == familiarity("tumor") > 4
    assert familiarity("walking") > 4
    assert familiarity("pleocytosis") < 3


def test_rules_for_patients_leave_clinicians_alone() -> None:
    text = "Utilize CSF cytology, e.g. flow cytometry. " * 30
    for rule in ("PL001", "PL002", "PL003", "PL004", "PL007", "PL008", "PL010"):
        assert not findings(text, rule, "clinician")


def test_citation_markers_are_no_words() -> None:
    sentence = " ".join(["word"] * 29)
    assert not findings(f"{sentence}[1,2].", "PL002")


def test_a_much_too_long_sentence_is_a_warning() -> None:
    assert [one.severity for one in findings("Walk " + "and walk " * 20 + "home.", "PL002")] == [
        "info"
    ]
    assert [one.severity for one in findings("Walk " + "and walk " * 25 + "home.", "PL002")] == [
        "warning"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The cerebrospinal fluid (CSF) is clear. CSF is tested.",
        "CSF (cerebrospinal fluid) is clear.",
        "This is called CSF for short.",
        "The NHS pays. Blood group AB. Stage IV.",
        "The BRCA1 gene is changed.",
        "READ THIS CSF NOW",
        "See https://example.org/CSF/ABC.",
    ],
)
def test_abbreviations_that_need_no_words(text: str) -> None:
    assert not [one for one in quotes(text, "PL004") if one not in ("AB",)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 112 at once if there is a fit.",
        "Most headaches do not necessarily need emergency care.",
        "If someone needs emergency care, call 112.",
        "Treatment should be given for two weeks.",
    ],
)
def test_instructions_that_speak_to_the_reader(text: str) -> None:
    assert not findings(f"## What to do\n\n{text}\n", "PL005")


@pytest.mark.parametrize(
    "text",
    [
        "People with diabetes need care. A diabetic foot ulcer hurts.",
        "Alcoholics Anonymous can help.",
        "The blind spot of the eye is normal.",
        "Suffering can be eased.",
    ],
)
def test_words_that_only_look_like_labels(text: str) -> None:
    assert not findings(text, "PL011")


def test_one_prohibition_is_no_stack() -> None:
    assert not findings("- Do not drive.\n- Rest a lot.\n- Do not lift.\n", "PL006")


def test_latin_letters_of_a_disease_are_no_latin() -> None:
    assert not findings("Infective endocarditis (IE) is rare. IE, once found, is treated.", "PL008")


def test_the_threshold_is_an_option() -> None:
    text = FRONT + "The nurse will look at you. " * 20
    settings = CheckSettings(select=("PL001",), options={"PL001": {"en": 2}})
    assert check_page(page_from_text(text, "page.md", settings)).findings


@pytest.mark.skipif(SEEDS is None, reason="no seeds beside the repository")
@pytest.mark.parametrize(
    ("seed", "rule", "words"),
    [
        ("000", "PL013", "world-class"),
        ("001", "PL003", "neuropathic pain"),
        ("001", "PL004", "CBC"),
        ("001", "PL005", "need urgent local medical care now"),
        ("001", "PL006", "Do not hide pregnancy"),
        ("001", "PL007", "alleviate"),
        ("001", "PL011", "are suffering from"),
        ("001", "PL013", "Boost your knowledge"),
        ("002", "PL006", "Do not delay emergency care"),
        ("002", "PL011", "are suffering from"),
        ("002", "PL013", "stay ahead"),
    ],
)
def test_the_seeds_faults(seed: str, rule: str, words: str) -> None:
    assert SEEDS is not None
    (file,) = SEEDS.glob(f"{seed}_*.txt")
    (page,) = open_page(file, CheckSettings(select=(rule,)))
    assert any(words in one.quote for one in check_page(page).findings)


HEAD = "---\nkind: patient-information\n---\n"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("PL004", "# Scans\n\nYou may have an MRI or an ECG. Tell the DVLA. Quote code ABC123.\n"),
        ("PL004", "# Water\n\nWater is H2O.\n"),
        ("PL009", "# Words\n\nHIV, DNA, BMI, A&E, NHS, UTI, STI\n"),
        ("PL007", "# Stroke\n\nA stroke physician will see you on the ward.\n"),
        ("PL011", "# Diabetes\n\nDiabetics UK can help you.\n"),
        (
            "PL006",
            "# Pain\n\nDo not stop taking them unless your doctor tells you to. Do not use ibuprofen "
            "unless advised to do so by a doctor.\n",
        ),
        (
            "PL006",
            "# Epilepsy\n\n## During a seizure\n\n- Do not put anything in their mouth.\n- Do not move "
            "them unless they are in danger.\n- Do not hold them down.\n",
        ),
        ("PL013", "# Asthma\n\nThere is no breakthrough cure for asthma.\n"),
    ],
)
def test_what_a_reader_found_wrongly_accused_is_left(rule: str, text: str) -> None:
    page = page_from_text(HEAD + text, "page.md", CheckSettings(select=(rule,)))
    assert not check_page(page).findings


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("PL004", "# Scans\n\nYour CSF will be tested.\n"),
        ("PL009", "# Rash\n\nCALL AN AMBULANCE IF THE RASH DOES NOT FADE.\n"),
        ("PL007", "# Stroke\n\nAsk your physician about it.\n"),
        ("PL011", "# Diabetes\n\nDiabetics should have their eyes tested.\n"),
        ("PL006", "# Pain\n\n- Do not lift.\n- Do not drive.\n- Never stay alone.\n"),
        ("PL013", "# Asthma\n\nThis is a breakthrough cure for asthma.\n"),
    ],
)
def test_the_fault_beside_it_is_still_found(rule: str, text: str) -> None:
    page = page_from_text(HEAD + text, "page.md", CheckSettings(select=(rule,)))
    assert check_page(page).findings


def test_the_words_of_the_title_are_not_hard() -> None:
    said = ["A glioblastoma is a growth in the brain.", "Glioblastoma can cause fits."]
    named = difficulty(said, "en", "Glioblastoma").score
    assert named < difficulty(said, "en").score
    assert named == difficulty(said, "en", "GLIOBLASTOMA").score
    assert difficulty(["La diabetes daña."], "es", "Diabetes") == difficulty(
        ["La diabetes daña."], "es"
    )


def test_a_finding_shows_a_score_above_its_limit() -> None:
    text = HEAD + "# Rash\n\n" + "The rash is red and may spread to the arms and the legs. " * 12
    for limit in (2.0, 3.0, 4.05):
        chosen = CheckSettings(select=("PL001",), options={"PL001": {"en": limit}})
        for one in check_page(page_from_text(text, "page.md", chosen)).findings:
            said = re.search(r"measure ([\d.]+), at most ([\d.]+)", one.message)
            assert said
            assert float(said[1]) > float(said[2])
