"""The layout of a corpus in PostgreSQL: made when it is new, brought forward when it is older.

As ``migrations`` for SQLite: steps lead from one number to the next, and the corpus as it is is
copied first, here into a schema beside its own. PostgreSQL undoes changes of tables too, so that
the copy and the steps are one transaction: after a kill neither has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg
from psycopg import sql

from piamater.corpus.postgres_connect import failed
from piamater.corpus.tables import FORMAT, SEALED, TABLES, seal_of
from piamater.errors import LibraryError

_ROWS = 500
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """A step to layout ``to``; ``apply`` changes the tables, within the transaction it is given."""

    to: int
    what: str
    apply: Callable[[Connection], None]


def _seal(db: Connection) -> None:
    """Give each row its seal, of what it says on this day."""
    db.execute("ALTER TABLE state ADD COLUMN restored BOOLEAN NOT NULL DEFAULT FALSE")
    db.execute("ALTER TABLE decisions ALTER COLUMN number DROP IDENTITY IF EXISTS")
    db.execute(
        "UPDATE decisions d SET number = -r.n FROM (SELECT number, row_number() OVER"
        " (ORDER BY number) AS n FROM decisions) r WHERE d.number = r.number"
    )
    db.execute("UPDATE decisions SET number = -number")
    for table in SEALED:
        name = sql.Identifier(table)
        db.execute(sql.SQL("ALTER TABLE {} ADD COLUMN seal TEXT NOT NULL DEFAULT ''").format(name))
        said = sql.SQL(", ").join(map(sql.Identifier, TABLES[table]))
        change = sql.SQL("UPDATE {} SET seal = %s WHERE ctid = %s::tid").format(name)
        with db.cursor("unsealed") as rows, db.cursor() as cursor:
            rows.execute(sql.SQL("SELECT ctid::text, {} FROM {}").format(said, name))
            while found := rows.fetchmany(_ROWS):
                cursor.executemany(change, [(seal_of(table, one[1:]), one[0]) for one in found])
        db.execute(sql.SQL("ALTER TABLE {} ALTER COLUMN seal DROP DEFAULT").format(name))


STEPS: tuple[Step, ...] = (Step(2, "a seal on each record", _seal),)
"""All steps since layout 1, the first that was ever released, in order."""


def copy_schema(schema: str, layout: int) -> str:
    """The schema that keeps the corpus as it was before it was brought forward."""
    return f"{schema[:50]}_layout_{layout}"


def layout_of(db: Connection, where: str) -> tuple[int, str] | None:
    """The number of the layout and the id of the store; none where there are no tables."""
    try:
        row = db.execute("SELECT layout, id FROM state").fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.Error as error:
        raise failed(error, where, writing=False) from error
    return (int(row[0]), str(row[1])) if row else None


def prepare(db: Connection, schema: str, where: str, *, restoring: bool = False) -> str:
    """Make the tables, bring an older layout forward, or refuse a newer one; gives the id.

    Where a restore filled it, its first opening by a library settles that; with ``restoring``
    it is left as it is.
    """
    found = layout_of(db, where)
    if found is None:
        try:
            _make(db, schema)
        except psycopg.Error as error:
            raise LibraryError(
                f"the tables cannot be made: {error}",
                where=where,
                todo=f"let the database's owner run: CREATE SCHEMA {schema}"
                " AUTHORIZATION (the user of corpus.store)",
            ) from error
    elif found[0] < FORMAT:
        migrate(db, schema, where, FORMAT)
    found = layout_of(db, where) or (0, "")
    if found[0] != FORMAT:
        raise LibraryError(
            f"the corpus was written by another Piamater (layout {found[0]}, not {FORMAT})",
            where=f"{where}, schema {schema}",
            todo="update Piamater, or name another corpus.schema",
        )
    if not restoring:
        with suppress(psycopg.Error):  # who may only read leaves it to who may write
            db.execute("UPDATE state SET restored = FALSE WHERE restored")
    return found[1]


def _make(db: Connection, schema: str) -> None:
    """Make schema and tables in one transaction; of two processes the second finds them."""
    with db.transaction():
        _take_turns(db)
        _make_schema(db, schema)
        if db.execute("SELECT to_regclass('state')").fetchone() == (None,):
            db.execute((files("piamater.corpus") / "postgres.sql").read_bytes())
            db.execute(
                "INSERT INTO state (layout, id, writes) VALUES (%s, gen_random_uuid()::text, 0)",
                (FORMAT,),
            )


def _take_turns(db: Connection) -> None:
    db.execute("SELECT pg_advisory_xact_lock(hashtext('piamater'))")


def _make_schema(db: Connection, schema: str) -> None:
    held = db.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone()
    if held is None:
        db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))


def migrate(
    db: Connection, schema: str, where: str, to: int, steps: Sequence[Step] = STEPS
) -> str | None:
    """Bring a corpus to the layout ``to``; gives the schema of its copy, or none if it was there.

    Safe to kill, and to run in two processes at once. ``db`` is in autocommit mode.

    Raises:
        LibraryError: no step leads on from its layout, a step fails, or the copy cannot be made;
            the corpus is then as it was.
    """
    ahead: Sequence[Step] = ()
    try:
        with db.transaction():
            _take_turns(db)
            db.execute("UPDATE state SET writes = writes + 1")  # no writer is within its work
            found = layout_of(db, where) or (0, "")
            if found[0] >= to:
                return None
            ahead = [one for one in steps if found[0] < one.to <= to]
            if [one.to for one in ahead] != list(range(found[0] + 1, to + 1)):
                raise LibraryError(
                    f"the corpus has layout {found[0]}, from which this release knows no way to"
                    f" {to}",
                    where=where,
                    todo="bring it forward with the release before this one",
                )
            kept = _copy(db, schema, found[0], where)
            for step in ahead:
                step.apply(db)
                db.execute("UPDATE state SET layout = %s", (step.to,))
            return kept
    except psycopg.Error as error:
        what = ", ".join(f"{one.to} ({one.what})" for one in ahead) or to
        raise LibraryError(
            f"the step to layout {what} failed and was undone: {error}",
            where=where,
            todo="see to the server, then try again; nothing was changed",
        ) from error


def _copy(db: Connection, schema: str, layout: int, where: str) -> str:
    """A whole copy of the tables, in a schema of its own."""
    kept = copy_schema(schema, layout)
    if db.execute("SELECT 1 FROM pg_tables WHERE schemaname = %s", (kept,)).fetchone():
        raise LibraryError(
            f"the corpus is copied before a new layout, and the schema {kept} is there already",
            where=where,
            todo=f"rename it, or let its owner run: DROP SCHEMA {kept} CASCADE",
        )
    try:
        _make_schema(db, kept)
    except psycopg.errors.InsufficientPrivilege as error:
        raise LibraryError(
            f"the corpus is copied before a new layout, and that cannot be: {error}",
            where=where,
            todo=f"let the database's owner run: CREATE SCHEMA {kept}"
            " AUTHORIZATION (the user of corpus.store)",
        ) from error
    tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,))
    for (table,) in tables.fetchall():
        names = {"new": sql.Identifier(kept, table), "old": sql.Identifier(schema, table)}
        db.execute(sql.SQL("CREATE TABLE {new} (LIKE {old} INCLUDING ALL)").format(**names))
        db.execute(
            sql.SQL("INSERT INTO {new} OVERRIDING SYSTEM VALUE SELECT * FROM {old}").format(**names)
        )
    for table in ("versions", "decisions"):
        go_on_numbering(db, f"{kept}.{table}")
    return kept


def go_on_numbering(db: Connection, table: str) -> None:
    """Let a table that gives numbers go on behind those that it holds."""
    db.execute(
        sql.SQL(
            "SELECT setval(sequence, max(number)) FROM {},"
            " pg_get_serial_sequence({}, 'number') AS sequence"
            " WHERE sequence IS NOT NULL GROUP BY sequence"
        ).format(sql.SQL(".").join(map(sql.Identifier, table.split("."))), table)
    )
