"""Messages: what an answer says in its own voice, from the data file, in the reader's language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = (files("piamater.answers") / "data" / "messages.toml").read_text("utf-8")
    return {language: dict(_flat(table)) for language, table in tomllib.loads(text).items()}


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return found


def message(key: str, language: str, **values: object) -> str:
    """A message by its key, filled in."""
    return _tables()[language][key].format(**values)


def keys(language: str) -> frozenset[str]:
    """All message keys of a language."""
    return frozenset(_tables()[language])
