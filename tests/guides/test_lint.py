"""Every rule of the guides' linter finds its fault, and editions are frozen."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.corpus import Library
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides import (
    EditionStore,
    differences,
    library_texts,
    parse_guide,
    publish,
)
from piamater.guides.review import Reviews
from tests.guides.wexford import ORIGINAL, SOURCE, SPANISH, folder, make_library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path)


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
        ("Ticks carry it.[^ticks]", "Ticks carry it.[^ticks]\n\n```\n10 mg a day\n```", "code"),
        ("Ticks carry it.[^ticks]", "Ticks carry it.[^ticks]\n\n    10 mg a day", "code"),
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
    on_time, after = (Library(library.folder, date(2027, 11, day)) for day in (21, 22))
    assert Reviews(on_time).of(edition).overdue is False
    late = Reviews(after).of(edition)
    assert (late.state, late.by, late.overdue) == ("submitted", None, True)


@given(st.text(max_size=300))
def test_any_text_is_a_guide_or_an_input_error(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n{text}", ORIGINAL.replace("Ticks carry it.", text)):
        try:
            guide = parse_guide(whole, name="x.md")
        except InputError:
            continue
        assert guide.id
