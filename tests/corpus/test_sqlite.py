from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from piamater.corpus import SqliteCorpus
from piamater.errors import LibraryError
from piamater.testing import CorpusStoreConformance
from piamater.testing.corpus_store import deposit, reading
from piamater.testing.corpus_together import Again
from tests.corpus.sql_stores import SqlStores


class TestSqliteCorpus(CorpusStoreConformance, SqlStores):
    @pytest.fixture
    def store(self, tmp_path: Path) -> SqliteCorpus:
        return SqliteCorpus(tmp_path / "corpus.sqlite3")

    @pytest.fixture
    def again(self, tmp_path: Path) -> Again:
        return partial(SqliteCorpus, tmp_path / "corpus.sqlite3")

    def test_is_in_wal_mode(self, store: SqliteCorpus) -> None:
        found = sqlite3.connect(store.path).execute("PRAGMA journal_mode").fetchone()
        assert found == ("wal",)

    def test_a_full_disk_loses_nothing(self, store: SqliteCorpus) -> None:
        store.deposit([deposit(reading())])
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count={pages + 2}")
        big = reading("A long sentence about meningitis. " * 5_000, source="pmid:2")
        with pytest.raises(LibraryError, match=r"cannot be written.*free some space"):
            store.deposit([deposit(big)], [("key", 1)])
        assert store.counts()["sources"] == 1
        assert store.known_files(["key"]) == {}
        assert store.text("pmid:1")

    def test_a_newer_layout_is_refused(self, store: SqliteCorpus) -> None:
        store._db.execute("PRAGMA user_version=99")
        with pytest.raises(LibraryError, match="newer Piamater"):
            SqliteCorpus(store.path)

    def test_a_file_that_is_no_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "corpus.sqlite3"
        path.write_text("not a database at all, but some text that is long enough" * 20)
        with pytest.raises(LibraryError, match="cannot be opened"):
            SqliteCorpus(path)
