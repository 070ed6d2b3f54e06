"""What a cell's digests are made of: each thing that a reader sees changes one."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from piamater.guides import Edition
from piamater.guides.review import cells
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.review.test_state import rewrite
from tests.guides.wexford import ORIGINAL

RICH = ORIGINAL.replace(
    "## symptoms:",
    """![A tick on skin](figures/tick.svg)

A tick.[^ticks]

| When | What |
|---|---|
| day 1 | a [fit](guide:seizure) |

Press `Enter` in the [diary](guide:diary).

## also-called: Other names

### patient

- tick fever

### clinical

- Wexford rickettsiosis

## symptoms:""",
)
BOTH, PATIENT, CLINICAL = {"patient", "clinical"}, {"patient"}, {"clinical"}


@pytest.fixture
def edition(desk: Desk) -> Edition:
    place = desk.library.folder / "guides" / GUIDE
    (place / "figures").mkdir()
    (place / "figures" / "tick.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    rewrite(desk, RICH)
    return desk.reviews.draft(GUIDE)


def changed(edition: Edition, other: Edition, language: str = "en") -> set[tuple[str, str]]:
    """The blocks and views whose digests are not the same in two editions."""
    old, new = (
        {(one.block, one.view, *one.digests) for one in cells(each) if one.language == language}
        for each in (edition, other)
    )
    return {(block, view) for block, view, *_ in old ^ new}


def with_text(edition: Edition, old: str, new: str, language: str = "en") -> Edition:
    texts = edition.content["languages"]
    assert old in texts[language]
    texts = {**texts, language: texts[language].replace(old, new, 1)}
    return replace(edition, content={**edition.content, "languages": texts})


@pytest.mark.parametrize(
    ("old", "new", "block", "views"),
    [
        ("A tick on skin", "A tick on fur", "causes", BOTH),
        ("\n\nA tick.", "\n\nTwo ticks.", "causes", BOTH),
        ("(guide:seizure)", "(guide:sepsis)", "causes", BOTH),
        ("| day 1 |", "| day 2 |", "causes", BOTH),
        ("| When |", "| Then |", "causes", BOTH),
        ("`Enter`", "`Escape`", "causes", BOTH),
        ("10 days.[^days]", "10 days.[^ticks]", "antibiotics", BOTH),
        ("category=systemic", "category=radiation", "antibiotics", BOTH),
        ("Antibiotics {", "Tablets {", "antibiotics", BOTH),
        ("- What is it?", "- What is this?", "visit-questions", BOTH),
        ("- a fit", "- a fall", "danger-emergency", BOTH),
        ("It is an infection", "This is an infection", "definition", PATIENT),
        ("tick-borne", "tickborne", "definition", CLINICAL),
        ("- tick fever", "- ticks' fever", "(front)", BOTH),
        ("- Wexford rickettsiosis", "- rickettsiosis", "(front)", BOTH),
        ("title: Wexford fever", "title: Wexford's fever", "(front)", BOTH),
        ("An illness that", "One illness that", "(front)", BOTH),
        ("[A. Writer]", "[B. Writer]", "(front)", BOTH),
        ("[fever]", "[rash]", "(front)", BOTH),
        ("type: condition", "type: condition\nexample: true", "(front)", BOTH),
        ("2027-11-21", "2028-11-21", "(front)", BOTH),
    ],
)
def test_each_thing_that_a_reader_sees(
    edition: Edition, old: str, new: str, block: str, views: set[str]
) -> None:
    found = changed(edition, with_text(edition, old, new))
    assert {(block, view) for view in views} <= found
    assert {name for name, _ in found} <= {block, "(front)", "also-called"}


def test_the_bytes_of_a_picture(edition: Edition) -> None:
    figures = {"tick.svg": sha256(b"another").hexdigest()}
    other = replace(edition, content={**edition.content, "figures": figures})
    assert changed(edition, other) == {("causes", "patient"), ("causes", "clinical")}


@pytest.mark.parametrize("key", ["source", "version", "start", "end", "quote"])
def test_the_evidence_under_it(edition: Edition, key: str) -> None:
    evidence = [dict(one) for one in edition.content["evidence"]]
    [days] = [one for one in evidence if one["label"] == "days"]
    days[key] = days[key] + 1 if isinstance(days[key], int) else days[key] + "x"
    other = replace(edition, content={**edition.content, "evidence": evidence})
    assert changed(edition, other) == {("antibiotics", "patient"), ("antibiotics", "clinical")}
    assert {name for name, _ in changed(edition, other, "es")} == {"antibiotics"}


def test_the_facts_of_the_original_that_a_translation_shows(edition: Edition) -> None:
    other = with_text(edition, "type: condition", "type: condition\ndoi: 10.1/x")
    assert ("(front)", "patient") in changed(edition, other, "es")
