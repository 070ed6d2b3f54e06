"""The dated data files of countries, organisations and registries, and what is read from them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.answers.urgent import emergency_number
from piamater.site.countries import (
    LONGEST_TERM,
    MOST_TERMS,
    Organisation,
    Words,
    countries,
    emergency,
    organisations,
    registry_links,
)

GUIDES = {
    "leptomeningeal-metastases",
    "leptomeningeal-neurosarcoidosis",
    "neuroleukemiosis",
    "neurolymphomatosis",
    "bacterial-meningitis",
    "tuberculous-meningitis",
    "central-nervous-system-lymphoma",
    "mog-antibody-disease",
    "leptomeningeal-melanocytosis",
}
SPANISH_SPEAKING = [
    "AR",
    "BO",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "ES",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PY",
    "SV",
    "UY",
    "VE",
]
ASKED_FOR = [
    "BD",
    "IN",
    "PK",
    "NP",
    "LK",
    "US",
    "CA",
    "GB",
    "IE",
    "AU",
    "NZ",
    "DE",
    "FR",
    "IT",
    "PL",
    "NL",
    "ZA",
    "KE",
    "NG",
    "SA",
    "AE",
    "MY",
    "SG",
    "QA",
]
BANGLA = re.compile(r"[\u0980-\u09ff]")

FILES = {
    "emergency_numbers.toml": "country",
    "support.toml": "organisation",
    "trial_registries.toml": "registry",
}


def rows(name: str) -> list[dict[str, Any]]:
    text = (files("piamater.site") / "data" / name).read_text("utf-8")
    loaded: list[dict[str, Any]] = tomllib.loads(text)[FILES[name]]
    return loaded


def everybody() -> set[Organisation]:
    places = [None, *(one.code for one in countries())]
    return {
        one
        for guide in GUIDES
        for place in places
        for one in organisations(guide, ("cancer",), place)
    }


@pytest.mark.parametrize("name", FILES)
def test_every_entry_names_its_source_and_the_day_it_was_looked_up(name: str) -> None:
    for row in rows(name):
        assert re.match(r"https://[^/]+\.[a-z]+", row["source"]), row
        assert type(row["looked_up"]) is date, row
        for one in row.get("also", ()):
            assert one.get("source", "https://").startswith("https://"), row


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_there_in_three_languages(name: str) -> None:
    texts = [
        one[key]
        for row in rows(name)
        for one in (row, *row.get("also", ()))
        for key in ("name", "what", "note")
        if isinstance(one.get(key), dict)
    ]
    assert texts
    for text in texts:
        assert set(text) == {"en", "es", "bn"}, text
        assert all(one.strip() for one in text.values()), text
        assert BANGLA.search(text["bn"]), text
        assert not BANGLA.search(text["en"] + text["es"]), text


@pytest.mark.parametrize(
    ("name", "key"),
    [("emergency_numbers.toml", "code"), ("support.toml", "id"), ("trial_registries.toml", "id")],
)
def test_no_entry_stands_twice(name: str, key: str) -> None:
    assert [
        one for one, times in Counter(row[key] for row in rows(name)).items() if times > 1
    ] == []


def test_numbers_are_short_and_only_digits() -> None:
    for one in countries():
        assert re.fullmatch(r"[A-Z]{2}", one.code)
        assert re.fullmatch(r"[0-9]{2,4}", one.number), one
        others = [other.number for other in one.also]
        assert all(re.fullmatch(r"[0-9]{2,11}", other) for other in others), one
        assert len({one.number, *others}) == len(others) + 1, one


def test_the_countries_that_were_asked_for_have_a_number() -> None:
    assert {one.code for one in countries()} >= {*SPANISH_SPEAKING, *ASKED_FOR}


@pytest.mark.parametrize(
    ("code", "number", "also"),
    [
        ("BD", "999", {"16263"}),
        ("ES", "112", {"061"}),
        ("IN", "112", {"108"}),
        ("GB", "999", {"112", "111"}),
        ("US", "911", set()),
        ("AU", "000", {"1800022222"}),
    ],
)
def test_known_numbers(code: str, number: str, also: set[str]) -> None:
    found = emergency(code)
    assert found
    assert found.number == number
    assert {one.number for one in found.also} == also


def test_a_number_is_the_one_that_answers_give() -> None:
    """The card on a page and the card of an answer never name two different numbers."""
    for one in countries():
        assert emergency_number(one.code) in {"", one.number}, one.code


def test_a_country_is_found_in_any_case_and_none_is_made_up() -> None:
    assert emergency(" bd ") == emergency("BD")
    for code in (None, "", "ZZ", "BGD", "৯৯", "<b>", "A" * 100_000):
        assert emergency(code) is None


def test_the_source_of_another_number_is_the_countrys_own_unless_it_names_one() -> None:
    singapore, spain = emergency("SG"), emergency("ES")
    assert singapore
    assert singapore.also[0].source == singapore.source
    assert spain
    assert spain.also[0].source != spain.source


def test_words_fall_back_to_english() -> None:
    words = Words("one", "uno", "এক")
    assert [words.in_language(one) for one in ("en", "es", "bn", "fr")] == [
        "one",
        "uno",
        "এক",
        "one",
    ]


def test_organisations_serve_known_guides_and_can_be_reached() -> None:
    for row in rows("support.toml"):
        assert row["for"], row
        assert set(row["for"]) <= {*GUIDES, "cancer", "*"}, row
        assert all(re.fullmatch(r"[A-Z]{2}|\*", one) for one in row["countries"]), row
        assert row["languages"], row
        assert row["url"].startswith("https://"), row
        assert re.fullmatch(r"[0-9][0-9 -]{3,18}[0-9]", row.get("phone", "00000")), row


def test_there_is_somebody_for_every_guide() -> None:
    for guide in GUIDES - {"neuroleukemiosis"}:
        assert organisations(guide, (), None) or organisations(guide, (), "GB"), guide
    assert organisations("neuroleukemiosis", (), "US")


def test_enough_of_them_work_in_spanish_and_in_bangladesh_and_india() -> None:
    everyone = everybody()
    assert len(everyone) == len(rows("support.toml")) >= 20
    assert sum("es" in one.languages for one in everyone) >= 3
    assert sum(bool({"BD", "IN"} & set(one.countries)) for one in everyone) >= 3


def test_own_country_comes_first_then_worldwide_and_nobody_elses() -> None:
    found = organisations("leptomeningeal-neurosarcoidosis", (), "gb")
    assert [one.id for one in found] == ["sarcoidosis-uk", "foundation-for-sarcoidosis-research"]
    abroad = organisations("leptomeningeal-neurosarcoidosis", (), "ES")
    assert [one.id for one in abroad] == ["foundation-for-sarcoidosis-research"]
    assert organisations("leptomeningeal-neurosarcoidosis", (), None) == abroad


def test_those_for_the_guide_itself_come_before_those_for_its_group() -> None:
    found = [one.id for one in organisations("neurolymphomatosis", ("cancer",), "GB")]
    assert found.index("lymphoma-action") < found.index("macmillan")


def test_a_meningitis_page_is_not_sent_to_a_cancer_charity() -> None:
    for place in ("GB", "BD", "ES", None):
        found = organisations("bacterial-meningitis", (), place)
        assert not any("cancer" in one.serves for one in found)
    assert [one.id for one in organisations("tuberculous-meningitis", (), "BD")][:2] == [
        "brac-tuberculosis",
        "shasthyo-batayon",
    ]


def test_a_ready_made_search_carries_the_names_and_the_country() -> None:
    links = {
        one.registry.id: one for one in registry_links(["MOG antibody disease", "MOGAD"], "es")
    }
    query = parse_qs(urlsplit(links["ctgov"].url).query)
    assert query == {"cond": ['"MOG antibody disease" OR MOGAD'], "locn": ["Spain"]}
    assert links["ctgov"].url.startswith("https://clinicaltrials.gov/search?cond=%22MOG%20antibody")
    assert links["ctri-india"].term == "MOG antibody disease"
    assert not links["ictrp"].registry.prefills
    assert links["ictrp"].term


def test_prefilled_links_differ_from_the_bare_page_and_the_others_do_not() -> None:
    for one in registry_links(["neurolymphomatosis"], "ES"):
        assert one.registry.prefills == ("neurolymphomatosis" in one.url), one
        assert one.registry.prefills == ("{condition}" in one.registry.url_template), one


def test_own_registries_come_first_then_worldwide_ones() -> None:
    def order(country: str | None) -> list[str]:
        return [one.registry.id for one in registry_links(["lymphoma"], country)]

    assert order("IN")[:3] == ["ctri-india", "ctgov", "ictrp"]
    assert order("ES")[:3] == ["euctis", "euctr", "reec-spain"]
    assert order("BD")[:2] == ["ctgov", "ictrp"]
    assert {"ctgov", "ictrp", "euctis", "ctri-india"} <= set(order(None))
    assert "reec-spain" not in order("BD")


@pytest.mark.parametrize("country", [None, "ZZ", "<script>", "ES&cond=x"])
def test_an_unknown_country_leaves_the_parameter_out(country: str | None) -> None:
    links = {one.registry.id: one.url for one in registry_links(["lymphoma"], country)}
    assert links["ctgov"] == "https://clinicaltrials.gov/search?cond=lymphoma"


@pytest.mark.parametrize("terms", [[], [""], ["  ", '"', "\n\t\u200b"]])
def test_no_name_gives_no_link(terms: list[str]) -> None:
    assert registry_links(terms, "BD") == ()


def test_hostile_names_cannot_leave_their_place_in_the_address() -> None:
    hostile = '"><script>alert(1)</script>&locn=evil#x ?a=b {country} %00 ../..\r\nSet-Cookie: a'
    for one in registry_links([hostile], "BD"):
        assert re.fullmatch(r"https://[A-Za-z0-9._~/%?=&-]+", one.url), one.url
        assert one.url.count("&") == one.registry.url_template.count("&")
        assert "script" not in urlsplit(one.url).path
        assert not urlsplit(one.url).fragment
    ctgov = next(one for one in registry_links([hostile], "BD") if one.registry.id == "ctgov")
    assert parse_qs(urlsplit(ctgov.url).query)["locn"] == ["Bangladesh"]


def test_many_and_long_names_are_cut() -> None:
    links = registry_links([f"name{n} " + "x" * 10_000 for n in range(1_000)], "BD")
    for one in links:
        assert len(one.term) <= MOST_TERMS * (LONGEST_TERM + len('"" OR '))
    assert len(registry_links(["Lymphoma", "lymphoma"], None)[0].term) == len("Lymphoma")


@given(
    st.lists(st.text(st.characters(codec=None), max_size=40), max_size=4),
    st.none() | st.text(max_size=4),
)
def test_any_name_gives_plain_addresses_on_the_registrys_own_host(
    terms: list[str], country: str | None
) -> None:
    for one in registry_links(terms, country):
        assert one.url.isascii()
        assert " " not in one.url
        assert urlsplit(one.url).netloc == urlsplit(one.registry.url_template).netloc
        assert "{" not in one.url
        assert "}" not in one.url
