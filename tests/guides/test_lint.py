"""Every rule of the guides' linter finds its fault, and editions are frozen."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.corpus import Library, add
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides import (
    EditionStore,
    GuideFolder,
    differences,
    library_texts,
    parse_guide,
    pin,
    publish,
    review_of,
)

NOTE = """---
note: piamater-evidence-note/1
id: wexford
language: en
kind: trial
title: Wexford fever
licence: CC-BY-4.0
looked-up: "2026-11-20"
---
# Wexford fever

## Summary
Wexford fever is an infection that ticks carry.

## Treatment
Wexford fever is treated with doxycycline for 10 days in 40% of 200 patients.
"""
SOURCE = "note:wexford:en"
ORIGINAL = f"""---
guide: piamater-guide/1
id: wexford-fever
language: en
title: Wexford fever
description: An illness that ticks carry.
type: condition
concepts: [fever]
authors: [A. Writer]
submitted: 2026-11-21
review-due: 2027-11-21
---

## definition: What it is

### patient

It is an infection that ticks carry.[^ticks]

### clinical

Wexford fever is a tick-borne infection.[^ticks]

## danger-emergency:

Call for help if there is:

- a fit[^infection]

## danger-soon:

- fever that stays[^ticks]

## causes:

Ticks carry it.[^ticks]

## symptoms:

- fever[^ticks]

## tests:

A blood test finds it.[^ticks]

## visit-questions:

- What is it?

## treatments: Antibiotics {{#antibiotics category=systemic}}

About 40 of every 100 people had doxycycline for 10 days.[^days]

[^ticks]: @{SOURCE} "Wexford fever is an infection that ticks carry."
[^infection]: @{SOURCE} "is an infection that ticks carry"
[^days]: @{SOURCE} "doxycycline for 10 days in 40% of 200 patients"
"""
SPANISH = """---
guide: piamater-guide/1
id: wexford-fever
language: es
title: Fiebre de Wexford
description: Enfermedad que llevan las garrapatas.
---

## definition: Qué es

### patient

Es una infección que llevan las garrapatas.[^ticks]

### clinical

La fiebre de Wexford es una infección transmitida por garrapatas.[^ticks]

## danger-emergency:

Pida ayuda si hay:

- una convulsión[^infection]

## danger-soon:

- fiebre que dura[^ticks]

## causes:

La llevan las garrapatas.[^ticks]

## symptoms:

- fiebre[^ticks]

## tests:

Un análisis de sangre la encuentra.[^ticks]

## visit-questions:

- ¿Qué es?

## treatments: Antibióticos {#antibiotics category=systemic}

Unas 40 de cada 100 personas recibieron doxiciclina durante 10 días.[^days]
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.create(tmp_path / "library", "guides")
    (tmp_path / "wexford.md").write_text(NOTE, "utf-8")
    with made.writing():
        add(made, [str(tmp_path / "wexford.md")])
    return made


def folder(library: Library, english: str = ORIGINAL, spanish: str = SPANISH) -> GuideFolder:
    place = library.folder / "guides" / "wexford-fever"
    place.mkdir(parents=True, exist_ok=True)
    (place / "en.md").write_text(english, "utf-8")
    original = parse_guide(ORIGINAL, name="en.md")
    (place / "es.md").write_text(pin(spanish, original) if spanish else "", "utf-8")
    if not spanish:
        (place / "es.md").unlink()
    return GuideFolder(library.folder / "guides")


def rules(library: Library, english: str = ORIGINAL, spanish: str = SPANISH) -> set[str]:
    guides = folder(library, english, spanish)
    return {one.rule for one in guides.lint(library_texts(library), guides.ids())}


def test_a_good_guide_has_no_finding(library: Library) -> None:
    assert rules(library) == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("[^ticks]\n\n### clinical", "\n\n### clinical", "claim"),
        ("A blood test finds it.[^ticks]", "A blood test finds it.[^nowhere]", "citation"),
        ('ticks carry."', 'ticks never carry."', "quote"),
        (f'[^days]: @{SOURCE}', "[^days]: @note:nothing:en", "quote"),
        ("for 10 days.[^days]", "for 12 days.[^days]", "number"),
        ("About 40 of every 100", "About 60 of every 100", "number"),
        ("## causes:\n\nTicks carry it.[^ticks]\n\n", "", "block"),
        ("category=systemic", "category=magic", "category"),
        ("Ticks carry it.", "TODO Ticks carry it.", "placeholder"),
        ("Ticks carry it.", "[Ticks](guide:nothing) carry it.", "link"),
        ("Ticks carry it.", "[Ticks](https://example.org) carry it.", "link"),
        ("## tests:", "## unheard-of:", "format"),
        ("type: condition", "type: poem", "format"),
    ],
)  # fmt: skip
def test_a_fault_of_the_original_is_found(library: Library, old: str, new: str, rule: str) -> None:
    assert old in ORIGINAL
    text = ORIGINAL.replace(old, new)
    found = rules(library, text, "")
    assert found & {rule, "block"} if rule == "format" else rule in found


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("## causes:\n\nLa llevan las garrapatas.[^ticks]\n\n", "", "parity"),
        (
            "llevan las garrapatas.[^ticks]\n\n### clinical",
            "llevan las garrapatas.\n\n### clinical",
            "parity",
        ),
        ("durante 10 días", "durante 11 días", "number"),
        ("Un análisis de sangre la encuentra.", "রক্ত পরীক্ষায় ধরা পড়ে।", "language"),
    ],
)
def test_a_fault_of_a_translation_is_found(library: Library, old: str, new: str, rule: str) -> None:
    assert old in SPANISH
    assert rule in rules(library, ORIGINAL, SPANISH.replace(old, new))


def test_a_translation_behind_its_original_is_told(library: Library) -> None:
    assert rules(library, ORIGINAL.replace("Ticks carry it.", "Only ticks carry it.")) == {"behind"}


def test_with_an_error_nothing_is_published(library: Library) -> None:
    guides = folder(library, ORIGINAL.replace("for 10 days.[^days]", "for 12 days.[^days]"), "")
    with library.writing(), pytest.raises(InputError, match="nothing was published"):
        publish(library, guides)
    assert EditionStore(library.folder / "editions").ids() == []


def test_editions_are_frozen_numbered_and_compared(library: Library) -> None:
    with library.writing():
        first = publish(library, folder(library))[0]
        again = publish(library, folder(library))[0]
        changed = ORIGINAL.replace("Ticks carry it.", "Only ticks carry it.")
        second = publish(library, folder(library, changed), note="clearer")[0]
    assert (first.new, again.new, second.new) == (True, False, True)
    store = EditionStore(library.folder / "editions")
    assert [one.number for one in store.history("wexford-fever")] == [2, 1]
    assert store.latest("wexford-fever").previous == first.edition.hash
    old, new = store.edition("wexford-fever", 1), store.latest("wexford-fever")
    [change] = differences(old.original, new.original)
    assert change.id == "causes"
    assert "".join(one.text for one in change.words if one.op != "gone").count("Only ticks") == 1
    for evidence in old.evidence.values():
        text = library.corpus.text(evidence.source, evidence.version)
        assert text[evidence.start : evidence.end] == evidence.quote


def test_a_changed_edition_is_noticed(library: Library) -> None:
    with library.writing():
        publish(library, folder(library))
    store = EditionStore(library.folder / "editions")
    [path] = (library.folder / "editions" / "wexford-fever").glob("*.json")
    form = json.loads(path.read_text("utf-8"))
    form["languages"]["en"] = ORIGINAL.replace("10 days", "90 days")
    path.write_text(json.dumps(form), "utf-8")
    with pytest.raises(LibraryError):
        store.latest("wexford-fever")
    with pytest.raises(UnknownNameError):
        store.latest("../../etc")


def test_review_is_submitted_and_falls_overdue_the_day_after(library: Library) -> None:
    with library.writing():
        edition = publish(library, folder(library))[0].edition
    assert review_of(edition, date(2027, 11, 21)).overdue is False
    late = review_of(edition, date(2027, 11, 22))
    assert (late.state, late.by, late.overdue) == ("submitted", None, True)


@given(st.text(max_size=300))
def test_any_text_is_a_guide_or_an_input_error(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n{text}", ORIGINAL.replace("Ticks carry it.", text)):
        try:
            guide = parse_guide(whole, name="x.md")
        except InputError:
            continue
        assert guide.id
