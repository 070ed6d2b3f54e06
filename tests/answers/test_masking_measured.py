"""The set of 150 own lines in three languages: how many identifiers are masked, and how exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.answers.masking import identifiers
from tests.answers.test_masking import spans

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "identifiers_150.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MEASURED = {"en": (36, 36, 36), "es": (35, 35, 35), "bn": (36, 36, 36)}
"""By language: identifiers in the set, found to the character, found in all. The header of the
file tells what was found before the patterns had seen it."""


def measured(language: str) -> tuple[int, int, int]:
    there = right = found = 0
    for name, marked in ROWS:
        if name.rstrip("!") == language:
            text, wanted = spans(marked.replace("\\n", "\n"))
            got = {(one.start, one.end) for one in identifiers(text)}
            there, right, found = there + len(wanted), right + len(got & wanted), found + len(got)
    return there, right, found


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_the_set_of_150_is_measured_by_language(language: str) -> None:
    rows = [marked for name, marked in ROWS if name.rstrip("!") == language]
    assert len(rows) == 50
    assert sum("{{" not in one for one in rows) == 15
    assert measured(language) == MEASURED[language]


def test_every_kind_of_identifier_is_in_the_set() -> None:
    kinds = {
        one.kind for _, marked in ROWS for one in identifiers(spans(marked.replace("\\n", "\n"))[0])
    }
    assert kinds == {
        "email", "address", "handle", "phone", "id", "record", "birth", "name", "place",
    }  # fmt: skip
