"""The conformance suite of ``CorpusStore``."""

from __future__ import annotations

import pytest

from piamater.corpus.store import CorpusStore, Deposit
from piamater.errors import UnknownNameError
from piamater.sources import Kind, Notice, NoticeKind, Reading, Record
from piamater.text import DocumentBuilder, Mark


def reading(
    text: str = "Meningitis causes fever. Rest helps.",
    source: str = "pmid:1",
    title: str = "Meningitis",
    notices: tuple[Notice, ...] = (),
    **fields: str,
) -> Reading:
    """A reading for a test: one section, a paragraph, and a line of furniture."""
    builder = DocumentBuilder("en")
    builder.heading("About", 1)
    builder.paragraph(text)
    builder.paragraph("Share this page.", mark=Mark.FURNITURE)
    csl = {"type": "article-journal", "title": title}
    if source.startswith("pmid:"):
        csl["PMID"] = source[5:]
    record = Record(source, title, Kind.TRIAL, "a test", csl, notices=notices, **fields)
    return Reading(record, builder.build())


def deposit(one: Reading, location: str = "/in/a.txt", name: str = "a.txt") -> Deposit:
    """A deposit for a test."""
    return Deposit(one, "0" * 64, name, location)


class CorpusStoreConformance:
    """Inherit, and give a fixture ``store`` that is a new, empty ``CorpusStore``."""

    def results(self, store: CorpusStore, *readings: Reading) -> list[str]:
        """The results of depositing these, one transaction each."""
        return [store.deposit([deposit(one)])[0].result for one in readings]

    def test_a_new_store_is_empty(self, store: CorpusStore) -> None:
        assert store.counts() == {"sources": 0, "versions": 0, "passages": 0}
        assert store.last_number() == 0
        assert list(store.sources()) == []

    def test_adds_once(self, store: CorpusStore) -> None:
        assert self.results(store, reading(), reading()) == ["added", "unchanged"]
        assert store.counts() == {"sources": 1, "versions": 1, "passages": 2}

    def test_gives_back_the_very_document(self, store: CorpusStore) -> None:
        one = reading("Fiebre — 38,5 °C; 𝛼-synuclein. জ্বর হলে বিশ্রাম।")
        store.deposit([deposit(one)])
        held = store.version("pmid:1")
        assert store.document(held.number) == one.document
        assert store.text("pmid:1") == one.document.text
        assert held.record.title == "Meningitis"
        assert held.version == one.document.version

    def test_every_passage_is_cut_at_its_offsets(self, store: CorpusStore) -> None:
        one = reading("𝛼 came first. Then জ্বর came. Último párrafo aquí.")
        store.deposit([deposit(one)])
        number = store.version("pmid:1").number
        text = store.text("pmid:1")
        positions = range(len(one.document.passages))
        found = store.passages([(number, position) for position in positions])
        assert [p.text for p in found] == [text[p.start : p.end] for p in one.document.passages]
        assert store.neighbours(number, 0, 99) == found
        assert {p.path for p in found} == {("About",)}

    def test_a_new_text_is_a_new_version_and_the_old_stays(self, store: CorpusStore) -> None:
        first, second = reading("Old text here."), reading("New text here.")
        assert self.results(store, first, second) == ["added", "new-version"]
        held = store.versions("pmid:1")
        assert [one.current for one in held] == [False, True]
        assert store.text("pmid:1", first.document.version) == first.document.text
        assert store.text("pmid:1", first.document.version[:8]) == first.document.text
        assert store.retired(held[0].number) == [held[0].number]

    def test_a_new_record_keeps_the_text(self, store: CorpusStore) -> None:
        notice = Notice(NoticeKind.RETRACTION, date="2024-01-01")
        before = reading()
        assert self.results(store, before, reading(notices=(notice,))) == [
            "added",
            "record-updated",
        ]
        held = store.version("pmid:1")
        assert held.version == before.document.version
        assert held.record.notices == (notice,)
        assert len(store.versions("pmid:1")) == 1

    def test_two_sources_may_share_a_text(self, store: CorpusStore) -> None:
        assert self.results(store, reading(), reading(source="pmid:2")) == ["added", "added"]
        assert store.text("pmid:1") == store.text("pmid:2")

    def test_names_a_source_by_its_place(self, store: CorpusStore) -> None:
        def put(text: str, location: str) -> str:
            one = deposit(reading(text, source=""), location)
            return store.deposit([one])[0].source

        assert put("First text.", "/in/a.txt") == "file:a.txt"
        assert put("First text, mended.", "/in/a.txt") == "file:a.txt"
        other = put("Another text.", "/elsewhere/a.txt")
        assert other.startswith("file:a.txt~")
        assert put("Another text.", "/third/a.txt") == other
        assert len(store.versions("file:a.txt")) == 2

    def test_a_notice_elsewhere_is_found(self, store: CorpusStore) -> None:
        about = Notice(NoticeKind.RETRACTION, about="pmid:1", date="2024", by="J Test")
        self.results(store, reading(), reading("A notice.", source="pmid:9", notices=(about,)))
        held = store.version("pmid:1")
        assert [n.kind for n in store.notices(held.record, "pmid:1")] == [NoticeKind.RETRACTION]
        other = store.version("pmid:9")
        assert store.notices(other.record, "pmid:9") == ()

    def test_decisions_append(self, store: CorpusStore) -> None:
        self.results(store, reading())
        record = store.version("pmid:1").record
        store.decide("pmid:1", "withdraw", "wrong figures", "2026-01-02")
        assert [n.kind for n in store.notices(record, "pmid:1")] == [NoticeKind.WITHDRAWAL]
        store.decide("pmid:1", "restore", "", "2026-01-03")
        assert store.notices(record, "pmid:1") == ()
        with pytest.raises(UnknownNameError):
            store.decide("pmid:404", "withdraw", "x", "2026-01-02")

    def test_changes_in_order(self, store: CorpusStore) -> None:
        self.results(store, reading(), reading(source="pmid:2"), reading("More.", source="pmid:2"))
        numbers = [one.number for one in store.changes(0)]
        assert numbers == sorted(numbers)
        assert numbers[-1] == store.last_number()
        assert [one.source for one in store.changes(numbers[0])] == ["pmid:2", "pmid:2"]

    def test_remembers_files_with_their_deposits(self, store: CorpusStore) -> None:
        store.deposit([deposit(reading())], [("key-1", 1)])
        assert store.known_files(["key-1", "key-2"]) == {"key-1": 1}

    def test_a_failed_deposit_leaves_nothing(self, store: CorpusStore) -> None:
        broken = reading(source="pmid:2")
        object.__setattr__(broken.record, "title", object())
        with pytest.raises(TypeError):
            store.deposit([deposit(reading()), deposit(broken)], [("key", 2)])
        assert store.counts()["sources"] == 0
        assert store.known_files(["key"]) == {}

    def test_unknown_names_list_the_known(self, store: CorpusStore) -> None:
        self.results(store, reading())
        with pytest.raises(UnknownNameError, match="pmid:404"):
            store.version("pmid:404")
        with pytest.raises(UnknownNameError, match="known"):
            store.text("pmid:1", "f" * 64)
