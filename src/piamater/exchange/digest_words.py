"""The digest's words, in the language of whoever reads it: ``data/digest_messages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es", "bn")
_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (files("piamater.exchange") / "data" / "digest_messages.toml").read_text("utf-8")
    return tomllib.loads(text)


def said(key: str, language: str, count: int | None = None, day: str = "") -> str:
    """A message, filled in; numbers and days in the language's own digits."""
    number = "" if count is None else digits(count, language)
    day = digits(day, language)
    return _words()[key][language].format(count=number, day=day)


def digits(what: object, language: str) -> str:
    """A number or a day in the digits of a language."""
    return str(what).translate(_BANGLA) if language == "bn" else str(what)


def known(key: str) -> bool:
    """Whether there is such a message."""
    return key in _words()


def counted(key: str, language: str, count: int) -> str:
    """A message for one or for more; empty for none."""
    return said(f"{key}_{'one' if count == 1 else 'many'}", language, count) if count else ""
