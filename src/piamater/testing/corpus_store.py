"""The conformance suite of ``CorpusStore``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from piamater.corpus.store import CorpusStore
from piamater.errors import UnknownNameError
from piamater.sources import Notice, NoticeKind, Reading, Reference
from piamater.testing.corpus_exact import ExactText
from piamater.testing.corpus_readings import deposit, reading
from piamater.testing.corpus_together import ManyAtOnce

__all__ = ["CorpusStoreConformance", "deposit", "reading"]


class CorpusStoreConformance(ExactText, ManyAtOnce):
    """Inherit, and give two fixtures: ``store``, a new, empty ``CorpusStore``, and ``again``.

    ``again()`` opens the documents of ``store`` once more, in any thread or process: a function
    that can be pickled, such as ``functools.partial(MyStore, path)``.
    """

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

    def test_a_source_may_come_several_times_in_one_call(self, store: CorpusStore) -> None:
        titles = ("First", "Second", "Second", "Third")
        outcomes = store.deposit([deposit(reading(title=title)) for title in titles])
        results = ["added", "record-updated", "unchanged", "record-updated"]
        assert [one.result for one in outcomes] == results
        held = store.version("pmid:1")
        assert store.counts() == {"sources": 1, "versions": 1, "passages": 2}
        assert store.document(held.number) == reading().document
        assert len(store.neighbours(held.number, 0, 99)) == len(reading().document.passages)
        assert store.neighbours(store.retired(0)[0], 0, 99) == []

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

    def test_a_file_taken_in_again_is_told_by_its_last_count(self, store: CorpusStore) -> None:
        store.deposit([], [("key-1", 1), ("key-2", 2)])
        store.deposit([], [("key-1", 3)])
        assert store.known_files(["key-2", "key-1", "key-1"]) == {"key-1": 3, "key-2": 2}
        assert store.known_files([]) == {}

    def test_numbers_grow_and_name_one_version_for_ever(self, store: CorpusStore) -> None:
        self.results(store, reading(), reading(source="pmid:2"))
        named = {one.number: (one.source, one.record) for one in store.changes(0)}
        last = store.last_number()
        broken = reading(source="pmid:3")
        object.__setattr__(broken.record, "title", object())
        with pytest.raises(TypeError):
            store.deposit([deposit(reading("More.", source="pmid:4")), deposit(broken)])
        assert store.last_number() == last
        self.results(store, reading(title="Mended"), reading(source="pmid:5"))
        after = {one.number: (one.source, one.record) for one in store.changes(0)}
        assert store.last_number() == max(after) > last
        assert [after[one] for one in named if one in after] == [
            named[one] for one in named if one in after
        ]
        assert {number for number in after if number not in named} == {
            number for number in after if number > last
        }

    def test_what_left_retrieval_is_told_with_the_change(self, store: CorpusStore) -> None:
        self.results(store, reading())
        first = store.last_number()
        self.results(store, reading(title="Mended"))
        second = store.last_number()
        assert store.retired(0) == [first]
        assert store.retired(second) == []
        assert store.by_numbers([first]) == {}
        self.results(store, reading("Another text.", title="Mended"))
        assert store.retired(second) == [second]
        assert store.by_numbers([second])[second].current is False

    def test_sources_come_by_id_in_pages(self, store: CorpusStore) -> None:
        ids = ["note:b", "note:B", "note:a", "note:É", "note:e", "note:𝛼", "note:ﬀ", "note:_"]
        store.deposit([deposit(reading(source=one)) for one in ids])
        assert [one.source for one in store.sources()] == sorted(ids)
        assert [one.source for one in store.sources(2, 3)] == sorted(ids)[2:5]
        assert [one.source for one in store.sources(6)] == sorted(ids)[6:]
        assert list(store.sources(3, 0)) == list(store.sources(99, 9)) == []
        assert store.source_count() == len(ids)

    def test_passages_come_in_the_order_asked(self, store: CorpusStore) -> None:
        store.deposit([deposit(reading()), deposit(reading("Other text.", source="pmid:2"))])
        one, two = (store.version(name).number for name in ("pmid:1", "pmid:2"))
        keys = [(two, 0), (one, 1), (one, 99), (one + two + 1, 0), (one, 1), (one, 0)]
        found = store.passages(keys)
        assert [(p.number, p.position) for p in found] == [keys[0], keys[1], keys[4], keys[5]]
        assert store.passages([]) == []
        assert [p.position for p in store.neighbours(one, 1, 2)] == [1, 2]
        assert [p.position for p in store.in_section(one, 0, 2)] == [0, 1]
        assert store.in_section(one, 5, 2) == []
        assert [*store.by_numbers([two, one, 99])] == [two, one]

    def test_keeps_the_reference_list_and_the_shape(self, store: CorpusStore) -> None:
        references = (Reference("1", 0, 5, doi="10.1/x", url="https://example.org/é"),)
        self.results(store, reading(), replace(reading(source="pmid:2"), references=references))
        one, two = (store.version(name).number for name in ("pmid:1", "pmid:2"))
        assert store.bibliography(one) == store.bibliography(99) == ()
        assert store.bibliography(two) == references
        assert store.shape(one) != store.shape(two)
        assert store.shape(99) == ""

    def test_the_last_decision_counts(self, store: CorpusStore) -> None:
        self.results(store, reading(), reading(source="pmid:2"))
        record = store.version("pmid:1").record
        for decision, reason in (("withdraw", "a"), ("restore", "b"), ("withdraw", "é𝛼")):
            store.decide("pmid:1", decision, reason, "2026-01-02")
        [notice] = store.notices(record, "pmid:1")
        assert (notice.date, notice.by) == ("2026-01-02", "this library: é𝛼")
        assert store.notices(store.version("pmid:2").record, "pmid:2") == ()

    def test_notices_come_in_one_order(self, store: CorpusStore) -> None:
        told = [
            Notice(NoticeKind.RETRACTION, date="2025", by="Z"),
            Notice(NoticeKind.CORRECTION, date="2026"),
            Notice(NoticeKind.CORRECTION, date="2024", by="b"),
            Notice(NoticeKind.CORRECTION, date="2024", by="B"),
        ]
        self.results(store, reading(notices=tuple(told)))
        found = store.notices(store.version("pmid:1").record, "pmid:1")
        assert [(n.kind, n.date, n.by) for n in found] == sorted(
            (n.kind, n.date, n.by) for n in told
        )

    def test_unknown_names_list_the_known(self, store: CorpusStore) -> None:
        self.results(store, reading())
        with pytest.raises(UnknownNameError, match="pmid:404"):
            store.version("pmid:404")
        with pytest.raises(UnknownNameError, match="known"):
            store.text("pmid:1", "f" * 64)
