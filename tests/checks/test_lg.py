"""The rules that compare languages: alignment, values, denials, and the seeds' faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.checks import CheckSettings, Page, check_page, check_versions, open_page, rules
from piamater.checks import page_from_text as opened
from piamater.checks.align import aligned, units
from piamater.checks.denials import denial, denies_alone, unanswered
from piamater.checks.lg.contrary import contraries
from piamater.checks.lg.danger import worded
from piamater.checks.values import Dose, values
from tests.checks.clean import clean, guides
from tests.conftest import shared_folder

ALL = CheckSettings(select=("LG",))


def page(text: str, name: str = "page.en.md") -> Page:
    return opened(text, name, ALL)


def seed(number: str) -> Page:
    folder = shared_folder()
    found = sorted((folder / "seeds").glob(f"{number}_*.txt")) if folder else []
    if not found:
        pytest.skip("the seed pages are not here")
    return open_page(found[0], ALL)[0]


def test_values_are_the_same_in_three_languages() -> None:
    english = values("In 5 to 10% of 1,234 people, 3.5 mg/kg twice daily for 14 days.", "en")
    spanish = values("En 5-10 % de 1234 personas, 3,5 mg/kg dos veces al día, 14 días.", "es")
    bangla = values("১২৩৪ জনের ৫–১০%, ৩.৫ mg/kg, ১৪ দিন।", "bn")
    assert english.digits == spanish.digits == bangla.digits == {5.0, 10.0, 1234.0, 14.0}
    assert english.doses == spanish.doses == bangla.doses == {Dose(3.5, "mg/kg")}


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Three hundred fifty-six and seventy-two patients", "en", {356.0, 72.0}),
        ("treinta y dos de veintitrés", "es", {32.0, 23.0}),
        ("তিনটি পরীক্ষা ও দুই মাস", "bn", {3.0, 2.0}),
        ("a canary and often", "en", set()),
    ],
)
def test_numbers_in_words(text: str, language: str, words: set[float]) -> None:
    assert values(text, language).words == words


def test_dates_markers_and_emergency_numbers_are_no_values() -> None:
    said = "Reviewed 3 May 2020.[1,2] Call 112, see https://example.org/12345 (PMID: 999999)."
    assert not values(said, "en").digits


def test_left_over_is_no_side() -> None:
    assert values("the left ear", "en").sides == {"left"}
    assert not values("what was left over, right away", "en").sides


@pytest.mark.parametrize(
    ("english", "other", "language"),
    [
        ("Avoid aspirin.", "No tome aspirina.", "es"),
        ("The cause is unknown.", "No se conoce la causa.", "es"),
        ("However, it is rare.", "Sin embargo, es raro.", "es"),
        ("non-Hodgkin lymphoma", "linfoma no Hodgkin", "es"),
        ("Disease-free survival was 74%.", "La supervivencia sin enfermedad fue de 74 %.", "es"),
        ("a fit (seizure)", "খিঁচুনি", "bn"),
        ("radiation-free survival", "supervivencia sin radioterapia", "es"),
        ("an open-label, nonblinded trial", "un estudio abierto sin enmascaramiento", "es"),
        ("to see whether it helps", "para determinar si no ayuda", "es"),
        ("It has little or no effect.", "Tiene poco o ningún efecto.", "es"),
        ("drink water", "পানি পান করুন, আপনি ভালো থাকবেন", "bn"),
    ],
)
def test_what_means_the_same_is_no_denial_more(english: str, other: str, language: str) -> None:
    first, second = denial(english, "en"), denial(other, language)
    assert not denies_alone(first, second)
    assert not denies_alone(second, first)


@pytest.mark.parametrize(
    ("english", "other", "language"),
    [
        ("It is contagious.", "No es contagioso.", "es"),
        ("Do not stop the tablets.", "Deje las pastillas.", "es"),
        ("It spreads from person to person.", "এটি মানুষ থেকে মানুষে ছড়ায় না।", "bn"),
        ("It spreads from person to person.", "এটি ছড়া\u09dfনি, সম্ভব নয়।", "bn"),
        ("Disease-free survival did not differ.", "La supervivencia sin enfermedad varió.", "es"),
        ("They detain or lower the level.", "Detienen o no disminuyen la cantidad.", "es"),
        ("See the doctor if you have pain.", "Consulte al médico si no tiene dolor.", "es"),
    ],
)
def test_a_denial_on_one_side_is_seen(english: str, other: str, language: str) -> None:
    first, second = denial(english, "en"), denial(other, language)
    assert denies_alone(first, second) != denies_alone(second, first)


def test_a_word_answers_one_denial_only() -> None:
    english = denial("Unscreened people were followed.", "en")
    spanish = denial("No se siguió a las personas sin exámenes de detección.", "es")
    assert len(unanswered(spanish, english)) == 1


@pytest.mark.parametrize(
    ("english", "spanish", "rule"),
    [
        ("Do not take aspirin with it.", "Tome aspirina con el medicamento.", "LG006"),
        ("Use the cream on dry skin twice.", "No use la crema en la piel seca.", "LG006"),
        ("You may eat before the scan.", "No puede desayunar antes de la prueba.", "LG015"),
        ("Avoid food before the scan.", "No coma antes de la prueba.", ""),
    ],
)
def test_a_contrary_is_sure_where_its_word_stands_on_both_sides(
    english: str, spanish: str, rule: str
) -> None:
    text = "# {}\n\n{} 20 mg, 35 ml, 70 %.\n\n{}\n\n{} 41 mg, 26 ml, 80 %.\n"
    first = page(text.format("Cream", "Name:", english, "Other:"))
    second = page(text.format("Crema", "Nombre:", spanish, "Otro:"), "page.es.md")
    told = {
        one
        for one in ("LG006", "LG015")
        if (check := rules()[one].versions) and list(check(first, second))
    }
    assert told == ({rule} if rule else set())


def test_a_denial_in_the_next_sentence_of_the_version_is_no_fault() -> None:
    first = page(
        "# Risk\n\nSome factors can be avoided, but many cannot.\n\nAge is one of 12 factors.\n"
    )
    second = page(
        "# Riesgo\n\nAlgunos factores se pueden evitar.\n\n"
        "No es posible evitar otros. La edad es uno de 12 factores.\n",
        "page.es.md",
    )
    assert not list(contraries(first, second))


def test_a_sign_is_named_by_all_the_words_of_a_name() -> None:
    (item,) = [one for one in units(page("# Urgent\n\n- Dry skin on the eye\n")) if one.passage]
    assert not worded("jaundice", (item,))


@pytest.mark.parametrize("language", ["es", "bn"])
def test_the_items_of_a_clean_guide_meet_their_like(language: str) -> None:
    pairs = [
        one
        for id_ in sorted(guides())[:8]
        if language in guides()[id_] and "en" in guides()[id_]
        for one in aligned(
            opened(clean(id_, "en"), "page.en.md"), opened(clean(id_, language), "page.x.md")
        )
    ]
    matched = sum(one.matched for one in pairs)
    assert matched > 0.86 * len(pairs)


@pytest.mark.parametrize("audience", ["patient", "clinical"])
@pytest.mark.parametrize("language", ["es", "bn"])
def test_clean_versions_have_no_error(language: str, audience: str) -> None:
    for id_, found in guides().items():
        if language not in found or "en" not in found:
            continue
        first = opened(clean(id_, "en", audience), "page.en.md")
        second = opened(clean(id_, language, audience), f"page.{language}.md")
        (checked,) = check_versions(first, [second])
        wrong = [
            one for one in checked.findings if one.severity == "error" and one.rule[:2] == "LG"
        ]
        assert not wrong, (id_, wrong)


@pytest.mark.parametrize(
    "text",
    ["", "# \n", "১২৩", "|a|b|\n|-|-|\n", "# T\n\n" + "word 1 mg no left. " * 3000, "\x00" * 10],
)
def test_odd_pages_do_no_harm(text: str) -> None:
    try:
        first = page(text)
    except Exception:  # a page that cannot be opened is told of elsewhere
        return
    check_page(first)
    check_versions(first, [page("# Fiebre\n\nTome 10 mg.\n", "page.es.md")])
    check_versions(page("# Fever\n\nTake 10 mg.\n"), [first])


@pytest.mark.parametrize("number", ["001", "002"])
def test_the_seeds_with_an_empty_bangla_mode(number: str) -> None:
    found = check_page(seed(number)).findings
    modes = [one.quote for one in found if one.rule == "LG002"]
    assert any("Switch between" in one for one in modes)
    assert any("এখনো যোগ করা হয়নি" in one for one in modes)
    assert any(one.rule == "LG001" and "এই তথ্য" in one.quote for one in found)


def test_the_seed_with_two_abstracts() -> None:
    found = {one.rule: one for one in reversed(check_page(seed("004")).findings)}
    assert found["LG001"].quote.startswith("Nervios periféricos")
    told = [one.message for one in check_page(seed("004")).findings if one.rule == "LG014"]
    assert any("“acute” is missing" in one for one in told)
    assert any("isolated" in one for one in told)


@pytest.mark.slow
def test_twins(data: Callable[[str], Path]) -> None:
    data("nci_pdq")
    from benchmarks.checks_twins import TWINS, run

    first, *planted = run(faults=36, twins=TWINS[5:7])
    assert first["share"] < 0.02
    assert planted[-1]["found"] >= 0.9


def test_the_titles_that_are_no_twins(data: Callable[[str], Path]) -> None:
    folder = data("nci_pdq")
    from benchmarks.checks_twins import NOT_TWINS, TWINS, pair

    def titles(twin: tuple[int, int]) -> list[str]:
        original, version = pair(folder, twin)
        return [
            one.rule
            for checked in check_versions(original, [version])
            for one in checked.findings
            if one.rule == "LG013"
        ]

    assert all(titles(one) for one in NOT_TWINS)
    assert not any(titles(one) for one in TWINS[:4])
