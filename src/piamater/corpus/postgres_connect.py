"""Connecting to PostgreSQL: what is set on every connection, and what each failure means."""

from __future__ import annotations

from time import monotonic

import psycopg
from psycopg import conninfo

from piamater.errors import LibraryError

OLDEST = 15
"""The oldest release of the server that the tests are run on."""

GIVEN = {
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""How long to wait for a server that does not answer (seconds, the second in milliseconds), where
the address does not say: a reader of the site waits with it."""

_AWAY: dict[str, tuple[float, LibraryError]] = {}
"""Servers that were lost and did not answer: until when that is taken for granted, and how."""


def connect(address: str, schema: str) -> psycopg.Connection:
    """A connection that commits each statement by itself and works in ``schema``.

    A password comes from the environment (``PGPASSWORD``) or ``~/.pgpass``, as for every program
    that uses libpq.

    Raises:
        LibraryError: no connection; the server is too old or keeps its texts in another encoding.
    """
    try:
        settings = {**GIVEN, **conninfo.conninfo_to_dict(address)}
    except psycopg.ProgrammingError as error:
        raise LibraryError(
            f"corpus.store is no address of a PostgreSQL database: {error}",
            where="piamater.toml",
            todo="write it as postgresql://user@host:port/database",
        ) from error
    try:
        db = psycopg.connect(
            **{**settings, "client_encoding": "utf8", "application_name": "piamater"},  # type: ignore[arg-type]
            autocommit=True,
        )
    except psycopg.OperationalError as error:
        raise _no_connection(error, shown(address)) from error
    try:
        _check_server(db, shown(address))
        db.execute("SELECT set_config('search_path', quote_ident(%s), false)", (schema,))
        db.execute("SET lock_timeout = '30s'")
    except BaseException:
        db.close()
        raise
    return db


def connect_again(address: str, schema: str) -> psycopg.Connection:
    """As ``connect``, for a connection that was lost.

    Where that fails, all others in this process are told so at once for as long as the attempt
    took: a server that cannot be reached holds up one thread at a time, not every request.
    """
    start = monotonic()
    until, error = _AWAY.get(address, (start, None))
    if error is not None and start < until:
        raise LibraryError(error.what, where=error.where, todo=error.todo)
    try:
        return connect(address, schema)
    except LibraryError as error:
        now = monotonic()
        _AWAY[address] = now + (now - start), error
        raise


def shown(address: str) -> str:
    """The address as it may be shown: without a password, whatever else it says."""
    try:
        parts = conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        return "corpus.store"
    user = f"{parts['user']}@" if parts.get("user") else ""
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"postgresql://{user}{parts.get('host') or ''}{port}/{parts.get('dbname') or ''}"


def _no_connection(error: psycopg.OperationalError, where: str) -> LibraryError:
    """What to do depends on how far it came; the server's own words may be in any language."""
    reached = error.pgconn
    if reached is not None and reached.needs_password:
        what, todo = (
            "the server asks for a password and was given none",
            ("set PGPASSWORD, or write the password to ~/.pgpass (readable by you alone)"),
        )
    elif reached is not None and reached.used_password:
        what, todo = (
            f"the server let us not in: {error}",
            ("check the password (PGPASSWORD or ~/.pgpass), the user and the database's name"),
        )
    else:
        what, todo = (
            f"no connection: {error}",
            ("check that the server runs, and the host, port, user and database of corpus.store"),
        )
    return LibraryError(what, where=where, todo=todo)


def _check_server(db: psycopg.Connection, where: str) -> None:
    major = db.info.server_version // 10_000
    if major < OLDEST:
        raise LibraryError(
            f"the server is PostgreSQL {major}",
            where=where,
            todo=f"use PostgreSQL {OLDEST} or newer",
        )
    encoding = db.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise LibraryError(
            f"the database keeps its texts in {encoding}, which lacks most characters",
            where=where,
            todo="make it with: createdb --encoding UTF8 --template template0 NAME",
        )


def failed(error: psycopg.Error, where: str, *, writing: bool, lost: bool = False) -> LibraryError:
    """The error of a statement, told; ``lost``: with it went the connection."""
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        todo = "let the database's owner grant it, or use the user who made the corpus"
    elif isinstance(error, psycopg.errors.LockNotAvailable):
        todo = "another process is writing; wait until it has finished, then run it again"
    elif writing and lost:
        todo = "see to the server, then run it again: what was kept is then found unchanged"
    elif not writing:
        todo = "check that the server runs, then try again"
    else:
        todo = "nothing of this step was kept; see to the server, then run it again"
    return LibraryError(
        f"the corpus cannot be {'written' if writing else 'read'}: {error}",
        where=where,
        todo=todo,
    )
