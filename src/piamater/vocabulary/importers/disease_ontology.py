"""Disease Ontology: diseases by their kinds (Schriml et al., Nucleic Acids Research 2022)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept
from piamater.vocabulary.importers.gather import Entry, concepts
from piamater.vocabulary.importers.obo import OboTerm, read_obo, read_text

_TRANSLATED = ("rdfs:label", "oboInOwl:hasExactSynonym")


class DiseaseOntologyImporter:
    """Reads the Disease Ontology: names, synonyms and the Spanish translation together."""

    name = "disease-ontology"
    describes = "HumanDO.tsv or a doid .obo file, and doid-es-translated.tsv for Spanish"
    licence = "CC0-1.0 (releases of 2016: CC BY 3.0), disease-ontology.org"

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The diseases; where a table of names is given, it says which ids are of today.

        Raises:
            InputError: a file is none of those that the Disease Ontology gives out.
        """
        entries: dict[str, Entry] = {}
        texts = {path: read_text(path) for path in paths if path.suffix != ".obo"}
        for path, text in texts.items():
            if text.startswith("id\tlabel\tsubClassOf"):
                self._names(text, entries)
            elif not text.startswith("source_id\tpredicate\tsource_text"):
                raise InputError(
                    "it is not a file of the Disease Ontology", where=str(path), todo=self.describes
                )
        current = set(entries)
        for path in paths:
            if path.suffix == ".obo":
                for term in read_obo(path):
                    self._synonyms(term, entries, current)
        for text in texts.values():
            if text.startswith("source_id"):
                self._spanish(text, entries)
        return concepts(entries, self.name)

    def _names(self, text: str, entries: dict[str, Entry]) -> None:
        """The table of names; a disease with two parents has two lines."""
        rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
        by_label = {row["label"]: row["id"] for row in rows}
        for row in rows:
            entry = entries.setdefault(row["id"], Entry(row["id"], "disease"))
            entry.add(row["label"], "en", preferred=True)
            if parent := by_label.get(row["subClassOf"]):
                entry.parents.append(parent)

    def _synonyms(self, term: OboTerm, entries: dict[str, Entry], current: set[str]) -> None:
        """What an OBO file says of a disease; of one that the table lacks, nothing."""
        if not term.id.startswith("DOID:") or (current and term.id not in current):
            return
        entry = entries.setdefault(term.id, Entry(term.id, "disease"))
        entry.add(term.name, "en", preferred=not current)
        for text in term.exact():
            entry.add(text, "en")
        if not current:
            entry.parents += term.parents
        entry.xrefs += (one for one in term.xrefs if one.startswith(("MESH:", "NCI:", "OMIM:")))
        entry.definition = entry.definition or term.definition

    def _spanish(self, text: str, entries: dict[str, Entry]) -> None:
        """The reviewed translations; lines broken inside a definition are not rows and fall out."""
        for line in text.splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) < 8 or cells[1] not in _TRANSLATED or cells[0] not in entries:
                continue
            if cells[6] == "es" and cells[7].startswith("MANUALLY TRANSLATED"):
                label = cells[1] == "rdfs:label"
                entries[cells[0]].add(cells[3].strip(' "'), "es", preferred=label)
