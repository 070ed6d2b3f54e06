"""What was known of a source when it was signed on, and what was not."""

from __future__ import annotations

from dataclasses import replace

from piamater.corpus.store import Deposit
from piamater.guides.review import verify
from piamater.sources import Notice, NoticeKind, Reading
from tests.guides.review.desk import Desk
from tests.guides.wexford import SOURCE

CONCERN = Notice(NoticeKind.CONCERN, date="2026-03-01", by="doi:10.1/concern")
CORRECTION = Notice(NoticeKind.CORRECTION, date="2026-05-01", by="doi:10.1/first")
SECOND = Notice(NoticeKind.CORRECTION, date="2026-06-01", by="doi:10.1/second")


def noticed(desk: Desk, *notices: Notice, doi: str = "") -> None:
    """The source's record read anew, with these notices; its text is as before."""
    corpus = desk.library.corpus
    held = corpus.version(SOURCE)
    csl = {key: value for key, value in held.record.csl.items() if key != "DOI"}
    reading = Reading(
        replace(held.record, notices=notices, csl=csl | ({"DOI": doi} if doi else {})),
        corpus.document(held.number),
        corpus.bibliography(held.number),
    )
    with desk.library.writing():
        [done] = corpus.deposit([Deposit(reading, "0" * 64, "wexford.md", "wexford.md")])
    assert done.result == "record-updated"


def reasons(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.kind, one.detail, one.on) for one in desk.review().reasons]


def test_a_correction_beside_a_concern_that_was_signed_on_is_not_masked(desk: Desk) -> None:
    noticed(desk, CONCERN)
    desk.approve_all()
    desk.publish()
    assert desk.review().state == "approved"
    noticed(desk, CONCERN, CORRECTION)  # the worst standing is "concern" as before
    assert desk.review().state == "lapsed"
    assert reasons(desk) == [("source", "corrected", "2026-05-01")]
    desk.sign()
    assert desk.review().state == "approved"
    noticed(desk, CONCERN, CORRECTION, SECOND)
    assert reasons(desk) == [("source", "corrected", "2026-06-01")]


def test_a_notice_taken_back_lapses_nothing_and_the_policy_says_which_count(desk: Desk) -> None:
    noticed(desk, CONCERN)
    desk.approve_all()
    desk.publish()
    noticed(desk)
    assert desk.review().state == "approved"
    noticed(desk, CORRECTION)
    assert desk.review().state == "lapsed"
    desk.set_policy('[review]\nlapses = ["retracted", "withdrawn", "superseded", "concern"]\n')
    assert desk.review().state == "approved"


def test_two_clinical_reviewers_must_both_have_seen_the_notice(desk: Desk) -> None:
    desk.set_policy("[review]\nclinical = 2\n")
    desk.submit()
    desk.sign()
    noticed(desk, CORRECTION)
    desk.sign("root")
    desk.publish()
    assert reasons(desk) == [("source", "corrected", "2026-05-01")]
    desk.sign()
    assert desk.review().state == "approved"
    assert verify(desk.library).faults == ()


def test_a_record_that_loses_its_doi_does_not_lose_the_retraction_with_it(desk: Desk) -> None:
    noticed(desk, doi="10.1/work")
    desk.approve_all()
    desk.publish()
    assert desk.review().state == "approved"
    corpus = desk.library.corpus
    held = corpus.version(SOURCE)
    notice = Notice(NoticeKind.RETRACTION, "doi:10.1/work", "2026-05-01", "doi:10.1/retraction")
    record = replace(
        held.record, id="note:retraction:en", csl={"title": "Retraction"}, notices=(notice,)
    )
    reading = Reading(record, corpus.document(held.number), ())
    with desk.library.writing():
        corpus.deposit([Deposit(reading, "1" * 64, "retraction.md", "retraction.md")])
    assert reasons(desk) == [("source", "retracted", "2026-05-01")]
    noticed(desk)  # read anew without its DOI, nothing tells of the retraction
    assert reasons(desk) == [("evidence", "identifier gone", "")]
    assert desk.review().state == "lapsed"
