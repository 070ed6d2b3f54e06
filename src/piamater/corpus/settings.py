"""Settings: what ``piamater.toml`` says, checked, with a default for everything."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from piamater.errors import LibraryError

FILE = "piamater.toml"

TEMPLATE = """\
# Settings of this Piamater library. Everything has a default; delete what you do not need.

[library]
name = {name}
# ISO 3166-1 code of the readers' country: it chooses the emergency number on urgent cards.
country = ""

[corpus]
# Where the documents are kept: "sqlite", a file in this folder, or a PostgreSQL database, such as
# "postgresql://user@host/database". Needs: pip install 'piamater[postgres]'. Its password never
# stands here: set PGPASSWORD or write it to ~/.pgpass.
store = {store}

[sources]
# The largest single file that is read, in bytes.
max_bytes = 67108864

[search]
# A sentence-embedding model to search with beside words: a folder with model.onnx and
# tokenizer.json, or a name on a hub. Needs: pip install 'piamater[dense]'
dense_model = ""

[site]
# The address readers know the site by, such as https://library.example.org; it stands in feeds,
# the sitemap and printed codes. Empty: the address of each request.
base_url = ""
# The host names that are answered; none listed: any.
hosts = []
# Questions, searches and other work that one address may ask for in a minute; 0: no limit.
requests_per_minute = 120

[questions]
# Days that an answered question is kept; after them its text, draft and answer are gone for good.
# 0: until somebody deletes it.
keep_days = 180
# Days within which the house wants to answer; after them the question counts as late, and both the
# staff and the reader are told. 0: no such day.
answer_days = 14
# Days that a question waits for its signed answer at most; after them it is gone for good, and the
# receipt says so. 0: until somebody deletes it.
unanswered_days = 90
# How many different persons stand behind an answer: one writes it, another signs it. 1: one alone.
persons = 2

[mail]
# The SMTP server that the digest for the staff is sent through. Its password never stands here:
# set PIAMATER_SMTP_PASSWORD.
host = ""
port = 587
user = ""
from = ""
# "starttls", "tls" (encrypted from the first byte, port 465) or "none" (a server on this machine).
security = "starttls"

[review]
# Months after which a source with no review date of its own counts as overdue, by kind; 0: never.
# guideline = 60
# patient-information = 36
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a library; see ``docs/reference/settings.md``."""

    name: str = "Piamater library"
    country: str = ""
    store: str = "sqlite"
    schema: str = "piamater"
    max_bytes: int = 64 * 1024 * 1024
    dense_model: str = ""
    review_months: Mapping[str, int] = field(default_factory=dict)
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    requests_per_minute: int = 120
    keep_days: int = 180
    answer_days: int = 14
    unanswered_days: int = 90
    persons: int = 2
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_from: str = ""
    mail_security: str = "starttls"


MAIL_SECURITY = ("starttls", "tls", "none")
_KNOWN: dict[str, dict[str, type]] = {
    "library": {"name": str, "country": str},
    "corpus": {"store": str, "schema": str},
    "sources": {"max_bytes": int},
    "search": {"dense_model": str},
    "site": {"base_url": str, "hosts": list, "requests_per_minute": int},
    "questions": {"keep_days": int, "answer_days": int, "unanswered_days": int, "persons": int},
    "mail": {"host": str, "port": int, "user": str, "from": str, "security": str},
}


def load_settings(folder: Path) -> Settings:
    """The settings of the library in ``folder``.

    Raises:
        LibraryError: the file is not valid TOML, or holds an unknown or mistyped setting.
    """
    path = folder / FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(f"it is not valid TOML: {error}", where=str(path)) from error
    except OSError as error:
        raise LibraryError(f"it cannot be read: {error.strerror}", where=str(path)) from error
    values: dict[str, Any] = {}
    for table, entries in tables.items():
        if table == "review":
            values["review_months"] = _review(entries, path)
        elif table in _KNOWN and isinstance(entries, dict):
            checked = _checked(table, entries, path)
            if table == "mail":
                checked = {f"mail_{key}": value for key, value in checked.items()}
            values.update(checked)
        elif table != "check":  # that table belongs to `piamater check`, which reads it itself
            raise LibraryError(
                f"unknown table [{table}]",
                where=str(path),
                todo=f"known: {', '.join([*_KNOWN, 'review', 'check'])}",
            )
    if "corpus" in tables:
        check_store(values.get("store", "sqlite"), str(path))
        _check_schema(values.get("schema", "piamater"), path)
    _check_people(values, path)
    if "hosts" in values:
        values["hosts"] = tuple(map(str, values["hosts"]))
    return Settings(**values)


def _checked(table: str, entries: dict[str, Any], path: Path) -> dict[str, Any]:
    """The entries of one table, each known and of its type."""
    known = _KNOWN[table]
    for key, value in entries.items():
        if key not in known:
            raise LibraryError(
                f"unknown setting {table}.{key}", where=str(path), todo=f"known: {', '.join(known)}"
            )
        if type(value) is not known[key]:
            raise LibraryError(
                f"{table}.{key} must be {known[key].__name__}, not {value!r}", where=str(path)
            )
    return entries


def _check_people(values: Mapping[str, Any], path: Path) -> None:
    """Refuse values of [questions] and [mail] that mean nothing."""
    for wrong, what in (
        (values.get("persons", 2) not in (1, 2), "questions.persons must be 1 or 2"),
        *(
            (values.get(name, 0) < 0, f"questions.{name} must be 0 or more")
            for name in ("keep_days", "answer_days", "unanswered_days")
        ),
        (not 0 < values.get("mail_port", 587) < 65536, "mail.port must be from 1 to 65535"),
        (
            values.get("mail_security", "none") not in MAIL_SECURITY,
            f"mail.security must be one of {', '.join(MAIL_SECURITY)}",
        ),
    ):
        if wrong:
            raise LibraryError(what, where=str(path))


def check_store(store: str, where: str) -> None:
    """Refuse a store that is neither ``sqlite`` nor an address, or an address with a password.

    Raises:
        LibraryError: it is refused; the message repeats no password.
    """
    if store == "sqlite":
        return
    try:
        parts = urlsplit(store)
        known = parts.scheme in ("postgresql", "postgres")
        asked = {*parse_qs(parts.query, keep_blank_values=True)}
        secret = bool(parts.password or {"password", "sslpassword"} & asked)
    except ValueError:
        known, secret = False, True
    if secret:
        raise LibraryError(
            "corpus.store holds a password, or cannot be read as an address",
            where=where,
            todo="take the password out; set PGPASSWORD or write it to ~/.pgpass",
        )
    if not known:
        raise LibraryError(
            f"corpus.store = {store!r} is not known",
            where=where,
            todo="known: sqlite, postgresql://user@host:port/database",
        )


def _check_schema(schema: str, path: Path) -> None:
    """Refuse what would have to be quoted in SQL."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema) or schema.startswith("pg_"):
        raise LibraryError(
            f"corpus.schema = {schema!r} is no plain name",
            where=str(path),
            todo="small letters, digits and _, a letter first, at most 63",
        )


def _review(entries: Any, path: Path) -> dict[str, int]:
    """The review periods in months, by kind."""
    from piamater.sources import Kind

    kinds = [kind.value for kind in Kind]
    for key, months in entries.items():
        if key not in kinds or type(months) is not int or months < 0:
            raise LibraryError(
                f"review.{key} = {months!r} is not a kind with a number of months",
                where=str(path),
                todo=f"kinds: {', '.join(kinds)}",
            )
    return dict(entries)
