"""What a reviewer reads is all that is signed: every word, picture, link target and field."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path

import pytest

from piamater.corpus import Library, add
from piamater.desk import reading
from piamater.errors import LibraryError
from piamater.guides import Audience, Edition, Guide
from piamater.guides.review import Reviews, cells
from piamater.guides.review.cells import FRONT
from piamater.starter import notes_folder, put_guides
from tests.guides.wexford import NOTE, SOURCE

KINDS = tomllib.loads(
    (Path(__file__).parents[2] / "src/piamater/guides/data/blocks.toml").read_text("utf-8")
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 160" width="400" height="160">'
    '<rect width="400" height="160" fill="#dfeaf0"/><circle cx="200" cy="80" r="50" fill="#0b4f6c"/>'
    "</svg>"
)
HEAD = """---
guide: piamater-guide/1
id: wexford-fever
language: en
title: Wexford fever
plain-title: The fever of Wexford
description: An illness that ticks carry.
type: condition
concepts: [fever]
groups: [infection]
authors: [A. Writer, B. Other]
submitted: 2026-11-21
review-due: 2027-11-21
licence: CC-BY-4.0
---
"""
SHAPES = {
    "table": "Doses by weight:\n\n| Weight | Dose |\n|---|---|\n| up to 40 kg | 100 mg[^days] |\n"
    "| above 40 kg | 200 mg[^days] |\n",
    "figure": "![A tick on grass, seen from above](figures/tick.svg)\n\nA *tick* carries it.[^ticks]\n",
    "roadmap": "1. See a doctor.[^ticks]\n2. Take doxycycline.[^days]\n   - with food[^days]\n",
    "qa": "**Is it catching?**\n\nIt comes from [ticks](guide:ticks-of-ireland), **never** from"
    " people.[^ticks]\n",
    "causes": "### patient\n\nTicks carry it.[^ticks]\n\n#### Which ticks\n\nSheep ticks.[^ticks]\n\n"
    '### clinical\n\nSee the [guide to ticks](guide:ticks-of-ireland "All ticks").[^ticks][^infection]\n',
}
CITES = f"""
[^ticks]: @{SOURCE} "Wexford fever is an infection that ticks carry."
[^infection]: @{SOURCE} "is an infection that ticks carry"
[^days]: @{SOURCE} "doxycycline for 10 days in 40% of 200 patients"
"""


def every_kind() -> str:
    """A guide with a block of every kind there is."""
    blocks = []
    for kind in KINDS:
        brace = f"{{#the-{kind} category=systemic}}" if kind == "treatments" else f"{{#the-{kind}}}"
        shape = SHAPES.get(kind, f"Words of {kind}, told plainly.[^ticks]\n")
        blocks.append(f"## {kind}: About {kind} {brace}\n\n{shape}")
    return HEAD + "\n" + "\n".join(blocks) + CITES


def put_every_kind(library: Library) -> None:
    """The source, the picture and the guide, in a library."""
    note = library.folder.parent / "wexford.md"
    note.write_text(NOTE, "utf-8")
    with library.writing():
        add(library, [str(note)])
    place = library.folder / "guides" / "wexford-fever"
    (place / "figures").mkdir(parents=True)
    (place / "figures" / "tick.svg").write_text(PICTURE, "utf-8")
    (place / "en.md").write_text(every_kind(), "utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """All starter guides, and one with every kind of block."""
    made = Library.create(tmp_path_factory.mktemp("reading") / "library", "reading")
    with made.writing():
        add(made, [str(notes_folder())])
    put_guides(made.folder / "guides")
    put_every_kind(made)
    return made


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def told(cell: reading.Cell) -> set[str]:
    """Every word that a cell shows, quotes apart."""
    shown = html.unescape(re.sub(r"<[^>]*>", " ", cell.shown))
    lines = " ".join(f"{one.told} {one.text}" for one in cell.lines)
    labels = " ".join(q["label"] for one in cell.lines for q in one.quotes)
    return {*words(f"{cell.heading} {cell.kind} {shown} {lines} {labels}")}


def missing(library: Library, draft: Edition, language: str) -> list[tuple[str, str, str]]:
    """Words of a language that are signed and not shown; what both views share is shown once."""
    guide = draft.versions[language]
    read = reading.Reading(library, draft, guide, "/review/").cells()
    shown = {(one.block, one.view): told(one) for one in read}
    found = []
    for signed in (one for one in cells(draft) if one.language == language):
        known = shown[signed.block, signed.view] | shown.get((signed.block, "patient"), set())
        found += [
            (signed.block, signed.view, one)
            for one in words(signed_text(guide, signed.block, signed.view))
            if one not in known
        ]
    return found


def signed_text(guide: Guide, block: str, view: str) -> str:
    """The words under a signature; the numbers of a list and the pictures' folder are no words."""
    if block == FRONT:
        fields = (guide.title, guide.plain_title, guide.description, *guide.concepts)
        return " ".join([*fields, *guide.groups, *guide.authors, guide.submitted, guide.review_due])
    held = guide.block(block)
    assert held
    sources = "\n".join(one.source for one in held.parts_for(Audience(view)))
    sources = re.sub(r"^\s*\d+[.)] ", "", sources, flags=re.MULTILINE)
    return f"{held.heading} {held.kind} {held.category} {sources.replace('](figures/', '](')}"


def test_every_word_of_every_guide_in_every_language_is_shown(library: Library) -> None:
    reviews = Reviews(library)
    ids = reviews.guides.ids()
    assert "wexford-fever" in ids
    assert len(ids) > 5
    counted = 0
    for guide in ids:
        draft = reviews.draft(guide)
        for language in draft.versions:
            assert missing(library, draft, language) == [], (guide, language)
            counted += 1
    assert counted > 15


def test_every_kind_of_block_is_there_with_what_no_sentence_tells(library: Library) -> None:
    draft = Reviews(library).draft("wexford-fever")
    read = reading.Reading(library, draft, draft.original, "").cells()
    blocks = {one.block for one in read}
    assert blocks == {"(front)", *(f"the-{kind}" for kind in KINDS)}
    by = {(one.block, one.view): one for one in read}
    lines = {(one.told, one.text) for cell in read for one in cell.lines}
    for expected in (
        ("Picture tick.svg", "A tick on grass, seen from above"),
        ("Link", "ticks → guide:ticks-of-ireland"),
        ("Link", "guide to ticks → guide:ticks-of-ireland “All ticks”"),
        ("Heading", "Weight"),
        ("Heading", "Which ticks"),
        ("Title", "Wexford fever"),
        ("Title in plain words", "The fever of Wexford"),
        ("Other names", "Words of also-called, told plainly."),
        (
            "About the page",
            "type: condition; concepts: fever; groups: infection; authors: A. Writer, B. Other; "
            "submitted: 2026-11-21; review due: 2027-11-21; licence: CC-BY-4.0",
        ),
    ):
        assert expected in lines, expected
    table = by["the-table", "patient"]
    assert '<th scope="col">Weight</th>' in table.shown
    assert table.laid_out
    assert not by["the-definition", "patient"].laid_out
    [picture] = [one for one in by["the-figure", "patient"].lines if one.picture]
    assert picture.picture.startswith("data:image/svg+xml;base64,")
    assert by["the-treatments", "patient"].kind == "treatments #the-treatments, systemic"
    assert "guide:" not in by["the-qa", "patient"].shown  # who comes by link is led nowhere
    names = [one.name for cell in read for one in cell.lines if not one.again]
    assert len(names) == len({*names})


def test_a_tick_never_passes_to_other_words(library: Library) -> None:
    file = library.folder / "guides" / "wexford-fever" / "en.md"
    before = Reviews(library).draft("wexford-fever")
    names = _names(library, before)
    text = file.read_text("utf-8")
    try:
        file.write_text(
            text.replace("Words of tests, told plainly.", "Words of tests, and more."), "utf-8"
        )
        after = _names(library, Reviews(library).draft("wexford-fever"))
        assert [before for before, later in zip(names, after, strict=True) if before != later] == [
            one for one in names if one.startswith("both.the-tests.")
        ]
        (file.parent / "figures" / "tick.svg").write_text(PICTURE.replace("50", "51"), "utf-8")
        changed = {*_names(library, Reviews(library).draft("wexford-fever"))} - {*after}
        assert {one.split(".")[1] for one in changed} == {"the-figure"}
    finally:
        file.write_text(text, "utf-8")
        (file.parent / "figures" / "tick.svg").write_text(PICTURE, "utf-8")


def _names(library: Library, draft: Edition) -> list[str]:
    read = reading.Reading(library, draft, draft.original).cells()
    return [line.name for cell in read for line in cell.lines if not line.again]


def test_a_picture_that_was_changed_meanwhile_is_not_shown(library: Library) -> None:
    draft = Reviews(library).draft("wexford-fever")
    path = library.folder / "guides" / "wexford-fever" / "figures" / "tick.svg"
    path.write_text(PICTURE.replace("50", "52"), "utf-8")
    try:
        with pytest.raises(LibraryError, match="was changed"):
            reading.Reading(library, draft, draft.original).cells()
    finally:
        path.write_text(PICTURE, "utf-8")
