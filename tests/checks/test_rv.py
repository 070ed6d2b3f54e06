"""Rules on review and dates: what their examples cannot show."""

from __future__ import annotations

from datetime import date

import pytest

from piamater.checks import CheckSettings, check_page, page_from_text
from piamater.checks.rv.dates import told_dates
from piamater.checks.rv.people import credits_of, names_person
from tests.checks.seeds import ON, found


def rules_of(text: str, name: str = "page.md", on: date = ON, **options: float) -> list[str]:
    settings = CheckSettings(
        select=("RV",), today=on, options={"RV008": options, "RV004": options} if options else {}
    )
    return [one.rule for one in check_page(page_from_text(text, name, settings)).findings]


@pytest.mark.parametrize(
    ("said", "what", "iso"),
    [
        ("Last reviewed: 30 Aug 2023", "reviewed", "2023-08-30"),
        ("Next review due: 30 Aug 2026", "review_due", "2026-08-30"),
        ("Page last reviewed: August 2023", "reviewed", "2023-08"),
        ("Next review date: August 2026", "review_due", "2026-08"),
        ("Última revisión: 3 de mayo de 2024", "reviewed", "2024-05-03"),
        ("Próxima revisión: 2027-05-03", "review_due", "2027-05-03"),
        ("সর্বশেষ পর্যালোচনা: ৩ মার্চ ২০২৪", "reviewed", "2024-03-03"),
        ("পরবর্তী পর্যালোচনা: ২০২৭-০৩-০১", "review_due", "2027-03-01"),
        ("Last updated: February 25, 2025View policy", "updated", "2025-02-25"),
    ],
)
def test_a_page_is_believed_what_it_says_of_its_dates(said: str, what: str, iso: str) -> None:
    dates = told_dates(page_from_text(f"# Wexford fever\n\nIt is mild.\n\n{said}\n"))
    assert dates[what].iso == iso
    assert dates[what].end > dates[what].start


def test_the_dates_of_what_is_cited_are_not_those_of_the_page() -> None:
    page = page_from_text(
        "# Fever\n\nThe guideline was published in 2014 by the college.\n\n## References\n\n"
        "1. Archer B. Fever. Published: 3 May 1999. Last updated: 4 May 2001.\n"
    )
    assert told_dates(page) == {}


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Mary Archer, MD", True),
        ("B. Reader, consultant neurologist", True),
        ("Dra. Ana López", True),
        ("ডা. সালমা খাতুন", True),
        ("our Medical Advisory Board", False),
        ("the PDQ Adult Treatment Editorial Board", False),
        ("NIDDK scientists and other experts", False),
        ("nuestro comité editorial", False),
        ("আমাদের বিশেষজ্ঞ বোর্ড", False),
    ],
)
def test_a_person_is_told_from_a_body(words: str, person: bool) -> None:
    assert names_person(words) is person


def test_lead_reviewers_in_a_list_are_reviewers() -> None:
    page = page_from_text(
        "# Fever\n\nThe lead reviewers for Fever are:\n\n- Mary Archer, PhD\n- Joe Bell, MD\n"
    )
    assert [one.person for one in credits_of(page) if one.role == "reviewer"] == [True]


def test_a_month_is_over_on_its_last_day() -> None:
    text = "# Fever\n\nMild.\n\nLast reviewed: May 2026\n\nNext review due: November 2026\n"
    assert "RV001" not in rules_of(text, on=date(2026, 11, 30))
    assert "RV001" in rules_of(text, on=date(2026, 12, 1))


def test_a_review_behind_its_due_date_is_not_overdue_but_the_dates_disagree() -> None:
    text = "# Fever\n\nMild.\n\nLast reviewed: 2026-05-01\n\nNext review due: 2025-05-01\n"
    assert rules_of(text) == ["RV007"]


def test_how_many_years_a_page_may_stand_can_be_set() -> None:
    text = "# Fever\n\nMild.\n\nLast updated: 4 May 2025\n"
    assert "RV008" not in rules_of(text)
    assert "RV008" in rules_of(text, years=1)


@pytest.mark.parametrize(
    "text",
    [
        "# Fever\n\nLos criterios se basan en revisión de la literatura. Revisado por B. Reader.\n",
        "# Fever\n\nChest pain should be checked by a doctor. Reviewed by B. Reader, MD.\n",
        "# Fever\n\nThe drug was approved by the agency. Studies were reviewed by two readers.\n",
        "# Fever\n\nAuthor: B. Reader. The Information Standard was a scheme; HONcode closed.\n",
        "# Fever\n\nBlood counts are checked regularly, and doses adjusted this week.\n",
    ],
)
def test_words_of_medicine_are_no_words_of_review(text: str) -> None:
    quiet = {"RV005", "RV006", "RV009", "RV010"}
    assert not quiet & set(rules_of(text))


def test_a_paper_is_dated_once() -> None:
    text = "---\ntitle: Fever\nkind: cohort\ndate: 2011-05-04\n---\n\n# Fever\n\nWe followed 40.\n"
    assert rules_of(text) == []


def test_an_answer_of_the_library_is_left_to_the_library() -> None:
    assert rules_of("# Fever\n\nMild.\n") == ["RV002"]


class TestSeeds:
    def test_the_review_that_fell_due_and_nobody_noticed(self) -> None:
        assert found("003", "RV001") == ["Next review due: 30 Aug 2026"]

    def test_pages_without_any_date(self) -> None:
        assert found("001", "RV002")
        assert found("002", "RV002")
        assert not found("000", "RV002")

    def test_reviewed_and_pending_at_once(self) -> None:
        assert found("000", "RV005") == ["pending human review"]

    @pytest.mark.parametrize("number", ["000", "001", "002"])
    def test_a_review_without_a_reviewer(self, number: str) -> None:
        assert len(found(number, "RV006")) == 1
