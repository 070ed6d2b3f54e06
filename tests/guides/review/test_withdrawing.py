"""What was put forward is taken back before a review of it began, and by whom."""

from __future__ import annotations

import pytest

from piamater.errors import InputError
from piamater.guides.review import Entry, cells, queue
from tests.guides.review.desk import GUIDE, Desk


def take_back(desk: Desk, number: int, by: str = "ada") -> Entry:
    with desk.library.writing():
        return desk.reviews.withdraw(desk.key, [number], by, "a table is missing")


def waiting(desk: Desk) -> set[str]:
    return {one.why for one in queue(desk.reviews)}


def test_what_is_taken_back_waits_for_nobody_and_is_not_signed(desk: Desk) -> None:
    put = desk.submit()
    assert waiting(desk) == {"review"}
    entry = take_back(desk, put.number)
    assert (entry.act, entry.guide, entry.body["entries"]) == ("withdraw", GUIDE, [put.number])
    assert waiting(desk) == {"submit"}
    with pytest.raises(InputError, match="was not put forward"):
        desk.sign()
    with desk.library.writing(), pytest.raises(InputError, match="was not put forward"):
        desk.reviews.start(desk.key, GUIDE, "haque")
    with pytest.raises(InputError, match="nor puts anything forward"):
        take_back(desk, put.number)


def test_the_same_words_are_put_forward_again_and_signed(desk: Desk) -> None:
    take_back(desk, desk.submit().number)
    again = desk.submit()
    assert again.body["words"]  # as new as they were the first time
    desk.sign()
    desk.sign("luz", languages=("es",))
    assert desk.reviews.of(desk.reviews.draft(GUIDE), "es").state == "approved"


def test_who_was_named_stays_a_writer_and_who_is_named_then_is_one_too(desk: Desk) -> None:
    take_back(desk, desk.submit(en=["haque"]).number)
    desk.submit(en=["root"])
    held = desk.reviews.book.guide(GUIDE)
    for cell in cells(desk.reviews.draft(GUIDE)):
        if cell.language == "en":
            assert {"ada", "haque", "root"} <= held.writers(cell), cell.block
    with pytest.raises(InputError, match="nobody approves their own work"):
        desk.sign("haque")


def test_not_once_a_review_has_begun_or_was_decided(desk: Desk) -> None:
    put = desk.submit()
    with desk.library.writing():
        desk.reviews.start(desk.key, GUIDE, "haque")
    with pytest.raises(InputError, match=r"has begun, by R\. Haque"):
        take_back(desk, put.number)


def test_not_after_a_decision_not_even_one_taken_back(desk: Desk) -> None:
    put = desk.submit()
    signed = desk.sign(decision="reject", note="no")
    for _ in range(2):
        with pytest.raises(InputError, match="has begun"):
            take_back(desk, put.number, "root")
        if signed.number not in desk.reviews.book.guide(GUIDE).withdrawn:
            take_back(desk, signed.number, "haque")


def test_by_who_put_it_forward_or_an_administrator(desk: Desk) -> None:
    put = desk.submit()
    with pytest.raises(InputError, match="is not Luz Gil's"):
        take_back(desk, put.number, "luz")
    assert take_back(desk, put.number, "root").by == "root"
