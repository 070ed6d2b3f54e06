"""A corpus of the first layout gets its seals, after a copy, in either database."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piamater.corpus import SqliteCorpus
from piamater.corpus.migrations import copy_path
from piamater.errors import LibraryError
from piamater.testing.corpus_store import deposit, reading
from piamater.testing.postgres_server import PostgresServer
from tests.corpus.old_layout import old_postgres, old_sqlite
from tests.corpus.test_seals import everything, full

if TYPE_CHECKING:
    from piamater.corpus.postgres import PostgresCorpus
    from piamater.corpus.postgres_layout import Connection

Old = tuple["PostgresCorpus", str]


@pytest.fixture
def old(postgres: PostgresServer, new_schema: Callable[[], str]) -> Iterator[Old]:
    """A store of today, and the schema of one of layout 1 that holds the same."""
    from piamater.corpus.postgres import PostgresCorpus

    today = PostgresCorpus(postgres.address(), new_schema())
    full(today)
    yield today, old_postgres(postgres, new_schema(), today)
    today.close()


def layout(server: PostgresServer, schema: str) -> int:
    from piamater.corpus.postgres import layout_at

    return layout_at(server.address(), schema)


def test_sqlite_gets_the_seals_that_a_new_library_has(tmp_path: Path) -> None:
    today = full(SqliteCorpus(tmp_path / "today.sqlite3"))
    path = old_sqlite(tmp_path / "corpus.sqlite3", today)
    store = SqliteCorpus(path)
    assert everything(store) == everything(today)
    assert list(store.faults()) == []
    store.deposit([deposit(reading("More.", source="pmid:5"))], [("other", 1)])
    store.decide("pmid:5", "withdraw", "why", "2026-01-05")
    assert list(store.faults()) == []
    with closing(sqlite3.connect(copy_path(path, 1))) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM decisions").fetchone() == (2,)
        assert not copy.execute("SELECT 1 FROM pragma_table_info('versions') WHERE name = 'seal'"
                                ).fetchone()  # fmt: skip
    store.close()
    today.close()


def test_postgresql_gets_the_seals_that_a_new_library_has(
    old: Old, postgres: PostgresServer
) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    today, schema = old
    store = PostgresCorpus(postgres.address(), schema)
    assert store.identity() == "an old one"
    assert everything(store) == everything(today), "decisions are numbered without a gap again"
    assert list(store.faults()) == []
    store.deposit([deposit(reading("More.", source="pmid:5"))], [("other", 1)])
    store.decide("pmid:5", "withdraw", "why", "2026-01-05")
    assert list(store.faults()) == []
    store.close()
    kept = f"{schema}_layout_1"
    assert layout(postgres, kept) == 1
    again = PostgresCorpus(postgres.address(), kept)
    assert again.version("pmid:1").record == today.version("pmid:1").record
    assert again.deposit([deposit(reading("More.", source="pmid:5"))])[0].result == "added"
    again.close()


def test_of_two_processes_one_brings_it_forward(old: Old, postgres: PostgresServer) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    _, schema = old

    def opened(_: int) -> int:
        store = PostgresCorpus(postgres.address(), schema)
        try:
            return store.source_count()
        finally:
            store.close()

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(opened, range(4))] == [2, 2, 2, 2]


def test_steps_are_taken_in_order_and_one_that_fails_undoes_all(
    old: Old, postgres: PostgresServer
) -> None:
    from piamater.corpus.postgres_connect import connect
    from piamater.corpus.postgres_layout import STEPS, Step, migrate

    def shelf(db: Connection) -> None:
        db.execute("ALTER TABLE sources ADD COLUMN shelf TEXT NOT NULL DEFAULT 'main'")

    def spoil(db: Connection) -> None:
        db.execute("DELETE FROM texts")
        db.execute("SELECT 1 / 0")

    _, schema = old
    db = connect(postgres.address(), schema)
    with pytest.raises(LibraryError, match=r"layout 2 \(a seal .*\), 3 \(spoil\) failed and was"):
        migrate(db, schema, "here", 3, (*STEPS, Step(3, "spoil", spoil)))
    assert layout(postgres, schema) == 1
    assert layout(postgres, f"{schema}_layout_1") == 0
    with pytest.raises(LibraryError, match="knows no way to 4"):
        migrate(db, schema, "here", 4, (*STEPS, Step(4, "shelf", shelf)))
    assert migrate(db, schema, "here", 3, (*STEPS, Step(3, "shelf", shelf))) is not None
    assert migrate(db, schema, "here", 3, (*STEPS, Step(3, "shelf", shelf))) is None
    assert layout(postgres, schema) == 3
    db.close()


def test_a_copy_that_is_in_the_way_is_told_and_left(old: Old, postgres: PostgresServer) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    _, schema = old
    postgres.sql(f"CREATE SCHEMA {schema}_layout_1; CREATE TABLE {schema}_layout_1.mine (a INT)")
    with pytest.raises(LibraryError, match=r"is there already .rename it.*DROP SCHEMA"):
        PostgresCorpus(postgres.address(), schema)
    assert layout(postgres, schema) == 1
    postgres.sql(f"DROP TABLE {schema}_layout_1.mine")
    PostgresCorpus(postgres.address(), schema).close()


def test_who_may_only_read_is_told_that_it_is_old(
    old: Old, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    _, schema = old
    monkeypatch.setenv("PGPASSWORD", "open sesame")
    postgres.sql(f"GRANT USAGE ON SCHEMA {schema} TO guarded")
    postgres.sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO guarded")
    with pytest.raises(LibraryError, match=r"failed and was undone: permission denied"):
        PostgresCorpus(postgres.address("guarded"), schema)


def test_a_kill_within_a_step_leaves_the_layout_before_it(
    old: Old, postgres: PostgresServer
) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    today, schema = old
    script = f"""
        import os, signal
        from piamater.corpus.postgres_connect import connect
        from piamater.corpus.postgres_layout import STEPS, Step, migrate
        def die(db):
            os.kill(os.getpid(), signal.SIGKILL)
        db = connect({postgres.address()!r}, {schema!r})
        migrate(db, {schema!r}, "here", 3, (*STEPS, Step(3, "die", die)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=os.environ)
    assert done.returncode == -signal.SIGKILL
    assert layout(postgres, schema) == 1
    assert layout(postgres, f"{schema}_layout_1") == 0
    store = PostgresCorpus(postgres.address(), schema)
    assert everything(store) == everything(today)
    store.close()


def test_a_layout_whose_number_was_lost_is_told_not_made_anew(tmp_path: Path) -> None:
    store = full(SqliteCorpus(tmp_path / "corpus.sqlite3"))
    store._run("PRAGMA user_version=0")
    store.close()
    with pytest.raises(LibraryError, match="the number of its layout is damaged"):
        SqliteCorpus(tmp_path / "corpus.sqlite3")
