"""What waits for people, computed from editions, ledger, corpus and clock."""

from __future__ import annotations

from piamater.guides.review import queue
from tests.guides.review.desk import GUIDE, Desk


def waiting(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.language, one.why, one.state) for one in queue(desk.reviews) if one.guide == GUIDE]


def test_a_draft_that_readers_do_not_see_waits_until_it_is_signed(desk: Desk) -> None:
    assert waiting(desk) == [("en", "submit", "draft")]
    desk.submit()
    assert waiting(desk) == [("en", "review", "submitted"), ("es", "review", "submitted")]
    desk.sign()
    assert waiting(desk) == [("es", "review", "under-review")]
    desk.sign("luz", languages=("es",))
    assert waiting(desk) == []
