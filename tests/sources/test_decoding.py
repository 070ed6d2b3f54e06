from __future__ import annotations

import pytest

from piamater.errors import InputError
from piamater.sources.decoding import decode

TEXT = "La punción “lumbar” — 5 µg"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", "utf-16"),
        ("utf-16", None),
        ("utf-32", "utf-8"),
        ("cp1252", None),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "no-such-name"),
        ("cp1252", "unicode_escape"),
        ("cp1252", "undefined"),
    ],
)
def test_what_a_file_is_in_and_what_it_says(encoding: str, declared: str | None) -> None:
    assert decode(TEXT.encode(encoding), declared) == TEXT


def test_a_declared_encoding_counts_before_the_last_resort() -> None:
    assert decode("Боль".encode("koi8-r"), "koi8-r") == "Боль"


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02" * 50, b"\x01\x02\x81" * 50, b"\xff\xfea", bytes(range(32)) * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="save it as UTF-8"):
        decode(data)
