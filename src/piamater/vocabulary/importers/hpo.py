"""Human Phenotype Ontology: signs and findings (Gargano et al., Nucleic Acids Research 2024)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept
from piamater.vocabulary.importers.gather import Entry, concepts
from piamater.vocabulary.importers.obo import read_obo, read_text

ROOT = "HP:0000001"
"""The root, called "All": no finding."""


class HpoImporter:
    """Reads HPO: labels with their translation, structure, and the words of lay people."""

    name = "hpo"
    describes = "hp.obo, a translation (hp-*.babelon.tsv), and hp-layperson.tsv"
    licence = "free with attribution and no changes of the text, hpo.jax.org/app/license"

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The findings; labels of a translation table are newer than an old structure's names.

        Raises:
            InputError: a file is none of those that HPO gives out.
        """
        entries: dict[str, Entry] = {}
        for path in sorted(paths, key=_order):
            if path.suffix == ".obo":
                self._structure(path, entries)
                continue
            text = read_text(path)
            if text.startswith("source_language\t"):
                self._labels(text, entries)
            elif text.startswith("?term\t"):
                self._lay(text, entries)
            else:
                raise InputError("it is not a file of HPO", where=str(path), todo=self.describes)
        entries.pop(ROOT, None)
        return concepts(entries, self.name)

    def _labels(self, text: str, entries: dict[str, Entry]) -> None:
        for row in _rows(text):
            if row["predicate_id"] != "rdfs:label":
                continue
            entry = _entry(entries, row["subject_id"])
            entry.add(row["source_value"], row["source_language"], preferred=True)
            entry.add(row["translation_value"], row["translation_language"], preferred=True)

    def _structure(self, path: Path, entries: dict[str, Entry]) -> None:
        for term in read_obo(path):
            entry = _entry(entries, term.id)
            entry.add(term.name, "en", preferred=True)
            for text in term.exact():
                entry.add(text.rstrip("."), "en")
            entry.parents += term.parents
            entry.xrefs += (one.replace("MeSH:", "MESH:") for one in term.xrefs)
            entry.definition = entry.definition or term.definition

    def _lay(self, text: str, entries: dict[str, Entry]) -> None:
        for row in _rows(text):
            identifier = row["?term"].strip("<>").rpartition("/")[2].replace("_", ":")
            entry = _entry(entries, identifier)
            entry.add(row["?term_label"], "en", preferred=True)
            entry.add(row["?layperson"], "en", lay=True)


def _entry(entries: dict[str, Entry], identifier: str) -> Entry:
    return entries.setdefault(identifier, Entry(identifier, "finding"))


def _rows(text: str) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(text), delimiter="\t")


def _order(path: Path) -> tuple[int, str]:
    """Translations first (their labels are of today), then structure, then lay words."""
    return (0 if "babelon" in path.name else 1 if path.suffix == ".obo" else 2, path.name)
