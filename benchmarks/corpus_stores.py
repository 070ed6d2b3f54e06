"""SQLite beside PostgreSQL as the corpus store: adding and reading, in one process, in turn."""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.data import data
from piamater.corpus import CorpusStore, Deposit, Library, add
from piamater.corpus.library import open_store
from piamater.corpus.settings import Settings
from piamater.errors import PiamaterError
from piamater.sources import Original, read_original
from piamater.testing.postgres_server import PostgresServer, server_programs

DOCUMENTS = 2_000
READS = 1_000
ROUNDS = 3
BATCH = 64
"""Documents to a transaction, as ``add`` has it."""

STORES = ("sqlite", "postgresql")


def run() -> dict[str, object]:
    """Each job on both stores in turn, ``ROUNDS`` times: medians, and how many times SQLite's."""
    programs = server_programs()
    if programs is None:
        sys.exit("benchmarks: corpus_stores needs a PostgreSQL server installed")
    with (
        tempfile.TemporaryDirectory(prefix="piamater-stores-") as name,
        PostgresServer(programs, durable=True) as server,
    ):
        place = Path(name)
        deposits = _documents(place / "files")
        added: dict[str, list[float]] = {store: [] for store in STORES}
        kept: dict[str, list[float]] = {store: [] for store in STORES}
        opened: dict[str, CorpusStore] = {}
        for number in range(ROUNDS):
            for store in STORES:
                address = _address(server, store, f"round_{number}")
                library = Library.create(place / f"{store}-{number}", store=address)
                added[store].append(_timed(partial(_add, library, place / "files")))
                address = _address(server, store, f"bare_{number}")
                (place / f"bare-{store}-{number}").mkdir()
                opened[store] = open_store(
                    place / f"bare-{store}-{number}", Settings(store=address)
                )
                kept[store].append(_timed(partial(_deposit, opened[store], deposits)))
        counts = [opened[store].counts() for store in STORES]
        found: dict[str, object] = {
            **counts[0],
            "the same in both": counts[0] == counts[1],
            "add, seconds": _beside(added, 1),
            "deposit alone, seconds": _beside(kept, 1),
            **_reading(opened),
        }
        for one in opened.values():
            one.close()
        return found


def _documents(folder: Path) -> list[Deposit]:
    """Files of MedQuAD that hold answers, copied to ``folder``, and what reading them gives."""
    folder.mkdir()
    found: list[Deposit] = []
    for path in sorted(data("medquad").rglob("*.xml")):
        original = Original(path.name, str(path), path)
        try:
            readings = read_original(original)
        except PiamaterError:
            continue
        shutil.copy(path, folder)
        found += [Deposit(one, "0" * 64, path.name, str(path)) for one in readings]
        if len(found) >= DOCUMENTS:
            break
    return found


def _address(server: PostgresServer, store: str, database: str) -> str:
    """What ``corpus.store`` says: the store itself, or a new database."""
    if store == "sqlite":
        return store
    server.sql(f"CREATE DATABASE {database}")
    return server.address(database=database)


def _add(library: Library, folder: Path) -> None:
    with library.writing():
        add(library, [str(folder)])


def _deposit(store: CorpusStore, deposits: list[Deposit]) -> None:
    for start in range(0, len(deposits), BATCH):
        store.deposit(deposits[start : start + BATCH])


def _reading(opened: dict[str, CorpusStore]) -> dict[str, object]:
    """Milliseconds of each way of reading, ``READS`` times in each store, round by round."""
    versions = list(opened["sqlite"].sources())
    chooser = random.Random(7)
    chosen = [chooser.choice(versions) for _ in range(READS)]
    sources = [one.source for one in chosen]
    keys = [[(one.number, n) for one in chooser.sample(versions, 10) for n in (0,)] for _ in chosen]
    jobs: dict[str, Callable[[CorpusStore, int], object]] = {
        "a version": lambda store, n: store.version(sources[n]),
        "a text": lambda store, n: store.text(sources[n]),
        "ten passages": lambda store, n: store.passages(keys[n]),
        "the versions of ten": lambda store, n: store.by_numbers([key[0] for key in keys[n]]),
        "a document": lambda store, n: store.document(chosen[n].number),
        "the stamp": lambda store, n: store.stamp(),
    }
    found: dict[str, object] = {}
    for name, job in jobs.items():
        taken: dict[str, list[float]] = {store: [] for store in STORES}
        for store in STORES:
            job(opened[store], 0)
        for n in range(READS):
            for store in STORES:
                taken[store].append(1_000 * _timed(partial(job, opened[store], n)))
        found[f"{name}, milliseconds"] = _beside(taken, 3)
    return found


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _beside(taken: dict[str, list[float]], digits: int) -> dict[str, float]:
    """The medians, and the ratio."""
    medians = {store: statistics.median(taken[store]) for store in STORES}
    return {
        **{store: round(value, digits) for store, value in medians.items()},
        "times": round(medians["postgresql"] / medians["sqlite"], 1),
    }
