"""What comes in is found for the guide that it concerns, and stays until somebody decides."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from piamater.corpus import Library
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides.review import person
from piamater.sources import Kind, Notice, NoticeKind
from piamater.text import Quote
from piamater.watch import decide, since_asked, watch
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.wexford import ORIGINAL, folder
from tests.watch.shelf import (
    ENGLISH,
    ESPANOL,
    SOURCE,
    VOCABULARY,
    moved,
    news,
    on_list,
    say,
    take_in,
)

OFF_TOPIC = (
    ("Knee replacement in 200 patients", "The knee was replaced. Pain was less after a year."),
    ("Prótesis de rodilla en 200 pacientes", "Se colocó una prótesis. El dolor fue menor."),
    ("হাঁটু প্রতিস্থাপন", "২০০ জন রোগীর হাঁটু প্রতিস্থাপন করা হয়েছিল।"),
)
RETRACTED = Notice(NoticeKind.RETRACTION, SOURCE, "2026-11-01", "The Journal")


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_a_new_paper_on_the_topic_is_found_in_any_language(desk: Desk, language: str) -> None:
    assert on_list(desk) == []
    new = news(desk.library, language)
    [found] = moved(desk).candidates
    assert (found.source, found.version) == (new.source, new.version)
    assert [why.kind for why in found.why] == ["topic"]
    assert found.score >= 0.7


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_what_is_on_something_else_is_not(desk: Desk, text: tuple[str, str]) -> None:
    take_in(desk.library, "doi:10.1/knee", *text)
    found = moved(desk)
    assert found.looked_at >= 1
    assert found.candidates == ()


def test_a_concept_named_once_far_down_is_no_news(desk: Desk) -> None:
    long = " ".join(f"Sentence {number} is about the knee." for number in range(60))
    take_in(
        desk.library, "doi:10.1/long", "The knee", f"{long} One had a seizure. Another seizure."
    )
    assert on_list(desk) == []


def test_the_passage_stands_where_it_is_said_to(desk: Desk) -> None:
    news(desk.library)
    place = moved(desk).candidates[0].passage
    assert place
    text = desk.library.corpus.text(place.source, place.version)
    Quote(place.version, place.start, place.end, place.quote).verify(text)
    assert "Seizures were seen" in place.quote


def test_a_retraction_of_a_cited_source_comes_first(desk: Desk) -> None:
    news(desk.library)
    take_in(desk.library, "doi:10.1/notice", "Retraction", "It is retracted.", notices=(RETRACTED,))
    first, second = moved(desk).candidates
    assert first.source == SOURCE
    assert [(why.kind, why.about, why.on) for why in first.why] == [
        ("retracted", "The Journal", "2026-11-01")
    ]
    assert first.standing == "retracted"
    assert first.verdict == "new"
    assert "It is an infection that ticks carry." in [one.text for one in first.sentences]
    assert second.source == "doi:10.1/en"
    say(desk)
    assert on_list(desk) == []


@pytest.mark.parametrize("kind", [NoticeKind.CORRECTION, NoticeKind.CONCERN])
def test_a_correction_or_concern_about_a_cited_source_counts(desk: Desk, kind: NoticeKind) -> None:
    notice = Notice(kind, SOURCE, "2026-11-01", "")
    take_in(desk.library, "doi:10.1/notice", "Notice", "On a paper.", notices=(notice,))
    assert [(one.source, one.why[0].kind) for one in moved(desk).candidates] == [
        (SOURCE, str(notice.kind).replace("correction", "corrected"))
    ]


def test_a_new_version_of_a_cited_source_counts(desk: Desk, tmp_path: Path) -> None:
    text = desk.library.corpus.text(SOURCE)
    take_in(desk.library, SOURCE, "Wexford fever", f"{text}\n\nA line more.")
    [found] = moved(desk).candidates
    assert [why.kind for why in found.why] == ["new-version"]
    assert found.verdict == "supports"
    assert found.reason == "every quote still stands in its text"
    say(desk)
    turned = "Wexford fever is not an infection that ticks carry. Nobody had doxycycline."
    take_in(desk.library, SOURCE, "Wexford fever", turned)
    [found] = moved(desk).candidates
    assert found.verdict == "contradicts"
    assert found.reason.startswith("3 of 3 quotes no longer stand")


def test_a_source_that_the_library_withdrew_counts_until_somebody_looked(desk: Desk) -> None:
    news(desk.library)
    say(desk)
    today = date.today().isoformat()
    with desk.library.writing():
        desk.library.corpus.decide(SOURCE, "withdraw", "wrong dose", today)
    [found] = moved(desk).candidates
    assert found.source == SOURCE
    assert (found.why[0].kind, found.why[0].on) == ("withdrawn", today)
    assert say(desk).body["sources"] == {SOURCE: "no-change"}
    assert on_list(desk) == []


def test_a_document_that_cites_a_source_of_the_guide_counts(desk: Desk) -> None:
    take_in(
        desk.library, "doi:10.1/base", "On ticks", "Wexford fever is an infection that ticks carry."
    )
    cited = ENGLISH.replace(
        "[^days]: @", '[^base]: @doi:10.1/base "infection that ticks carry"\n[^days]: @'
    )
    cited = cited.replace("A blood test finds it.[^ticks]", "A blood test finds it.[^base]")
    spanish = ESPANOL.replace("sangre la encuentra.[^ticks]", "sangre la encuentra.[^base]")
    folder(desk.library, cited, spanish)
    desk.publish()
    say(desk)
    take_in(desk.library, "doi:10.1/later", "A knee", "Of the knee.", cites="10.1/base")
    [found] = moved(desk).candidates
    assert [(why.kind, why.about) for why in found.why] == [("cites", "doi:10.1/base")]


def test_what_was_decided_leaves_and_a_later_version_comes_back(desk: Desk) -> None:
    news(desk.library)
    news(desk.library, "es")
    entry = say(desk, {"doi:10.1/es": "supports"})
    assert entry.body["sources"] == {"doi:10.1/en": "no-change", "doi:10.1/es": "supports"}
    assert entry.body["up_to"] == desk.library.corpus.last_number()
    assert on_list(desk) == []
    take_in(desk.library, "doi:10.1/en", "Seizures after a tick bite", "Seizures in 5 of 30 now.")
    assert on_list(desk) == ["doi:10.1/en"]
    found = moved(desk)
    assert (found.since.why, found.since.by) == ("checked", "ada")


def test_what_came_in_behind_the_list_stays_on_it(desk: Desk) -> None:
    """A person decides on what the list showed, not on what came in while they read."""
    seen = news(desk.library).number
    news(desk.library, "es")
    entry = say(desk, up_to=seen)
    assert entry.body["sources"] == {"doi:10.1/en": "no-change"}
    assert on_list(desk) == ["doi:10.1/es"]


def test_publishing_again_is_not_looking(desk: Desk) -> None:
    news(desk.library)
    folder(
        desk.library,
        ENGLISH.replace("A blood test finds it.", "A blood test can find it."),
        ESPANOL,
    )
    desk.publish()
    assert on_list(desk) == ["doi:10.1/en"]


def test_what_the_newest_edition_cites_is_not_news(desk: Desk) -> None:
    news(desk.library)
    quote = "Seizures were seen in 4 of 30 patients with a tick bite."
    cited = ENGLISH.replace("[^days]: @", f'[^new]: @doi:10.1/en "{quote}"\n[^days]: @')
    cited = cited.replace("A blood test finds it.[^ticks]", "It was seen in 4 of 30.[^new]")
    spanish = ESPANOL.replace(
        "Un análisis de sangre la encuentra.[^ticks]", "Se vio en 4 de 30.[^new]"
    )
    folder(desk.library, cited, spanish)
    desk.publish()
    assert on_list(desk) == []


def test_nothing_has_to_have_run(desk: Desk) -> None:
    """Two readers of the library see the same list, and looking changes nothing on the disk."""
    news(desk.library)
    before = {one: one.stat().st_mtime_ns for one in desk.library.folder.rglob("*.json*")}
    assert moved(desk) == moved(desk)
    after = {one: one.stat().st_mtime_ns for one in desk.library.folder.rglob("*.json*")}
    assert before == after


def test_every_candidate_needs_a_verdict_that_is_known(desk: Desk) -> None:
    news(desk.library)
    found = moved(desk)
    with desk.library.writing():
        desk.reviews.register(desk.key, person("press", "The Press", ["publisher"]))
        with pytest.raises(InputError, match="1 documents have no verdict: doi"):
            decide(desk.reviews, desk.key, found, "ada", {})
        with pytest.raises(InputError, match="is no verdict"):
            decide(desk.reviews, desk.key, found, "ada", {"doi:10.1/en": "fine"})
        with pytest.raises(UnknownNameError, match="not on the list"):
            decide(desk.reviews, desk.key, found, "ada", {"doi:10.1/x": "new"}, "no-change")
        with pytest.raises(UnknownNameError, match="nobody is registered"):
            decide(desk.reviews, desk.key, found, "nobody", {}, "no-change")
        with pytest.raises(InputError, match="has not the role"):
            decide(desk.reviews, desk.key, found, "press", {}, "no-change")
    assert on_list(desk) == ["doi:10.1/en"]


def test_a_broken_ledger_calls_nothing_checked(desk: Desk) -> None:
    path = desk.reviews.ledger.path
    path.write_bytes(path.read_bytes().replace(b"Ada Writer", b"Eve Writer"))
    with pytest.raises(LibraryError, match="ledger is broken"):
        moved(desk)


def test_an_unknown_guide_is_told_with_the_known_ones(desk: Desk) -> None:
    with pytest.raises(UnknownNameError, match=GUIDE):
        watch(desk.library, VOCABULARY, ["nothing"])


def test_the_kind_of_evidence_orders_equals(desk: Desk) -> None:
    title, text = "Seizures after a tick bite", "Seizures were seen."
    take_in(desk.library, "doi:10.1/case", title, text, kind=Kind.CASE_REPORT)
    take_in(desk.library, "doi:10.1/guideline", title, text + " Always.", kind=Kind.GUIDELINE)
    old = "2001"
    take_in(
        desk.library, "doi:10.1/old", title, text + " Once.", kind=Kind.CASE_REPORT, published=old
    )
    assert on_list(desk) == ["doi:10.1/guideline", "doi:10.1/case", "doi:10.1/old"]


def test_a_library_without_a_ledger_goes_by_the_day_of_the_edition(tmp_path: Path) -> None:
    from piamater.guides import GuideFolder, publish
    from tests.guides.wexford import make_library

    library = make_library(tmp_path)
    folder(library, ENGLISH, ESPANOL)
    with library.writing():
        publish(library, GuideFolder(library.folder / "guides"))
    assert watch(library, VOCABULARY)[0].candidates == ()
    news(library)
    [found] = watch(library, VOCABULARY)
    assert found.since.why == "published"
    assert [one.source for one in found.candidates] == ["doi:10.1/en"]
    read_later = Library(library.folder, library.today + timedelta(days=400))
    assert len(watch(read_later, VOCABULARY)[0].candidates) == 1


def test_since_takes_a_number_or_a_day(desk: Desk) -> None:
    number = news(desk.library).number
    corpus = desk.library.corpus
    assert since_asked(str(number), corpus).number == number
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    assert since_asked(tomorrow, corpus).number == number
    assert since_asked("2020-01-01", corpus).number == 0
    with pytest.raises(ValueError, match="yesterday"):
        since_asked("yesterday", corpus)
    [found] = watch(desk.library, VOCABULARY, since=since_asked(str(number), corpus))
    assert found.candidates == ()


def test_a_name_that_no_vocabulary_knows_is_sought_as_it_stands(desk: Desk) -> None:
    folder(desk.library, ORIGINAL)
    desk.publish()
    take_in(desk.library, "doi:10.1/w", "Three years of Wexford fever", "Ticks were counted.")
    assert on_list(desk) == ["doi:10.1/w"]
