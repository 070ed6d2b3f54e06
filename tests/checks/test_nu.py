"""Numbers and risks: what figures are read, and what the rules must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.checks import CheckSettings, check_page, open_page, page_from_text
from piamater.checks.nu.figures import frequencies, percentages, value
from piamater.vocabulary.fold import fold

HERE = Path(__file__).resolve()
SEEDS = next(
    (one / "shared/seeds" for one in HERE.parents if (one / "shared/seeds").is_dir()), None
)
RULES = [f"NU{number:03}" for number in range(1, 17)]


def found(text: str, rule: str, audience: str = "patient") -> list[str]:
    kind = "kind: patient-information" if audience == "patient" else "kind: reference"
    page = page_from_text(
        f"---\n{kind}\n---\n# Meningitis\n\n{text}\n",
        "page.md",
        CheckSettings(select=(rule,), audience=audience),
    )
    return [one.quote for one in check_page(page).findings]


@pytest.mark.parametrize(
    ("written", "number"),
    [("5", 5), ("1,234", 1234), ("0,5", 0.5), ("9,3", 9.3), ("0.59", 0.59), (".59", 0.59),
     ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("one", 1), ("0·59", 0.59), ("12,34,567", 1234567)],
)  # fmt: skip
def test_numbers(written: str, number: float) -> None:
    assert value(written) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "low", "high", "whole"),
    [
        ("5 to 10 out of every 100 people", 5, 10, 100),
        ("about one in six people", 100 / 6, 100 / 6, 6),
        ("of every 100 episodes, 32 ended badly", 32, 32, 100),
        ("5 a 15 de cada 100 personas", 5, 15, 100),
        ("una de cada seis personas", 100 / 6, 100 / 6, 6),
        ("প্রতি ১০০ জনে ৫ থেকে ১৫ জনের", 5, 15, 100),
        ("প্রতি পাঁচজনে একজন", 20, 20, 5),
        ("1 in 10,000 people", 0.01, 0.01, 10_000),
        ("1 in 4 million newborns", 0.000025, 0.000025, 4_000_000),
    ],
)
def test_natural_frequencies(text: str, low: float, high: float, whole: float) -> None:
    (share,) = frequencies(fold(text))
    assert (share.low, share.high, share.whole) == pytest.approx((low, high, whole))


@pytest.mark.parametrize(
    "text", ["one of two types", "in 2 of 5 days", "1 in 3 years", "in 1961, 32 died", "of 12%"]
)
def test_what_is_no_frequency(text: str) -> None:
    assert not frequencies(fold(text))


def test_percentages_in_three_languages() -> None:
    told = "5 to 10%, 12 per cent, 9,3 %, 26 por ciento, ৫০% ও ৩ শতাংশ"
    shares = percentages(fold(told))
    assert [(one.low, one.high) for one in shares] == [
        (5, 10), (12, 12), (9.3, 9.3), (26, 26), (50, 50), (3, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "5 to 10 out of every 100 people (5 to 10%).",
        "About 1 in 8 (12%) and 1 in 3 people (33%).",
        "It helped 270 of 1019 patients (26.5%) and 1 of 3 (33%).",
        "It helped 5 of 100 people (95% CI 2 to 9%).",
        "In 1 in 8 to 1 in 10 (10 to 15%).",
        "In 1 in 3 women (36% to 41%).",
        "Half of the 40 patients (50%) and two thirds of women (67%).",
    ],
)
def test_percentages_that_agree(text: str) -> None:
    assert not found(text, "NU006")


@pytest.mark.parametrize(
    "text",
    [
        "5 to 10 out of every 100 people (5 to 15%).",
        "6 of 16 subjects (27%) stopped.",
        "About half of people (75%) recover.",
        "5 a 10 de cada 100 personas (5 a 15 %).",
        "প্রতি ১০০ জনে ৫ থেকে ১০ জনের (৫ থেকে ১৫%) হয়।",
    ],
)
def test_percentages_that_disagree(text: str) -> None:
    assert found(text, "NU006")


@pytest.mark.parametrize(
    "text",
    [
        "Of them 70% recovered and the remaining 30% did not.",
        "41% had a response, and another 44% had stable disease.",
        "In one study 3% had surgery and in the other 9%.",
        "There were 51 patients (30 women and 21 men).",
    ],
)
def test_parts_that_add_up(text: str) -> None:
    assert not found(text, "NU007")


@pytest.mark.parametrize(
    "text",
    [
        "Deaths fell from 10 to 5%.",
        "Recurrence rates (13% to 8%) were lower.",
        "It was open from 2019 to 20 patients.",
        "Between 10 and 5 years.",
        "The dose was reduced: 100 to 50 mg.",
        "Take 250-50 mg of the combination.",
        "মাথাব্যথা ১১% থেকে ৪% মানুষে নেমেছে।",
    ],
)
def test_ranges_that_may_fall(text: str) -> None:
    assert not found(text, "NU008")


@pytest.mark.parametrize(
    "text",
    [
        "Cases increased by 150%. Levels were 120% of normal.",
        "The association was strong (P = 6.49 × 10-9, P < 10−4).",
        "It rose from 77% of women tested in 2006 to 95% of women tested in 2013.",
        "The survival rate at 5 years was 72%.",
        "In 99 of 49 526 punctures.",
        "The temperature was -5 degrees; grades 3-4 patients.",
    ],
)
def test_values_that_can_be(text: str) -> None:
    assert not found(text, "NU009", "clinician")


@pytest.mark.parametrize(
    "text",
    [
        "HR, 0.59; 95% CI, 0.37–0.94; P = .03.",
        "The rate was 15.2% at 25 years (95% CI, 15.0%–15.4%).",
        "El cociente fue 0,84 (IC 97,5 %, 0,70–1,02).",
        "P = .03; 95% CI, 1.2-3.4.",
        "by age 70 years; 95% CI, 6–28.",
        "The mean difference was -0.5 (95% CI -0.9 to -0.1).",
    ],
)
def test_intervals_that_hold_their_estimate(text: str) -> None:
    assert not found(text, "NU015", "clinician")


def test_a_change_may_be_relative_or_in_points() -> None:
    assert not found("Deaths fell from 20% to 10%, a 50% reduction.", "NU016")
    assert not found("Deaths fell from 20% to 10%, a 10% reduction.", "NU016")
    assert found("Deaths fell from 20% to 10%, a 30% reduction.", "NU016")


def test_other_percentages_than_of_people_are_left() -> None:
    assert not found("Use a 5% cream on people's hands. Alcohol of 70% kills germs.", "NU001")
    assert not found("It is 12 out of every 100 people (12%).", "NU001")


def test_risks_for_clinicians_are_left() -> None:
    for rule in ("NU001", "NU004", "NU005", "NU012", "NU013"):
        assert not found(
            "Risk doubled in 12.4% of people; 1 in 20 and 3 in 100.", rule, "clinician"
        )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "text", ["", "a %", "1" * 2000, "(5%) " * 500, "৫0" * 200, "of every 100 " * 300, "0 to 0 of 0 (0%)"]
)  # fmt: skip
def test_no_text_breaks_a_rule(rule: str, text: str) -> None:
    found(text or "a", rule)
    found(text or "a", rule, "clinician")


@pytest.mark.skipif(SEEDS is None, reason="no seeds beside the repository")
def test_the_seeds_figures_are_right_and_stay_quiet() -> None:
    assert SEEDS is not None
    (file,) = SEEDS.glob("003_*.txt")
    (page,) = open_page(file, CheckSettings(select=("NU",)))
    assert not [one for one in check_page(page).findings if one.severity == "error"]


class TestUnitSlip:
    @pytest.mark.parametrize(
        "said",
        [
            "Paracetamol 500 mg is taken by mouth. At night, paracetamol 1 g by mouth.",
            "Levothyroxine 75 mcg is taken. Later levothyroxine 0.1 mg is taken.",
            "Methotrexate 12 mg is given by lumbar puncture. Methotrexate 3 g/m2 is infused.",
            "Methotrexate 10 mg is taken orally. Intravenous methotrexate 10 g is given.",
            "Prednisone 10 mg is taken. The cumulative prednisone dose was 10 g.",
            "Prednisone 10 mg is taken. Infliximab 10 g was a slip of another page.",
            "Morphine 5 mg is given. Morphine 50 mg with 5 g of another medicine is given.",
            "Morphine 10 mg/ml is for injection. Morphine 10 g is not.",
        ],
    )
    def test_doses_that_may_both_be_right(self, said: str) -> None:
        assert not found(said, "NU018")

    @pytest.mark.parametrize(
        ("said", "slip"),
        [
            ("Prednisone 10 mg is taken. Prednisone 10 g is taken. Prednisone 10 mg.", "10 g"),
            ("Levothyroxine 75 mg is taken. Levothyroxine 50 micrograms, then levothyroxine 75 "
             "micrograms is taken.", "75 mg"),
            ("Take 500 mg of paracetamol. At night take 500 µg of paracetamol.", "500 µg"),
            ("Prednisone 40 mg, later prednisone 20 mg, then prednisone 10 g.", "10 g"),
        ],
    )  # fmt: skip
    def test_the_rarer_or_the_later_dose_is_told(self, said: str, slip: str) -> None:
        assert slip in found(said, "NU018")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("NU006", "It affects 1 in 12 adults (12%)."),
        ("NU006", "Of 200 patients, 50 (30%) died."),
        ("NU006", "De 200 pacientes, 50 (30 %) murieron."),
        ("NU007", "45% of men and 65% of women out of 100 have it."),
        ("NU008", "Between 40 and 20 people in 100 get better."),
        ("NU008", "Between 2 and 1 in 10 people have it."),
        ("NU008", "The fever lasts from 5 to 3 days."),
        ("NU012", "36.7432% of people have it."),
    ],
)
def test_what_a_reader_found_missing_is_found(rule: str, text: str) -> None:
    assert found(text, rule)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("NU006", "It affects 1 in 12 adults (8%)."),
        ("NU006", "About 1 in 3 people (30%) have it."),
        ("NU006", "Of 200 patients, 50 (25%) died."),
        ("NU006", "After a mean follow-up of 68 months, 27 eyes (50%) saw well."),
        ("NU007", "45% of men and 65% of women have it."),
        ("NU007", "45% of men and 55% of women out of 100 have it."),
        ("NU008", "Between 20 and 40 people in 100 get better."),
        ("NU008", "The stay fell from 5 to 3 days."),
        ("NU008", "The difference between 40 and 20 people in 100 is large."),
        ("NU005", "The chance is between 1 in 10 and 1 in 5."),
        ("NU005", "- Bleeding: 1 in 2,400 people.\n- Infection: 1 in 1,700 people."),
    ],
)
def test_what_a_reader_found_wrongly_accused_is_left(rule: str, text: str) -> None:
    assert not found(text, rule)
