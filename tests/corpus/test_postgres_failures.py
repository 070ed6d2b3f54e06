"""What goes wrong with a server is told: what, where and what to do."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piamater.corpus.library import Library
from piamater.corpus.settings import FILE, load_settings
from piamater.corpus.store import Deposit
from piamater.errors import LibraryError
from piamater.testing.corpus_store import deposit, reading
from piamater.testing.postgres_server import PostgresServer

if TYPE_CHECKING:
    from piamater.corpus.postgres import PostgresCorpus

Open = Callable[..., "PostgresCorpus"]


@pytest.fixture
def opened(
    postgres: PostgresServer, new_schema: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens a store in a schema of this test's own."""
    from piamater.corpus.postgres import PostgresCorpus

    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(postgres.folder / "none"))
    kept: list[PostgresCorpus] = []
    schema = new_schema()

    def open_one(address: str = postgres.address(), schema: str = schema) -> PostgresCorpus:
        kept.append(PostgresCorpus(address, schema))
        return kept[-1]

    yield open_one
    for store in kept:
        store.close()


def test_a_server_that_is_down(opened: Open, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"/db: no connection: .*check that the server runs"):
        opened(f"postgresql://me@{str(tmp_path).replace('/', '%2F')}/db")


def test_a_database_that_is_not_there(opened: Open, postgres: PostgresServer) -> None:
    with pytest.raises(LibraryError, match=r"no connection: .*nowhere.*check that"):
        opened(postgres.address(database="nowhere"))


def test_no_password_and_a_wrong_one(
    opened: Open, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LibraryError, match=r"asks for a password and was given none.*PGPASSWORD"):
        opened(postgres.address("guarded"))
    monkeypatch.setenv("PGPASSWORD", "hocus pocus")
    with pytest.raises(LibraryError, match=r"let us not in.*check the password") as raised:
        opened(postgres.address("guarded"))
    assert "hocus" not in str(raised.value)


def test_a_password_comes_from_the_environment_or_from_pgpass(
    opened: Open, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    postgres.sql("CREATE SCHEMA theirs AUTHORIZATION guarded")
    monkeypatch.setenv("PGPASSWORD", "open sesame")
    opened(postgres.address("guarded"), "theirs").deposit([deposit(reading())])
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text("*:*:*:guarded:open sesame\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert opened(postgres.address("guarded"), "theirs").source_count() == 1


def test_a_user_who_may_not_make_tables(
    opened: Open, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "open sesame")
    with pytest.raises(LibraryError, match=r"tables cannot be made: .*CREATE SCHEMA test_\d+ AUTH"):
        opened(postgres.address("guarded"))


def test_a_user_who_may_only_read(
    opened: Open, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "open sesame")
    owner = opened()
    owner.deposit([deposit(reading())])
    with pytest.raises(LibraryError, match=r"cannot be (read|made).*"):
        opened(postgres.address("guarded"))
    postgres.sql(f"GRANT USAGE ON SCHEMA {owner.schema} TO guarded")
    postgres.sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {owner.schema} TO guarded")
    reader = opened(postgres.address("guarded"))
    assert reader.text("pmid:1") == owner.text("pmid:1")
    with pytest.raises(LibraryError, match=r"cannot be written: .*let the database's owner grant"):
        reader.deposit([deposit(reading(source="pmid:2"))])


def test_a_server_that_is_too_old(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piamater.corpus.postgres_connect.OLDEST", 99)
    with pytest.raises(LibraryError, match=r"the server is PostgreSQL \d+ .use PostgreSQL 99"):
        opened()


def test_a_database_in_another_encoding(opened: Open, postgres: PostgresServer) -> None:
    postgres.sql("CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    with pytest.raises(LibraryError, match=r"keeps its texts in LATIN1.*createdb --encoding UTF8"):
        opened(postgres.address(database="latin"))


def test_another_layout(opened: Open, postgres: PostgresServer) -> None:
    store = opened()
    postgres.sql(f"UPDATE {store.schema}.state SET layout = 99")
    with pytest.raises(LibraryError, match=r"another Piamater \(layout 99, not 2\)"):
        opened()


def test_many_may_make_the_tables_at_once(opened: Open) -> None:
    start = threading.Barrier(4)

    def first(_: int) -> str:
        start.wait()
        return opened().identity()

    with ThreadPoolExecutor(4) as pool:
        assert len({*pool.map(first, range(4))}) == 1


def test_two_schemas_are_two_stores(opened: Open, new_schema: Callable[[], str]) -> None:
    one, two = opened(), opened(schema=new_schema())
    one.deposit([deposit(reading())])
    assert two.source_count() == 0
    assert one.identity() != two.identity()


def test_a_store_belongs_to_its_thread(opened: Open) -> None:
    store = opened()
    with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError, match="thread that opened it"):
        pool.submit(store.source_count).result()
    with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError, match="thread that opened it"):
        pool.submit(store.deposit, []).result()


def test_a_writer_that_waits_too_long(opened: Open) -> None:
    one, two = opened(), opened()
    two._db.execute("SET lock_timeout = '50ms'")
    with (
        pytest.raises(LibraryError, match="another process is writing; wait"),
        one._transaction(),
    ):
        two.deposit([deposit(reading())])
    assert two.deposit([deposit(reading())])[0].result == "added"


def test_a_server_that_was_started_anew_is_found_again(
    opened: Open, postgres: PostgresServer
) -> None:
    store, reader = opened(), opened()
    store.deposit([deposit(reading())])
    postgres.stop()
    with pytest.raises(LibraryError, match="no connection"):
        reader.text("pmid:1")
    postgres.start()
    assert reader.text("pmid:1")
    assert store.deposit([deposit(reading(source="pmid:2"))])[0].result == "added"
    assert [one.source for one in reader.sources()] == ["pmid:1", "pmid:2"]


def test_a_server_that_does_not_answer_holds_up_one_request_not_all(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from piamater.corpus import postgres_connect

    tried: list[float] = []
    now = 0.0

    def silent(address: str, schema: str) -> None:
        nonlocal now
        tried.append(now)
        now += 5
        raise LibraryError("no answer", where=address)

    store = opened()
    monkeypatch.setattr(postgres_connect, "connect", silent)
    monkeypatch.setattr(postgres_connect, "monotonic", lambda: now)
    monkeypatch.setattr(postgres_connect, "_AWAY", {})
    store._db.close()
    for _ in range(10):
        with pytest.raises(LibraryError, match="no answer"):
            store.stamp()
        now += 1
    assert tried == [0, 10]
    monkeypatch.undo()
    assert store.stamp() is not None


def test_a_server_that_crashes_within_a_transaction(opened: Open, postgres: PostgresServer) -> None:
    class Crash:
        @property
        def record(self) -> object:
            postgres.stop()
            return reading().record

        document = reading(source="pmid:2").document
        references = ()

    store = opened()
    last = Deposit(Crash(), "0" * 64, "b.txt", "/in/b.txt")  # type: ignore[arg-type]
    try:
        with pytest.raises(LibraryError, match=r"cannot be written: .*see to the server"):
            store.deposit([deposit(reading(source="pmid:3")), last], [("key", 2)])
    finally:
        postgres.start()
    assert store.counts()["sources"] == 0
    assert store.known_files(["key"]) == {}
    assert store.deposit([deposit(reading())])[0].result == "added"


def write_settings(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:open-sesame@host/db",
        "postgres://me:open-sesame@host",
        "postgresql://host/db?password=open-sesame",
        "postgresql://host/db?user=me&sslpassword=open-sesame",
        "postgresql://me:open-sesame@[host/db",
    ],
)
def test_a_password_in_the_settings_is_refused_and_not_repeated(
    tmp_path: Path, address: str
) -> None:
    write_settings(tmp_path, f'[corpus]\nstore = "{address}"\n')
    with pytest.raises(LibraryError, match=r"piamater.toml: corpus.store.*PGPASSWORD") as raised:
        load_settings(tmp_path)
    assert "sesame" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('store = "mysql://host/db"', "known: sqlite, postgresql://"),
        ('store = "SQLite"', "known: sqlite, postgresql://"),
        ("store = 5", "must be str"),
        ('schema = "Shelf; DROP"', "no plain name"),
        ('schema = "pg_shelf"', "no plain name"),
    ],
)
def test_what_names_no_store_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LibraryError, match=told):
        load_settings(write_settings(tmp_path, f"[corpus]\n{text}\n"))


def test_an_address_that_libpq_cannot_read(opened: Open) -> None:
    with pytest.raises(LibraryError, match=r"no address of a PostgreSQL database.*write it as"):
        opened("postgresql://host/db?unheard=of")


def test_the_driver_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "piamater.corpus.postgres", raising=False)
    monkeypatch.delitem(sys.modules, "piamater.corpus.postgres_connect", raising=False)
    write_settings(tmp_path, '[corpus]\nstore = "postgresql://host/db"\n')
    with pytest.raises(LibraryError, match=r"pip install 'piamater\[postgres\]'"):
        _ = Library(tmp_path).corpus


def test_a_library_is_not_made_where_its_store_cannot_be_opened(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    with pytest.raises(LibraryError, match="no connection"):
        Library.create(folder, store=postgres.address(database="nowhere"))
    assert not list(folder.iterdir())
