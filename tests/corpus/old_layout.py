"""Corpora of the first layout, as releases before the seals made them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.tables import TABLES
from piamater.testing.postgres_server import PostgresServer

SCHEMAS = Path(__file__).parent / "layout_1"


def old_sqlite(path: Path, like: SqlCorpus) -> Path:
    """A database of layout 1 that holds what ``like`` holds."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript((SCHEMAS / "sqlite.sql").read_text("utf-8"))
        with like.moment() as rows:
            for table, names in TABLES.items():
                marks = ",".join("?" * len(names))
                said = ", ".join(names)
                db.executemany(f"INSERT INTO {table} VALUES ({marks})",
                               rows(f"SELECT {said} FROM {table}"))  # fmt: skip
        db.execute("PRAGMA user_version=1")
    return path


def old_postgres(server: PostgresServer, schema: str, like: SqlCorpus) -> str:
    """A schema of layout 1 that holds what ``like``, a store on the same server, holds."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.address()) as db:
        db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        db.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        db.execute((SCHEMAS / "postgresql.sql").read_bytes())
        db.execute("INSERT INTO state (layout, id, writes) VALUES (1, 'an old one', 5)")
        other: Any = like
        for table, names in TABLES.items():
            more = ("first_byte", "bytes") if table == "passages" else ()
            db.execute(
                sql.SQL("INSERT INTO {t} ({n}) OVERRIDING SYSTEM VALUE SELECT {n} FROM {o}").format(
                    t=sql.Identifier(table),
                    n=sql.SQL(", ").join(map(sql.Identifier, (*names, *more))),
                    o=sql.Identifier(other.schema, table),
                )
            )
        db.execute("SELECT setval(pg_get_serial_sequence('versions', 'number'), 4)")
        db.execute("SELECT setval(pg_get_serial_sequence('decisions', 'number'), 5)")
        db.execute("UPDATE decisions SET number = DEFAULT WHERE number = 2")  # numbers had gaps
    return schema
