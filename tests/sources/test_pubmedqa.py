from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from piamater.errors import InputError
from piamater.sources import Kind, Original, Reading, read_original

ENTRY: dict[str, Any] = {
    "QUESTION": "Does rest help in guidelines?",
    "CONTEXTS": [
        "Forty people were randomly assigned to rest.",
        "It helped 30.",
        "More is unsaid.",
    ],
    "LABELS": ["METHODS", "RESULTS"],
    "LONG_ANSWER": "Rest helps.",
    "MESHES": ["Rest"],
    "YEAR": "2011",
}


def read(held: Any) -> list[Reading]:
    text = held if isinstance(held, str) else json.dumps(held)
    return read_original(Original("a.json", "a.json", data=text.encode()))


def test_an_entry() -> None:
    (reading,) = read({"7": ENTRY})
    record = reading.record
    assert (record.id, record.title, record.published) == ("pmid:7", ENTRY["QUESTION"], "2011")
    assert record.kind is Kind.TRIAL
    assert record.csl["custom"] == {"mesh": ["Rest"]}
    assert [one.heading for one in reading.document.sections] == [
        "Methods",
        "Results",
        "Conclusions",
    ]
    assert "More is unsaid." in reading.document.text


def test_a_title_that_asks_says_nothing_of_the_design() -> None:
    bare = {**ENTRY, "CONTEXTS": ["It helped 30."], "LABELS": []}
    assert read({"7": bare})[0].record.kind is Kind.COHORT


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ('{"1": {"QUESTION": "x", "CONTEXTS": [', "not JSON"),
        ([ENTRY], "not a set of abstracts"),
        ({"7": {**ENTRY, "QUESTION": ""}}, "entry 7 lacks QUESTION"),
        (
            {"7": {"QUESTION": "Is it?", "x": '"CONTEXTS"', "CONTEXTS": []}},
            "entry 7 lacks CONTEXTS",
        ),
        ({"7": {**ENTRY, "CONTEXTS": "one text"}}, "entry 7 has text where a list should stand"),
        ({"6": ENTRY, "7": "text"}, "entry 7 is not an object"),
    ],
)
def test_what_is_wrong_is_told(held: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(held)


def test_the_real_set(data: Callable[[str], Path]) -> None:
    path = data("pubmedqa") / "ori_pqal.json"
    readings = read_original(Original(path.name, str(path), path))
    assert len(readings) == 1000
    assert [
        (one.record.id, one.record.title[:30], one.record.published, one.record.kind)
        for one in (readings[0], readings[500], readings[999])
    ] == [
        ("pmid:21645374", "Do mitochondria play a role in", "2011", Kind.COHORT),
        ("pmid:12630042", "Does body mass index (BMI) inf", "", Kind.COHORT),
        ("pmid:17559449", "Are sugars-free medicines more", "2007", Kind.COHORT),
    ]
    assert len({one.record.id for one in readings}) == 1000
