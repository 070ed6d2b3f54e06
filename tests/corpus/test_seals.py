"""A changed record, notice, decision or date is found and named, in either database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from piamater.corpus import SqliteCorpus
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.tables import SEALED, TABLES, seal_of
from piamater.corpus.transfer import transfer
from piamater.errors import LibraryError
from piamater.sources import Notice, NoticeKind
from piamater.testing.corpus_store import deposit, reading
from piamater.testing.postgres_server import PostgresServer

DATABASES = ("sqlite", "postgresql")
Make = Callable[[str], SqlCorpus]


@pytest.fixture
def make(
    tmp_path: Path, new_schema: Callable[[], str], request: pytest.FixtureRequest
) -> Iterator[Make]:
    """Makes an empty store in either database."""
    opened: list[SqlCorpus] = []

    def made(database: str) -> SqlCorpus:
        if database == "sqlite":
            opened.append(SqliteCorpus(tmp_path / f"{len(opened)}.sqlite3"))
        else:
            from piamater.corpus.postgres import PostgresCorpus

            server: PostgresServer = request.getfixturevalue("postgres")
            opened.append(PostgresCorpus(server.address(), new_schema()))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


def full(store: SqlCorpus) -> SqlCorpus:
    """A store with something in every table."""
    retracted = Notice(NoticeKind.RETRACTION, "PMID:1", "2024-05-01", "J Test")
    own = Notice(NoticeKind.CORRECTION, date="2023")
    store.deposit([deposit(reading("Old text. জ্বর হলে বিশ্রাম।"))])
    store.deposit([deposit(reading("𝛼 is new. Rest\0.", notices=(own,)))], [("key", 1)])
    store.deposit([deposit(reading("A notice.", source="pmid:9", notices=(retracted,)))])
    store.deposit([deposit(reading("A notice.", source="pmid:9", title="Third"))])
    store.decide("pmid:9", "withdraw", "wrong figures", "2026-01-02")
    store.decide("pmid:9", "restore", "", "2026-01-03")
    return store


@pytest.mark.parametrize("database", DATABASES)
def test_what_was_written_has_no_fault(make: Make, database: str) -> None:
    store = full(make(database))
    assert list(store.faults()) == []
    for table in TABLES:
        assert list(store._run(f"SELECT 1 FROM {table}")), f"{table} holds something"


def changed(value: object) -> object:
    if isinstance(value, int):
        return value + 1
    text = str(value)
    return chr(ord(text[0]) ^ 1) + text[1:] if text else "x"


@pytest.mark.parametrize(
    ("table", "column", "database"),
    [
        (table, column, database)
        for table in SEALED
        for column in TABLES[table]
        for database in DATABASES
        if (table, column, database) != ("versions", "number", "postgresql")  # it forbids that
    ],
)
def test_a_change_in_any_column_is_found(
    make: Make, table: str, column: str, database: str
) -> None:
    store = full(make(database))
    [value] = next(iter(store._run(f"SELECT {column} FROM {table} ORDER BY {column} DESC")))
    store._run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (changed(value), value))
    found = list(store.faults())
    assert found
    if column not in ("source", "id", "number", "by") and table not in ("retired", "files"):
        assert any("pmid:1" in one.where or "pmid:9" in one.where for one in found), found


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE versions SET record = replace(record, '2023', '2024') WHERE source = 'pmid:1'",
         "pmid:1, version ", "its record"),
        ("UPDATE versions SET record = replace(record, 'Third', 'Tenth')", "pmid:9, version ",
         "its record"),
        ("UPDATE notices SET date = '2025-05-01' WHERE about = 'pmid:1'", "pmid:9",
         "a notice of it"),
        ("DELETE FROM notices WHERE about = 'pmid:1'", "pmid:9", "is not in the list of notices"),
        ("DELETE FROM notices WHERE about = 'source:pmid:1'", "pmid:1",
         "its notice (correction 2023"),
        ("DELETE FROM decisions WHERE number = 1", "decision 1", "is missing"),
        ("UPDATE decisions SET decision = 'withdraw' WHERE number = 2", "pmid:9", "a decision"),
        ("UPDATE sources SET current = 1 WHERE id = 'pmid:1'", "pmid:1", "which of its versions"),
        ("DELETE FROM texts WHERE version LIKE '%'", "pmid:9, version ", "its text is missing"),
        ("DELETE FROM sections WHERE number = 1", "version number 1", "section of a passage"),
    ],
)  # fmt: skip
def test_a_damage_is_named_by_its_document(
    make: Make, database: str, statement: str, where: str, what: str
) -> None:
    store = full(make(database))
    store._run(statement.replace("%", "%%") if database == "postgresql" else statement)
    assert any(one.where.startswith(where) and what in one.what for one in store.faults()), [
        *store.faults()
    ]


def test_a_passage_that_is_cut_by_other_bytes_is_found(make: Make) -> None:
    store = full(make("postgresql"))
    store._run("UPDATE passages SET first_byte = first_byte + 1 WHERE number = 2 AND position = 0")
    [fault] = store.faults()
    assert (fault.where, fault.what) == ("version number 2", "passage 0 is not cut where it stands")


def test_a_text_that_is_none_any_more_is_found_not_raised(make: Make) -> None:
    store = full(make("sqlite"))
    store._run("UPDATE versions SET record = CAST(x'7bff' AS TEXT) WHERE source = 'pmid:9'")
    assert [one.where.split(",")[0] for one in store.faults()] == ["pmid:9"]
    with pytest.raises(LibraryError, match="cannot be read"):
        list(store.sources())
    store._run("UPDATE versions SET name = x'00' WHERE source = 'pmid:1' AND number = 2")
    assert {one.where.split(",")[0] for one in store.faults()} == {"pmid:1", "pmid:9"}


def test_the_same_has_the_same_seal_and_a_swap_another() -> None:
    row = (1, "pmid:1", "withdraw", "a", "2026")
    assert seal_of("decisions", row) == seal_of("decisions", row)
    assert seal_of("decisions", row) != seal_of("decisions", (1, "pmid:1", "withdraw", "2026", "a"))
    assert seal_of("identifiers", ("a", "b")) != seal_of("notices", ("a", "b"))
    assert seal_of("decisions", row) != seal_of("decisions", ("1", *row[1:]))


def everything(store: SqlCorpus) -> dict[str, list[tuple[object, ...]]]:
    from piamater.corpus.tables import columns

    with store.moment() as rows:
        return {
            table: sorted(rows(f"SELECT {columns(table)} FROM {table}"), key=repr)
            for table in TABLES
        }


@pytest.mark.parametrize("first", DATABASES)
@pytest.mark.parametrize("second", DATABASES)
def test_all_moves_from_one_database_to_the_other(make: Make, first: str, second: str) -> None:
    source, target = full(make(first)), make(second)
    told: list[int] = []
    assert transfer(source, target, told.append) == sum(
        len(rows) for rows in everything(source).values()
    )
    assert everything(target) == everything(source)
    assert sum(told) == sum(len(str(row[1])) for row in everything(source)["texts"])
    assert list(target.faults()) == []
    assert target.last_number() == source.last_number()
    for held in source.versions("pmid:1"):
        assert target.document(held.number) == source.document(held.number)
        assert target.neighbours(held.number, 0, 9) == source.neighbours(held.number, 0, 9)
    record = source.version("pmid:1").record
    assert target.notices(record, "pmid:1") == source.notices(record, "pmid:1")
    before = target.last_number()
    target.deposit([deposit(reading(source="pmid:77"))])
    assert target.version("pmid:77").number == before + 1
    target.decide("pmid:77", "withdraw", "a", "2026-01-04")
    assert list(target.faults()) == []
    with pytest.raises(LibraryError, match=r"holds documents already"):
        transfer(source, target)


@pytest.mark.parametrize("database", DATABASES)
def test_a_transfer_that_breaks_off_leaves_nothing(make: Make, database: str) -> None:
    source, target = full(make("sqlite")), make(database)

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer(source, target, fail)
    assert target.counts() == {"sources": 0, "versions": 0, "passages": 0}
    assert transfer(source, target)


def test_a_text_that_is_no_utf_8_is_told_in_moving(make: Make) -> None:
    source, target = full(make("sqlite")), make("postgresql")
    source._run("UPDATE texts SET text = CAST(x'7bff' AS TEXT)")
    with pytest.raises(LibraryError, match="table texts is damaged: it is no text in UTF-8"):
        transfer(source, target)
    assert target.source_count() == 0


def test_what_a_restore_left_unopened_is_filled_anew(make: Make) -> None:
    from piamater.corpus.postgres import PostgresCorpus

    source, target = full(make("sqlite")), make("postgresql")
    assert isinstance(target, PostgresCorpus)
    transfer(source, target)
    again = PostgresCorpus(target.address, target.schema, restoring=True)
    transfer(source, again)
    again.close()
    assert everything(target) == everything(source)
    PostgresCorpus(target.address, target.schema).close()  # a library opens it
    again = PostgresCorpus(target.address, target.schema, restoring=True)
    with pytest.raises(LibraryError, match="holds documents already"):
        transfer(source, again)
    again.close()


def test_a_database_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    store = full(SqliteCorpus(tmp_path / "corpus.sqlite3"))
    store.close()
    path = tmp_path / "corpus.sqlite3"
    with sqlite3.connect(path) as db:
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'notices'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 8] = b"\xff" * 8
    path.write_bytes(data)
    store = SqliteCorpus(path)
    with pytest.raises(LibraryError, match=r"cannot be read: .*doctor"):
        list(store.faults())
    with pytest.raises(LibraryError, match=r"cannot be read: .*doctor"):
        store.notices(reading().record, "pmid:1")
    with pytest.raises(LibraryError, match=r"cannot be written"):
        store.deposit([deposit(reading("More.", source="pmid:4", notices=(
            Notice(NoticeKind.CORRECTION, date="2023"),)))])  # fmt: skip
    store.close()
