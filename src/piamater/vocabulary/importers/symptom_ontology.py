"""Symptom Ontology: symptoms by the part of the body they concern."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from piamater.vocabulary.concept import Concept
from piamater.vocabulary.importers.gather import Entry, concepts
from piamater.vocabulary.importers.obo import read_obo


class SymptomOntologyImporter:
    """Reads the Symptom Ontology."""

    name = "symptom-ontology"
    describes = "symp.obo"
    licence = "CC0-1.0, symptomontologywiki.igs.umaryland.edu"

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The symptoms.

        Raises:
            InputError: a file is not OBO.
        """
        entries: dict[str, Entry] = {}
        for path in paths:
            for term in read_obo(path):
                entry = entries.setdefault(term.id, Entry(term.id, "symptom"))
                entry.add(term.name, "en", preferred=True)
                for text in term.exact():
                    entry.add(text, "en")
                entry.parents += term.parents
                entry.xrefs += term.xrefs
                entry.definition = entry.definition or term.definition
        return concepts(entries, self.name)
