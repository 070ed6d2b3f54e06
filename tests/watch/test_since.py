"""From where on documents are new, also where numbers no longer mean what they did."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from piamater.guides import EditionStore
from piamater.guides.review import Entry
from piamater.guides.review.book import GuideBook
from piamater.watch.since import before, since_of
from tests.guides.review.desk import GUIDE, Desk
from tests.watch.shelf import news

NOW = datetime.now(UTC).replace(microsecond=0)


def checked(number: int, at: datetime) -> GuideBook:
    body = {"guide": GUIDE, "up_to": number, "sources": {}, "note": ""}
    return GuideBook(checked=[Entry(9, "", at.isoformat(), "checked", "ada", body, "")])


def test_the_number_before_a_moment(desk: Desk) -> None:
    last = [news(desk.library, one).number for one in ("en", "es", "bn")][-1]
    corpus = desk.library.corpus
    assert before(corpus, NOW - timedelta(days=1)) == 0
    assert before(corpus, NOW + timedelta(days=1)) == last
    first = corpus.version("doi:10.1/en")
    assert before(corpus, datetime.fromisoformat(first.added)) < first.number


def test_a_check_counts_by_its_number(desk: Desk) -> None:
    number = news(desk.library).number
    news(desk.library, "es")
    edition = EditionStore(desk.library.folder / "editions").latest(GUIDE)
    held = checked(number, datetime.now(UTC) + timedelta(seconds=5))
    found = since_of(edition, held, desk.library.corpus)
    assert (found.number, found.why, found.by) == (number, "checked", "ada")


@pytest.mark.parametrize("number", [2, 10_000])
def test_a_corpus_that_was_filled_anew_counts_by_time(desk: Desk, number: int) -> None:
    """The number stands for another document, or for none: the time of the check tells."""
    assert news(desk.library).number >= 2
    edition = EditionStore(desk.library.folder / "editions").latest(GUIDE)
    held = checked(number, NOW - timedelta(days=30))
    assert since_of(edition, held, desk.library.corpus).number == 0


def test_an_edition_of_another_day_than_its_file_counts_from_its_morning(
    desk: Desk, tmp_path: Path
) -> None:
    """A copy of a library has new file times; nothing of the day itself may be missed."""
    number = news(desk.library).number
    edition = EditionStore(desk.library.folder / "editions").latest(GUIDE)
    quoting_nothing = replace(edition, content={**edition.content, "evidence": []})
    noon = (datetime.now() + timedelta(days=3)).timestamp()
    os.utime(edition.path, (noon, noon))
    today = replace(quoting_nothing, published=datetime.now().date().isoformat())
    # the path holds number and hash, so that the day of the copy's file is not the edition's
    assert since_of(today, GuideBook(), desk.library.corpus).number == 0
    later = replace(today, published=(datetime.now() + timedelta(days=1)).date().isoformat())
    assert since_of(later, GuideBook(), desk.library.corpus).number == number
