"""Each importer on the collection as its publisher gives it out: counts and three records."""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.errors import InputError, UnknownNameError
from piamater.vocabulary import IMPORTERS, Concept, Vocabulary, import_vocabulary
from piamater.vocabulary.importers import (
    DiseaseOntologyImporter,
    HpoImporter,
    MeshImporter,
    NciImporter,
    SymptomOntologyImporter,
)
from piamater.vocabulary.importers.obo import read_obo

Row = tuple[str, str, tuple[str, ...], list[str]]


def told(one: Concept) -> Row:
    """What is compared: id, type, parents, and terms with their language and lay mark."""
    terms = [f"{t.language}:{'~' if t.lay else ''}{t.text}" for t in one.terms]
    return one.id, one.type, one.parents, terms


def three(concepts: list[Concept]) -> list[Row]:
    return [told(concepts[place]) for place in (0, len(concepts) // 2, -1)]


def test_disease_ontology(terms: Path) -> None:
    names = ("HumanDO.tsv", "doid-2016.obo", "doid-es-translated.tsv")
    found = list(DiseaseOntologyImporter().read([terms / name for name in names]))
    assert (len(found), sum(len(one.terms) for one in found)) == (12246, 26900)
    assert three(found) == [
        ("DOID:0001816", "disease", ("DOID:175",), ["en:angiosarcoma", "en:hemangiosarcoma"]),
        ("DOID:0111837", "disease", ("DOID:0050328",),
         ["en:congenital nongoitrous hypothyroidism 8"]),
        ("DOID:9997", "disease", ("DOID:12930",),
         ["en:peripartum cardiomyopathy", "en:antepartum peripartum cardiomyopathy",
          "en:postpartum peripartum cardiomyopathy"]),
    ]  # fmt: skip
    by_id = {one.id: one for one in found}
    assert by_id["DOID:0001816"].xrefs == ("MESH:D006394", "NCI:C3088", "NCI:C9275")
    assert by_id["DOID:1115"].terms[-1].language == "es"


def test_symptom_ontology(terms: Path) -> None:
    found = list(SymptomOntologyImporter().read([terms / "symp.obo"]))
    assert (len(found), sum(len(one.terms) for one in found)) == (895, 1138)
    assert three(found) == [
        ("SYMP:0000000", "symptom", ("SYMP:0000891",), ["en:cellulitis"]),
        ("SYMP:0000553", "symptom", ("SYMP:0000480",), ["en:neurologic neglect syndrome"]),
        ("SYMP:0020065", "symptom", ("SYMP:0000567",), ["en:tenderness"]),
    ]
    assert found[0].definition.startswith("Cellulitis is a musculoskeletal system symptom")


def test_hpo(terms: Path) -> None:
    names = ("hp-2014.obo", "hp-es.babelon.tsv", "hp-layperson.tsv")
    found = list(HpoImporter().read([terms / name for name in names]))
    assert (len(found), sum(len(one.terms) for one in found)) == (19976, 51879)
    assert three(found) == [
        ("HP:0000002", "finding", ("HP:0001507",),
         ["en:Abnormality of body height", "es:Anormalidad de la estatura"]),
        ("HP:0025082", "finding", (),
         ["en:Abnormal cutaneous elastic fiber morphology",
          "es:Morfología anormal de la fibra elástica cutánea"]),
        ("HP:6001458", "finding", (), ["en:Glenohumeral arthritis", "es:Artritis glenohumeral"]),
    ]  # fmt: skip
    assert sum(term.lay for one in found for term in one.terms) > 4000


def test_mesh_tables(terms: Path) -> None:
    names = ("mesh2015-terms.tsv", "mesh2015-tree.tsv")
    found = list(MeshImporter().read([terms / name for name in names]))
    assert (len(found), sum(len(one.terms) for one in found)) == (27455, 31234)
    assert three(found) == [
        ("MESH:D000001", "substance", ("MESH:D001583",), ["en:Calcimycin"]),
        ("MESH:D014336", "substance", ("MESH:D008840", "MESH:D009124"), ["en:Troponin"]),
        ("MESH:D066331", "finding", ("MESH:D005073",), ["en:Laser-Evoked Potentials"]),
    ]


def test_nci(terms: Path) -> None:
    names = ("nci_terms_en_es.json", "nci_dictionary.json")
    found = list(NciImporter().read([terms / name for name in names]))
    assert (len(found), sum(len(one.terms) for one in found)) == (9723, 21265)
    assert three(found) == [
        ("NCI:1-2-deoxy-2-fluoro-β-d-arabinofuranosyl-uracil", "term", (),
         ["en:1-(2’-deoxy-2’-fluoro-β-D-arabinofuranosyl) uracil"]),
        ("NCI:507140", "term", (), ["en:EEG", "es:EEG"]),
        ("NCI:zynyz", "term", (), ["en:Zynyz"]),
    ]  # fmt: skip
    lists_only = list(NciImporter().read([terms / "nci_terms_en_es.json"]))
    assert len(lists_only) == 9015
    assert sum(bool(one.definition) for one in found) > 8000


DESCRIPTORS = """<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://example.org/desc.dtd">
<DescriptorRecordSet LanguageCode="eng">
 <DescriptorRecord DescriptorClass="1"><DescriptorUI>D1</DescriptorUI>
  <DescriptorName><String>Meningitis</String></DescriptorName>
  <TreeNumberList><TreeNumber>C10.228</TreeNumber></TreeNumberList>
  <ConceptList><Concept PreferredConceptYN="Y"><ScopeNote>Swelling of the
   coverings.</ScopeNote><TermList><Term><String>Meningitis</String></Term>
   <Term><String>Pachymeningitis</String></Term></TermList></Concept></ConceptList>
 </DescriptorRecord>
 <DescriptorRecord DescriptorClass="1"><DescriptorUI>D2</DescriptorUI>
  <DescriptorName><String>Meningitis, Viral</String></DescriptorName>
  <TreeNumberList><TreeNumber>C10.228.1</TreeNumber></TreeNumberList>
  <ConceptList><Concept PreferredConceptYN="Y"><TermList>
   <Term><String>Meningitis, Viral</String></Term></TermList></Concept></ConceptList>
 </DescriptorRecord>
</DescriptorRecordSet>
"""


def test_mesh_xml(tmp_path: Path) -> None:
    path = tmp_path / "desc.xml"
    path.write_text(DESCRIPTORS, encoding="utf-8")
    first, second = MeshImporter().read([path])
    assert told(first) == ("MESH:D1", "disease", (), ["en:Meningitis", "en:Pachymeningitis"])
    assert first.definition == "Swelling of the coverings."
    assert told(second) == (
        "MESH:D2", "disease", ("MESH:D1",), ["en:Meningitis, Viral", "en:Viral Meningitis"],
    )  # fmt: skip


def test_mesh_xml_expands_no_entity(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = tmp_path / "desc.xml"
    path.write_text(
        bomb + "<DescriptorRecordSet><DescriptorRecord><DescriptorUI>D1</DescriptorUI>"
        "<DescriptorName><String>x&b;</String></DescriptorName></DescriptorRecord>"
        "</DescriptorRecordSet>",
        encoding="utf-8",
    )
    (one,) = MeshImporter().read([path])
    assert one.label("en") == "x"


OBO = """format-version: 1.2

[Term]
id: X:1
name: Fever\\, high
def: "A \\"hot\\" body." [here]
synonym: "pyrexia" EXACT []
synonym: "heat" RELATED []
alt_id: X:9
xref: MeSH:D005334 "Fever"
is_a: X:0 ! Sign

[Term]
id: X:2
name: gone
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""


def test_obo(tmp_path: Path) -> None:
    path = tmp_path / "x.obo"
    path.write_text(OBO, encoding="utf-8")
    (one,) = read_obo(path)
    assert (one.id, one.name, one.definition) == ("X:1", "Fever, high", 'A "hot" body.')
    assert (one.exact(), one.parents, one.xrefs) == (["pyrexia"], ["X:0"], ["MeSH:D005334"])
    assert one.alternatives == ["X:9"]


@pytest.mark.parametrize("name", sorted(IMPORTERS.points))
@pytest.mark.parametrize("content", ["", "not a vocabulary\n", "{", "<a>", "é".encode("latin-1")])
@pytest.mark.parametrize("suffix", [".tsv", ".obo", ".xml", ".json"])
def test_another_file_is_refused(
    tmp_path: Path, name: str, content: str | bytes, suffix: str
) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=r"file\."):
        import_vocabulary(name, [path], tmp_path / "vocabulary")
    assert not list(tmp_path.glob("vocabulary/*"))


def test_an_unknown_importer_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="disease-ontology, hpo, mesh, nci, symptom-ontology"
    ):
        import_vocabulary("snomed", [], tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"desc\.xml"):
        import_vocabulary("mesh", [tmp_path / "desc.xml"], tmp_path)


def test_an_import_is_kept_with_its_licence(tmp_path: Path) -> None:
    path = tmp_path / "symp.obo"
    path.write_text(OBO, encoding="utf-8")
    folder = tmp_path / "vocabulary"
    report = import_vocabulary("symptom-ontology", [path], folder)
    assert (report.concepts, report.terms) == (1, 2)
    head = (folder / "symptom-ontology.tsv").read_text("utf-8")
    assert "CC0-1.0" in head.split("\nid\t")[0]
    vocabulary = Vocabulary.load(folder)
    found = vocabulary.get("X:1")
    assert found is not None
    assert (found.source, found.definition) == ("symptom-ontology", 'A "hot" body.')


def test_all_importers_say_what_they_are() -> None:
    for name, point in IMPORTERS.points.items():
        importer = point.load()
        assert importer.name == name
        assert importer.licence
        assert importer.describes
