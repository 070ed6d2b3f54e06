"""Tables: what each table of a corpus holds, and the seal that stands at the end of its rows.

A text is named by its SHA-256, and a version keeps the digest of its sections and passages. All
else that a corpus says (records with their dates and notices, which version is current, what was
decided) stands in rows that end with a seal: a digest of the rest of the row. It tells damage
from what was written; who can write the database can write seals too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

FORMAT = 2
"""Version of the layout in all databases: ``PRAGMA user_version``, and ``state.layout``."""

TABLES: dict[str, tuple[str, ...]] = {
    "texts": ("version", "text"),
    "sources": ("id", "location", "current"),
    "versions": (
        "number",
        "source",
        "version",
        "record",
        "shape",
        "languages",
        "added",
        "original",
        "name",
        "origins",
        "bibliography",
    ),
    "former_records": ("source", "version", "record", "until"),
    "retired": ("number", "by"),
    "sections": ("number", "position", "path", "level", "start", "stop", "mark"),
    "passages": (
        "number",
        "position",
        "start",
        "stop",
        "section",
        "form",
        "mark",
        "language",
        "lead",
    ),
    "identifiers": ("identifier", "source"),
    "notices": ("about", "kind", "date", "by", "source"),
    "decisions": ("number", "source", "decision", "reason", "date"),
    "files": ("key", "works"),
}
"""The columns that all databases keep, in order, without the seal."""

SEALED = (
    "sources",
    "versions",
    "former_records",
    "retired",
    "identifiers",
    "notices",
    "decisions",
    "files",
)
"""The tables whose rows end with a seal."""

Row = tuple[Any, ...]


def seal_of(table: str, row: Sequence[Any]) -> str:
    """The seal of a row: of its table and of all that it says, in the order of ``TABLES``.

    The number of a version is left out: it is given by the database when the row is written.
    Rows that say the same have the same seal in every database.

    Raises:
        TypeError: a value is neither text nor a number, which no row of a corpus holds.
    """
    said = row[1:] if table == "versions" else row
    form = json.dumps([table, *said], ensure_ascii=False, separators=(",", ":"))
    return sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def sealed(table: str, row: Row) -> Row:
    """A row with its seal, where its table has one."""
    return (*row, seal_of(table, row)) if table in SEALED else row


def columns(table: str) -> str:
    """The columns of a table as SQL lists them, the seal included."""
    return ", ".join((*TABLES[table], "seal") if table in SEALED else TABLES[table])
