"""What a corpus store promises when many use it at once, and when one of them dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from piamater.corpus.store import CorpusStore, Deposit
from piamater.testing.corpus_readings import deposit, exactly, reading

Again = Callable[[], CorpusStore]

WRITERS = 3
CALLS = 12


class ManyAtOnce:
    """Part of ``CorpusStoreConformance``."""

    def test_what_was_kept_is_there_for_all_and_after(
        self, store: CorpusStore, again: Again
    ) -> None:
        other = again()
        store.deposit([deposit(reading())], [("key", 1)])
        assert other.text("pmid:1") == store.text("pmid:1")
        assert other.known_files(["key"]) == {"key": 1}
        other.decide("pmid:1", "withdraw", "why", "2026-01-02")
        other.close()
        other = again()
        assert other.notices(store.version("pmid:1").record, "pmid:1")
        assert other.identity() == store.identity()
        other.close()

    def test_the_stamp_changes_with_every_write_and_only_then(
        self, store: CorpusStore, again: Again
    ) -> None:
        writer = again()
        stamps = [store.stamp()]
        assert store.stamp() == stamps[0]
        writer.deposit([deposit(reading())])
        stamps.append(store.stamp())
        list(store.sources())
        assert store.stamp() == stamps[-1] == writer.stamp()
        writer.decide("pmid:1", "withdraw", "", "2026-01-02")
        stamps.append(store.stamp())
        store.deposit([deposit(reading(title="Mended"))])
        stamps.append(store.stamp())
        assert len({repr(one) for one in stamps}) == len(stamps)
        writer.close()

    def test_a_reader_who_saw_a_number_has_seen_all_below_it(
        self, store: CorpusStore, again: Again
    ) -> None:
        """Writers and a reader that keeps up as an index does: nothing may pass it by."""
        start = threading.Barrier(WRITERS + 1)

        def write(name: int) -> None:
            mine = again()
            start.wait()
            for call in range(CALLS):
                source = f"note:{name}-{call}"
                mine.deposit([deposit(exactly(f"{name} {call} {n}", source)) for n in range(3)])
            mine.close()

        seen: list[int] = []
        upto = 0
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, name) for name in range(WRITERS)]
            start.wait()
            while not all(one.done() for one in writing):
                last = store.last_number()
                seen += [one.number for one in store.changes(upto) if one.number <= last]
                upto = last
            for one in writing:
                one.result()
        seen += [one.number for one in store.changes(upto)]
        assert seen == [one.number for one in store.changes(0)]
        assert len(seen) == len({*seen}) == WRITERS * CALLS * 3
        assert store.source_count() == WRITERS * CALLS

    def test_who_reads_one_by_one_is_not_disturbed(self, store: CorpusStore, again: Again) -> None:
        store.deposit([deposit(reading(source=f"note:{n}")) for n in range(4)])
        other = again()
        sources, changes = store.sources(), store.changes(0)
        first = next(sources).source, next(changes).source
        other.deposit([deposit(reading("Another.", f"note:{n}")) for n in range(9)])
        assert first == ("note:0", "note:0")
        assert [one.source for one in sources] == ["note:1", "note:2", "note:3"]
        assert [one.source for one in changes] == ["note:1", "note:2", "note:3"]
        assert store.source_count() == 9
        half_read = store.changes(0)
        next(half_read)
        store.deposit([deposit(reading(source="note:a"))])
        del half_read
        other.close()

    def test_a_writer_that_is_killed_leaves_nothing(self, store: CorpusStore, again: Again) -> None:
        store.deposit([deposit(reading(source="pmid:7"))])
        before = store.counts()
        process = multiprocessing.get_context("spawn").Process(target=_die_writing, args=(again,))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        assert store.counts() == before
        assert store.known_files(["key"]) == {}
        outcomes = store.deposit([deposit(reading())], [("key", 1)])
        assert [one.result for one in outcomes] == ["added"]


class _Fatal:
    """Who looks at this reading dies."""

    @property
    def record(self) -> object:
        os.kill(os.getpid(), signal.SIGKILL)
        return None


def _die_writing(again: Again) -> None:
    """Be killed in the midst of a deposit."""
    last = Deposit(_Fatal(), "0" * 64, "b.txt", "/in/b.txt")  # type: ignore[arg-type]
    again().deposit([deposit(reading()), last], [("key", 2)])
