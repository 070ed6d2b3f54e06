"""Signatures of another form of digests: they stand while nothing changed, and then say why not."""

from __future__ import annotations

from importlib import import_module

import pytest

from piamater.guides.review import acts, book, writers
from piamater.guides.review import cells as cells_of
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.review.test_state import rewrite
from tests.guides.wexford import ORIGINAL

cells = import_module("piamater.guides.review.cells")  # the name is the function's in the package


@pytest.fixture
def older(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Everything approved and published, and then a release that makes digests otherwise."""
    desk.approve_all()
    desk.publish()
    digest = cells._digest
    monkeypatch.setattr(cells, "_digest", lambda form: digest(["made otherwise", form]))
    for module in (acts, book, writers):
        monkeypatch.setattr(module, "FORM", cells.FORM + 1)
    return desk


def test_they_stand_as_long_as_nothing_at_all_has_changed(older: Desk) -> None:
    assert older.review().state == "approved"
    assert older.review("es").state == "approved"


def test_after_a_change_they_say_why_they_do_not(older: Desk) -> None:
    rewrite(older, ORIGINAL.replace("Ticks carry it.", "Small animals of the wood bring it."))
    older.publish()
    review = older.review()
    assert review.state == "lapsed"
    assert {one.kind for one in review.reasons} == {"form"}
    older.submit()
    older.sign()
    assert older.review().state == "approved"
    entry = older.reviews.book.entries[-1]
    assert entry.body["form"] == cells.FORM + 1


def test_a_rejection_is_not_lost_with_the_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish()
    desk.submit()
    desk.sign(decision="reject", note="the dose is missing")
    for module in (acts, book, writers):
        monkeypatch.setattr(module, "FORM", cells.FORM + 1)
    desk.sign("root")
    assert {one.kind for one in desk.review().reasons} == {"changes-asked"}


def test_writers_of_what_was_put_forward_before_stay_writers(older: Desk) -> None:
    held = older.reviews.book.guide(GUIDE)
    draft = older.reviews.draft(GUIDE)
    assert all("ada" in held.writers(one) for one in cells_of(draft))


def test_an_entry_without_a_number_is_of_the_first_form() -> None:
    assert cells.form_of({}) == 1
    assert cells.FORM > 1
