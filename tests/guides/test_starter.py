"""The starter shelf keeps what it promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from piamater.corpus import Library, add
from piamater.guides import Audience, GuideFolder, GuideType, library_texts
from piamater.starter import guides_folder, notes_folder
from piamater.vocabulary import Vocabulary

FOLDER = GuideFolder(guides_folder())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.create(tmp_path_factory.mktemp("starter") / "library", "starter")
    with made.writing():
        add(made, [str(notes_folder())])
    return made


def test_the_shelf_is_whole() -> None:
    types = Counter(FOLDER.load(one).original.type for one in FOLDER.ids())
    assert types[GuideType.CONDITION] >= 8
    assert types[GuideType.TEST] >= 4
    assert types[GuideType.MEDICINE] >= 6
    assert types[GuideType.SYMPTOM] >= 3
    assert types[GuideType.QUESTION] >= 3
    assert types[GuideType.CASE_REPORT] >= 1


def test_no_guide_has_a_finding(library: Library) -> None:
    assert FOLDER.lint(library_texts(library), FOLDER.ids()) == []


def test_no_guide_stands_on_a_source_that_may_not_be_cited(library: Library) -> None:
    cited = {one.source for guides in FOLDER.all() for one in guides.original.cites.values()}
    judged = {one: library.judge(library.corpus.version(one)).standing for one in cited}
    assert {one: found for one, found in judged.items() if not found.citable} == {}


@pytest.mark.parametrize("id_", FOLDER.ids())
def test_every_guide_is_in_three_languages_and_names_a_concept(id_: str) -> None:
    guides = FOLDER.load(id_)
    assert set(guides.versions) == {"en", "es", "bn"}
    vocabulary = Vocabulary.load(None)
    assert guides.original.concepts
    assert all(vocabulary.get(one) for one in guides.original.concepts)
    assert guides.original.authors
    for guide in guides.versions.values():
        for view in (Audience.PATIENT, Audience.CLINICAL):
            assert sum(bool(block.parts_for(view)) for block in guide.blocks) >= 4


def test_the_example_says_that_it_is_one() -> None:
    guide = FOLDER.load("example-case-leptomeningeal-neurosarcoidosis").original
    assert guide.front["example"] is True


def test_danger_signs_differ_between_conditions() -> None:
    told: dict[str, str] = {}
    for id_ in FOLDER.ids():
        guide = FOLDER.load(id_).original
        block = guide.block("danger-emergency")
        if guide.type is GuideType.CONDITION:
            assert block
            text = "".join(part.source for part in block.parts)
            assert text not in told, (id_, told.get(text))
            told[text] = id_


def test_every_picture_is_there() -> None:
    for path in Path(guides_folder()).glob("*/figures/*"):
        assert path.suffix in (".svg", ".png", ".jpg", ".webp")
        assert path.stat().st_size < 200_000
