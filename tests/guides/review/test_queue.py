"""What waits for people, computed from editions, ledger, corpus and clock."""

from __future__ import annotations

from piamater.guides.review import damaged, queue
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


def test_a_damaged_edition_is_named_and_keeps_nothing_else_from_being_told(desk: Desk) -> None:
    desk.publish()
    edition = next((desk.library.folder / "editions" / GUIDE).glob("*.json"))
    edition.write_bytes(edition.read_bytes()[:-20])
    assert [one.guide for one in queue(desk.reviews)] == []
    assert "not what was published" in str(damaged(desk.reviews)[GUIDE])
