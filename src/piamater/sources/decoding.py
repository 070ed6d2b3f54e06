"""Decoding: from bytes to text, by mark, by declaration, by trial; never by guessing wildly."""

from __future__ import annotations

import codecs

from piamater.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file.

    A byte-order mark decides; then UTF-8; then what the file declares; then Windows-1252, where
    that gives text and not binary rubbish. Latin-1 and ASCII, where declared, are read as
    Windows-1252 first, as browsers do (WHATWG Encoding Standard).

    Raises:
        InputError: it is not text in any of these encodings.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _tried(data, marked) or _refuse()
    if data.count(0) * 100 > len(data):
        _refuse()
    for name in ("utf-8", *_declared(declared), "cp1252"):
        found = _tried(data, name)
        if found is not None and _is_text(found, 10 if name == "utf-8" else 50):
            return found
    return _refuse()


def _declared(name: str | None) -> tuple[str, ...]:
    """The encodings that a declared name stands for; none where it names no character set."""
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return ()
    if found in ("iso8859-1", "ascii"):
        return ("cp1252", "iso8859-1")
    return () if found in _NO_CHARACTER_SETS else (found,)


_NO_CHARACTER_SETS = (
    "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "idna",
    "punycode", "undefined", "utf-7", "charmap",
)  # fmt: skip


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _is_text(text: str, share: int) -> bool:
    """Whether at most one in ``share`` characters is a control character."""
    sample = text[:20_000]
    odd = sum(ord(char) < 32 and char not in "\t\n\r\f\x0b" for char in sample)
    return odd * share <= len(sample)


def _refuse() -> str:
    raise InputError(
        "it is not text in an encoding that Piamater knows",
        todo="save it as UTF-8 and add it again",
    )
