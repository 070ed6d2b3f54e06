"""Safety rules: what their examples cannot show."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from piamater.checks import CheckSettings, Finding, check_page, page_from_text
from piamater.checks.opening import open_page
from piamater.checks.sf.danger import boxes, covered, for_patients, signs
from piamater.checks.sf.needles import needles
from piamater.checks.sf.words import data, pattern
from tests.checks.clean import clean, guides

AGENCIES = {
    "www.ema.europa.eu", "ema.europa.eu", "gov.uk", "www.fda.gov", "edocket.access.gpo.gov",
    "regulations.justia.com", "www.hpra.ie", "www.aifa.gov.it",
    "webarchive.nationalarchives.gov.uk", "webarchive.library.unt.edu", "webharvest.gov",
}  # fmt: skip
"""Medicines agencies, the Federal Register, and archives of their pages."""
JOURNALS = {
    "www.bmj.com", "dtb.bmj.com", "www.cmaj.ca", "academic.oup.com", "pmc.ncbi.nlm.nih.gov",
    "www.nursingcenter.com",
}  # fmt: skip
SEEDS = next(
    (one / "shared" / "seeds" for one in Path(__file__).parents if (one / "shared/seeds").is_dir()),
    None,
)
SEED = pytest.mark.skipif(SEEDS is None, reason="the five seed pages are not here")


def found(text: str, rule: str, name: str = "page.md", country: str = "") -> list[Finding]:
    settings = CheckSettings(select=(rule,), country=country)
    return list(check_page(page_from_text(text, name, settings)).findings)


def in_seed(seed: str, rule: str) -> list[tuple[int, Finding]]:
    assert SEEDS is not None
    (file,) = SEEDS.glob(f"{seed}_*.txt")
    page = open_page(file, CheckSettings(select=(rule,)))[0]
    return [(page.line(one.start), one) for one in check_page(page).findings]


@SEED
@pytest.mark.parametrize(
    ("seed", "rule", "lines"),
    [
        ("000", "SF016", {20}),
        ("001", "SF002", {44, 51}),
        ("001", "SF007", {42}),
        ("001", "SF006", {350}),
        ("001", "SF009", {296, 297, 298, 302, 313, 324, 325, 332}),
        ("001", "SF010", {322}),
        ("001", "SF011", {144}),
        ("001", "SF021", {98}),
        ("002", "SF002", {46, 51}),
        ("002", "SF009", {291, 292, 293, 297, 308, 319, 320, 327}),
        ("002", "SF010", {317}),
        ("002", "SF011", {118}),
        ("002", "SF012", {121}),
        ("002", "SF015", {111, 112}),
        ("002", "SF021", {93}),
        ("003", "SF001", {16}),
    ],
)
def test_the_faults_of_the_seeds_are_found(seed: str, rule: str, lines: set[int]) -> None:
    assert lines <= {line for line, _ in in_seed(seed, rule)}


@SEED
@pytest.mark.parametrize("seed", ["001", "002"])
def test_the_boxes_of_the_template_disagree(seed: str) -> None:
    ((_, one),) = in_seed(seed, "SF003")
    assert "emergency boxes" in one.message


@SEED
def test_a_case_report_is_left_in_peace() -> None:
    assert SEEDS is not None
    (file,) = SEEDS.glob("004_*.txt")
    page = open_page(file, CheckSettings(select=("SF",)))[0]
    assert check_page(page).findings == ()


@pytest.mark.parametrize("language", ["en", "es", "bn"])
@pytest.mark.parametrize("view", ["patient", "clinical"])
def test_clean_pages_have_no_error_and_at_most_one_warning(language: str, view: str) -> None:
    for id_ in guides():
        page = page_from_text(clean(id_, language, view), "page.md", CheckSettings(select=("SF",)))
        severities = [one.severity for one in check_page(page).findings]
        assert "error" not in severities, (id_, severities)
        assert severities.count("warning") <= 1, (id_, severities)


@pytest.mark.parametrize(
    ("country", "wrong"), [("ES", True), ("GB", True), ("US", False), ("CA", False), ("JP", False)]
)
def test_a_number_must_be_the_countrys(country: str, wrong: bool) -> None:
    text = "# Brain tumour\n\n## Emergency\n\nCall 911 if you have a seizure.\n"
    assert bool(found(text, "SF008", country=country)) is wrong


def test_a_box_with_the_countrys_number_beside_others_is_right() -> None:
    text = "# Brain tumour\n\n## Emergency\n\nCall 112, or 911 in America, for a seizure.\n"
    assert not found(text, "SF008", country="ES")


def test_danger_signs_that_are_also_in_the_open_may_be_folded() -> None:
    text = (
        "<html lang='en'><body><main><h1>Brain tumour</h1><h2>Emergency</h2><p>Call 112 for a "
        "seizure.</p><details><summary>More signs</summary><p>Call 112 too if there is confusion "
        "that is new.</p></details></main></body></html>"
    )
    assert not found(text, "SF005", "page.html")


@pytest.mark.parametrize(
    "panel",
    [
        "<button aria-expanded='false'>Help</button><div style='display:none'>{}</div>",
        "<button aria-expanded='false' aria-controls='p1'>Help</button><div id='p1'>{}</div>",
        "<div class='accordion'><div class='collapse'>{}</div></div>",
        "<section hidden>{}</section>",
    ],
)
def test_danger_signs_in_a_hidden_panel_are_folded(panel: str) -> None:
    signs_ = "<p>Call 112 if there is a seizure or new confusion.</p>"
    start = "<html lang='en'><body><main><h1>Brain tumour</h1><p>It is a growth of cells.</p>"
    text = start + panel.format(signs_) + "</main></body></html>"
    assert found(text, "SF005", "page.html")
    assert not found(text.replace("<p>It", signs_ + "<p>It"), "SF005", "page.html")


def test_an_open_panel_is_no_folded_one() -> None:
    text = (
        "<html lang='en'><body><main><h1>Brain tumour</h1><button aria-expanded='true' "
        "aria-controls='p1'>Help</button><div id='p1' class='collapse show'><p>Call 112 if there "
        "is a seizure or new confusion.</p></div></main></body></html>"
    )
    assert not found(text, "SF005", "page.html")


def test_a_non_urgent_card_is_no_danger_box() -> None:
    text = "# Asthma\n\n## Non-urgent advice: See a GP if:\n\n- you have a cough\n"
    assert not [one for one in boxes(page_from_text(text)) if one.emergency]
    assert not found("---\nkind: patient-information\n---\n" + text, "SF007")


BOX = "# Meningitis\n\n## Emergency\n\nCall 999 if there is a seizure.\n\n"


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("In an emergency dial 911 at once.", True),
        ("Call 911 if there is a seizure.", True),
        ("If you are travelling in the United States, call 911.", False),
        ("In Europe, call 112; in the US, call 911.", False),
        ("We had 911 calls last year.", False),
    ],
)
def test_a_number_of_another_country_is_for_travellers(sentence: str, wrong: bool) -> None:
    text = f"{BOX}## More\n\n{sentence}\n"
    assert bool(found(text, "SF008", country="GB")) is wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not stop taking the tablets.",
        "Never double the dose of your medicine.",
        "Stop taking the tablets and call your doctor at once if you get a rash.",
        "Your doctor may ask you to stop taking the tablets.",
        "Stop smoking before the operation.",
        "No deje de tomar las pastillas.",
        "ওষুধ বন্ধ করবেন না।",
        "ডাক্তারকে না জানিয়ে ওষুধ বন্ধ করবেন না।",
    ],
)
def test_a_warning_is_no_order_to_stop(sentence: str) -> None:
    assert not found(f"# Dexamethasone\n\n{sentence}\n", "SF018")


@pytest.mark.parametrize(
    "sentence",
    [
        "Deje de tomar las pastillas cuando se sienta mejor.",
        "Stop the steroids without asking your doctor.",
        "There is no need to ask your doctor before you stop the tablets.",
        "ভালো লাগলে ওষুধ বন্ধ করুন।",
    ],
)
def test_an_order_to_stop_is_found_in_three_languages(sentence: str) -> None:
    assert found(f"# Dexamethasone\n\n{sentence}\n", "SF018")


@pytest.mark.parametrize(
    "sentence",
    [
        "No vaccine is 100% safe.",
        "Beware of anyone who offers a miracle cure.",
        "Most patients had no side effects.",
        "Is the treatment completely safe?",
        "Ningún tratamiento es 100 % seguro.",
    ],
)
def test_a_denied_promise_is_none(sentence: str) -> None:
    assert not found(f"# Brain tumour\n\n{sentence}\n", "SF020")


@pytest.mark.parametrize(
    "sentence",
    [
        "Vincristine must never be given intrathecally.",
        "La vincristina nunca se administra por vía intratecal.",
        "Intrathecal methotrexate was given with intravenous vincristine.",
        "Vincristine into the spinal fluid is fatal.",
    ],
)
def test_a_warning_of_the_way_is_no_advice(sentence: str) -> None:
    assert not found(f"# Leukaemia\n\n{sentence}\n", "SF014")


@pytest.mark.parametrize(
    "sentence",
    [
        "Rofecoxib was withdrawn in 2004.",
        "In one trial, liposomal cytarabine held the disease back for longer.",
        "DepoCyte is no longer authorised.",
        "DepoCyte আর অনুমোদিত নয়।",
        "Liposomal daunorubicin and cytarabine (Vyxeos) is for leukaemia.",
    ],
)
def test_a_medicine_said_to_be_gone_is_no_fault(sentence: str) -> None:
    assert not found(f"# Leptomeningeal metastases\n\n{sentence}\n", "SF012")


def test_a_medicine_gone_from_one_market_depends_on_the_country() -> None:
    text = "# Diabetes\n\n## Medicines\n\n- Rosiglitazone lowers the sugar.\n"
    assert [one.severity for one in found(text, "SF012", country="ES")] == ["warning"]
    assert not found(text, "SF012", country="US")
    assert [one.severity for one in found(text, "SF012")] == ["info"]


@pytest.mark.parametrize("country", ["GB", "DE", "US", "BD"])
def test_a_medicine_gone_from_everywhere_is_gone_from_each_country(country: str) -> None:
    text = "---\nkind: patient-information\n---\n# Arthritis\n\nRofecoxib eases the pain.\n"
    assert [one.severity for one in found(text, "SF012", country=country)] == ["error"]


@pytest.mark.parametrize(("country", "there"), [("GB", False), ("DE", False), ("US", True)])
def test_ranitidine_came_back_in_one_country(country: str, there: bool) -> None:
    text = "# Heartburn\n\nRanitidine lowers the acid in the stomach.\n"
    told = found(text, "SF012", country=country)
    assert bool(told) is not there
    assert all("2020" in one.message for one in told)


def test_the_dose_of_a_trial_is_no_advice() -> None:
    text = "# Fatigue\n\nPatients were randomly assigned to dexamethasone 4 mg twice a day.\n"
    assert not found(text, "SF013")


@pytest.mark.parametrize(
    "text",
    [
        "# Low back pain\n\n- Avoid heavy lifting.\n- Use good posture.\n- Avoid bending.\n",
        "# Leptomeningeal metastases\n\n- Avoid heavy lifting after the operation.\n",
        "# Herniated disc\n\n- Avoid heavy lifting and sudden bending.\n- Use good posture.\n",
    ],
)
def test_back_pain_advice_has_its_place(text: str) -> None:
    assert not found(text, "SF009")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("SF009", "# Brain tumour\n\nLift with your knees.\n\nUse a lumbar support cushion.\n"),
        ("SF010", "# Asthma\n\nSee a dentist if you are wheezing.\n"),
        ("SF013", "# Atrial fibrillation\n\nRivaroxaban 10 mg once a day.\n"),
        ("SF013", "# Headache\n\nTake 2 tablets every 4 hours.\n"),
        ("SF013", "# Headache\n\nTome 2 comprimidos cada 8 horas.\n"),
        (
            "SF016",
            "# Leptomeningeal disease\n\n## Causes of leptomeningeal disease\n\n- Epidural abscess\n",
        ),
        (
            "SF016",
            "# Leptomeningeal disease\n\n## Causes of leptomeningeal disease\n\n- Subdural haematoma\n",
        ),
        ("SF017", "# Headache\n\nWe analyse your symptoms.\n"),
        ("SF018", "# Atrial fibrillation\n\nDouble the dose of warfarin if you miss one.\n"),
        ("SF018", "# Asthma\n\nYou can stop your inhaler once you feel better.\n"),
        ("SF019", "# Epilepsy\n\nIf someone has a seizure, put a spoon between the teeth.\n"),
    ],
)
def test_what_a_reader_found_missing_is_found(rule: str, text: str) -> None:
    assert found(text, rule)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("SF009", "# Brain tumour\n\nLift with your knees.\n"),
        ("SF010", "# Brain tumour\n\n## Doctors\n\nYour orthopaedic surgeon does not treat it.\n"),
        (
            "SF010",
            "# Brain tumour\n\n## Doctors\n\nIf it spreads to the spine you may see an orthopaedic "
            "surgeon.\n",
        ),
        ("SF010", "# Asthma\n\nSee a dentist regularly.\n"),
        ("SF010", "# Asthma\n\nSee a dentist if your mouth is sore.\n"),
        ("SF013", "# Headache\n\nA 500 mg paracetamol tablet.\n"),
        ("SF013", "# Headache\n\nTake a pill every morning.\n"),
        ("SF017", "# Asthma\n\nWe will diagnose your asthma with a breathing test.\n"),
        ("SF017", "# Asthma\n\nWe assess your symptoms at the clinic.\n"),
        ("SF018", "# Acne\n\nYou may stop having periods while you take the tablets.\n"),
        (
            "SF019",
            "# Epilepsy\n\nPeople used to be told to put a wallet in the mouth of a person having a "
            "seizure.\n",
        ),
    ],
)
def test_what_a_reader_found_wrongly_accused_is_left(rule: str, text: str) -> None:
    assert not found(text, rule)


def test_a_heading_of_emergency_treatment_is_no_danger_box() -> None:
    page = page_from_text(
        "# Pulmonary embolism\n\n## Emergency treatment\n\nIn hospital, a clot is dissolved.\n"
    )
    assert not boxes(page)


@pytest.mark.parametrize(
    "text", ["x", "ক" * 5000, "## Emergency\n\nx", "- a\n" * 500, "# 112\n\n112", "(a " * 3000]
)
def test_no_page_is_too_odd(text: str) -> None:
    check_page(page_from_text(text, settings=CheckSettings(select=("SF",))))


def test_a_long_page_takes_well_under_a_second() -> None:
    text = "# Brain tumour\n\n" + "A tumour can press on the brain and its nerves. " * 4000
    page = page_from_text(text, settings=CheckSettings(select=("SF",)))
    check_page(replace(page, name="once.md"))
    start = time.perf_counter()
    check_page(page)
    assert time.perf_counter() - start < 1.5


def test_a_page_that_says_its_audience_is_believed() -> None:
    page = page_from_text("# Brain tumour\n\nYou can rest.\n")
    assert not for_patients(page)
    told = replace(page, settings=CheckSettings(audience="patient"))
    assert for_patients(told)


def test_a_box_covers_its_signs_in_three_languages() -> None:
    for heading, item in (
        ("Emergency", "a first seizure"),
        ("Pida ayuda urgente", "una convulsión"),
        ("জরুরি সাহায্য নিন", "খিঁচুনি"),
    ):
        (box,) = boxes(page_from_text(f"# Tumour\n\n## {heading}\n\n- {item}\n"))
        assert covered(box) == {"seizure"}


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        (r"\bambulance\b", ("ambulance",)),
        (r"(?:stop|quit) (?:taking )?", ("stop", "quit")),
        (r"side ?-?effects?", ("effect",)),
        ("one|other", ()),
        (r"(?:a|b)?[cd]", ()),
    ],
)
def test_needles_are_letters_that_must_be_there(expression: str, letters: tuple[str, ...]) -> None:
    assert needles(expression) == letters


def test_every_data_file_says_where_its_facts_are_from() -> None:
    for one in data("withdrawn-medicines")["medicine"]:
        assert one["seen"]
        for loss in one["gone"]:
            assert urlsplit(loss["source"]).hostname in AGENCIES | JOURNALS, one["name"]
            assert loss["markets"]
            assert re.fullmatch(r"(?:19|20)\d\d", loss["when"])
        assert pattern(one["names"]).search(one["name"]), one["name"]
    for table, key in (
        ("never_routes", "never"),
        ("first_aid", "act"),
        ("foreign_advice", "advice"),
    ):
        assert all("http" in one["source"] for one in data(table)[key]), table
    assert len(signs()) == len({one.id for one in signs()})
