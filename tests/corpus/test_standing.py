from __future__ import annotations

from datetime import date

import pytest

from piamater.corpus import Standing, judge
from piamater.corpus.standing import last_day
from piamater.sources import Kind, Notice, NoticeKind, Record

TODAY = date(2026, 11, 20)


def record(kind: Kind = Kind.TRIAL, **dates: str) -> Record:
    return Record("x:1", "A title", kind, "a test", **dates)  # type: ignore[arg-type]


def standing(one: Record, *kinds: NoticeKind, today: date = TODAY) -> Standing:
    return judge(one, [Notice(kind) for kind in kinds], today).standing


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), Standing.CURRENT),
        ((NoticeKind.CORRECTION,), Standing.CORRECTED),
        ((NoticeKind.CORRECTION, NoticeKind.CONCERN), Standing.CONCERN),
        ((NoticeKind.CONCERN, NoticeKind.SUPERSESSION), Standing.SUPERSEDED),
        ((NoticeKind.WITHDRAWAL, NoticeKind.SUPERSESSION), Standing.WITHDRAWN),
        ((NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL), Standing.RETRACTED),
    ],
)
def test_the_gravest_notice_counts(kinds: tuple[NoticeKind, ...], expected: Standing) -> None:
    assert standing(record(), *kinds) is expected


def test_a_stated_review_date_falls_due_the_day_after() -> None:
    one = record(Kind.PATIENT_INFORMATION, reviewed="2023-08-30", review_due="2026-08-30")
    assert standing(one, today=date(2026, 8, 30)) is Standing.CURRENT
    assert standing(one, today=date(2026, 8, 31)) is Standing.REVIEW_OVERDUE


def test_a_partial_date_means_its_last_day() -> None:
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2023") == date(2023, 12, 31)
    assert standing(record(review_due="2026"), today=date(2026, 12, 31)) is Standing.CURRENT


def test_a_page_without_review_date_ages_by_its_kind() -> None:
    page = record(Kind.PATIENT_INFORMATION, updated="2021-06-23")
    found = judge(page, [], TODAY)
    assert (found.standing, found.review_due) == (Standing.REVIEW_OVERDUE, "2024-06-23")
    assert "36 months after 2021-06-23" in found.reason


def test_a_trial_does_not_age() -> None:
    assert standing(record(published="1994")) is Standing.CURRENT


def test_a_library_sets_its_own_periods() -> None:
    page = record(Kind.PATIENT_INFORMATION, updated="2025-06-23")
    assert judge(page, [], TODAY, {"patient-information": 12}).standing is Standing.REVIEW_OVERDUE
    assert judge(page, [], TODAY, {"patient-information": 0}).review_due == ""


def test_what_may_be_cited() -> None:
    gone = {Standing.RETRACTED, Standing.WITHDRAWN, Standing.SUPERSEDED}
    assert {one for one in Standing if not one.citable} == gone
