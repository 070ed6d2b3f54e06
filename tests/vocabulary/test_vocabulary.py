from __future__ import annotations

import json
from pathlib import Path

from piamater.vocabulary import Vocabulary
from piamater.vocabulary.tsv import write_concepts
from tests.vocabulary.conftest import concept

KIN = Vocabulary(
    [
        concept("disease", "disease"),
        concept("meningitis", "meningitis", "meningitis", "মেনিনজাইটিস", parents=("disease",)),
        concept("tb", "tuberculous meningitis|~TB of the brain", parents=("meningitis",)),
    ]
)


def test_kinship() -> None:
    assert KIN.children("disease") == ["meningitis"]
    assert KIN.descendants("disease") == {"meningitis", "tb"}
    assert KIN.ancestors("tb") == {"meningitis", "disease"}
    assert KIN.ancestors("unknown") == set()


def test_expansion_by_language_and_downwards() -> None:
    assert [one.text for one in KIN.expand("meningitis", ("bn",))] == ["মেনিনজাইটিস"]
    below = [one.text for one in KIN.expand("meningitis", ("en",), descendants=True)]
    assert below == ["meningitis", "tuberculous meningitis", "TB of the brain"]
    assert KIN.expand("unknown") == []


def test_a_term_is_looked_up_whatever_its_case_and_number() -> None:
    assert [one.id for one in KIN.by_term("Tuberculous  MENINGITIS")] == ["tb"]
    assert KIN.by_term("tuberculous meningitis", "es") == []
    assert KIN.by_term("nothing") == []


LINKED = [
    concept("fever", "fever", "fiebre", "জ্বর", xrefs=("MESH:D005334",), source="piamater"),
    concept("MESH:D005334", "Fever|Pyrexia", source="mesh"),
    concept("HP:0001945", "Fever|~High temperature", source="hpo"),
    concept("HP:2", "Recurrent fever", xrefs=("MESH:D005334",), source="hpo"),
    concept("HP:3", "Cold fever", xrefs=("X:1",), source="hpo"),
    concept("HP:4", "Warm fever", xrefs=("X:1",), source="hpo"),
    concept("SYMP:1", "odd fever", xrefs=("X:1",), source="symp"),
]


def test_the_same_notion_of_several_vocabularies_has_one_id() -> None:
    vocabulary = Vocabulary(LINKED)
    assert vocabulary.concept_ids("pyrexia or a high temperature") == {"fever"}
    assert set(vocabulary.same_as("fever")) == {"MESH:D005334", "HP:0001945"}
    assert set(vocabulary.same_as("HP:0001945")) == {"MESH:D005334", "fever"}
    assert vocabulary.concept_ids("recurrent fever") == {"HP:2"}
    assert "Pyrexia" in {one.text for one in vocabulary.expand("fever", ("en",))}


def test_an_identifier_that_two_of_a_vocabulary_share_links_neither() -> None:
    vocabulary = Vocabulary(LINKED)
    assert vocabulary.same_as("SYMP:1") == []
    assert vocabulary.same_as("HP:3") == []


def library(folder: Path) -> Path:
    folder.mkdir()
    write_concepts(folder / "own.tsv", [concept("own:1", "zzyzx disease")], "own", "2026-11-20")
    return folder


def test_imported_files_join_the_shipped_ones(tmp_path: Path) -> None:
    folder = library(tmp_path / "vocabulary")
    vocabulary = Vocabulary.load(folder)
    assert vocabulary.sources()["own"] == 1
    assert vocabulary.sources()["piamater"] == len(Vocabulary.load())
    assert vocabulary.concept_ids("the Zzyzx diseases") == {"own:1"}
    assert vocabulary.fingerprint != Vocabulary.load().fingerprint
    assert [one.id for one in vocabulary if one.source == "own"] == ["own:1"]
    danger = vocabulary.of_type("danger-sign")
    assert danger == [one for one in vocabulary if one.type == "danger-sign"]


def test_the_compiled_form_is_kept_read_and_mended(tmp_path: Path) -> None:
    folder = library(tmp_path / "vocabulary")
    Vocabulary.load(folder).match("fever")
    (kept,) = folder.glob("compiled-*.json")
    data = json.loads(kept.read_text("utf-8"))
    data["ids"]["quux"] = "own:1"
    kept.write_text(json.dumps(data), encoding="utf-8")
    assert Vocabulary.load(folder).concept_ids("quux") == {"own:1"}
    for damaged in ("{", "[]", "{}", '{"ids": 3}'):
        kept.write_text(damaged, encoding="utf-8")
        assert Vocabulary.load(folder).concept_ids("quux, zzyzx disease") == {"own:1"}
        assert len(list(folder.glob("compiled-*"))) == 1


def test_a_changed_file_makes_another_fingerprint_and_drops_the_old(tmp_path: Path) -> None:
    folder = library(tmp_path / "vocabulary")
    before = Vocabulary.load(folder)
    before.match("fever")
    write_concepts(folder / "own.tsv", [concept("own:1", "quux disease")], "own", "2026-11-20")
    after = Vocabulary.load(folder)
    assert after.fingerprint != before.fingerprint
    assert after.concept_ids("quux disease") == {"own:1"}
    assert [one.name for one in folder.glob("compiled-*")] == [f"compiled-{after.fingerprint}.json"]


def test_a_vocabulary_without_a_folder_writes_nothing(tmp_path: Path) -> None:
    Vocabulary.load(tmp_path / "none").match("fever")
    assert list(tmp_path.iterdir()) == []


def test_mentions_carry_their_context() -> None:
    (one,) = KIN.mentions("Her mother had meningitis.", "en")
    assert (one.concept, one.experiencer, one.affirmed) == ("meningitis", "other", False)
    (plain,) = KIN.match("Her mother had meningitis.", "en")
    assert plain.affirmed
