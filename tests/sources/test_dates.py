from __future__ import annotations

import pytest

from piamater.sources.dates import date_parts, parse_date, said_dates, writes_day_first


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30 Aug 2023", "2023-08-30"),
        ("February 25, 2025View editorial policy", "2025-02-25"),
        ("1st of nothing, 3rd March 2020", "2020-03-03"),
        ("16 de agosto de 2022", "2022-08-16"),
        ("২৫ ফেব্রুয়ারি ২০২৫", "2025-02-25"),
        ("ফেব্রুয়ারি ২০২৫", "2025-02"),
        ("Sept 2021", "2021-09"),
        ("2023", "2023"),
        ("2023-08", "2023-08"),
        ("2023/08/30", "2023-08-30"),
        ("2019-03-11T10:00:00Z", "2019-03-11"),
        ("16/08/2022", "2022-08-16"),
        ("08/16/2022", "2022-08-16"),
        ("31 Feb 2022", "2022-02"),
        ("2022-13-40", "2022"),
        ("call 0808 800 40 40", ""),
        ("", ""),
    ],
)
def test_forms(text: str, iso: str) -> None:
    assert parse_date(text) == iso


def test_an_order_that_is_not_known_leaves_the_year() -> None:
    assert parse_date("05/06/2022") == "2022"
    assert parse_date("05/06/2022", day_first=True) == "2022-06-05"
    assert parse_date("05/06/2022", day_first=False) == "2022-05-06"
    assert parse_date("06/06/2022") == "2022-06-06"


@pytest.mark.parametrize(
    ("language", "order"),
    [("es", True), ("bn", True), ("en-GB", True), ("en_us", False), ("en", None), ("", None)],
)
def test_the_order_by_language(language: str, order: bool | None) -> None:
    assert writes_day_first(language) is order


def test_dates_a_page_states_of_itself() -> None:
    said = said_dates("Page last reviewed: 30 August 2023\nNext review due: 30 August 2026\n")
    assert (said["reviewed"], said["review_due"]) == ("2023-08-30", "2026-08-30")
    assert (said["updated"], said["published"]) == ("", "")
    spanish = said_dates("Última actualización: 3 de mayo de 2021", day_first=True)
    assert spanish["updated"] == "2021-05-03"


def test_prose_about_publishing_is_no_date_of_the_page() -> None:
    text = "Published data from 2019 differ. It was published in 2018. Reviewed cases: 2017."
    assert set(said_dates(text).values()) == {""}


def test_the_csl_form() -> None:
    assert date_parts("2023-08") == {"date-parts": [[2023, 8]]}
