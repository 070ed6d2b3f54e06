"""MeSH: the Medical Subject Headings of the US National Library of Medicine.

Reads the official XML of the descriptors (``DescriptorRecordSet``, NLM's DTD of 2015 and later)
and tables of headings and tree numbers. A heading's parent is the one whose tree number is its
own without the last part.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept
from piamater.vocabulary.importers.gather import Entry, concepts
from piamater.vocabulary.importers.obo import read_text

TYPES = {
    "A": "anatomy",
    "B": "organism",
    "C": "disease",
    "D": "substance",
    "E": "procedure",
    "E01": "test",
    "F": "finding",
    "F03": "disease",
    "G": "finding",
    "M": "population",
    "N": "care",
    "V": "publication-type",
    "Z": "place",
}
"""The type of a concept by the branch of its tree number, longer keys first; else ``topic``."""


class MeshImporter:
    """Reads MeSH descriptors."""

    name = "mesh"
    describes = "desc*.xml (DescriptorRecordSet), or tables mesh_id/mesh_name/mesh_tree_number"
    licence = "US public domain, National Library of Medicine (courtesy credit asked for)"

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The descriptors with all their entry terms; an inverted heading also the right way round.

        Raises:
            InputError: a file is not MeSH, or damaged.
        """
        entries: dict[str, Entry] = {}
        trees: dict[str, str] = {}
        for path in paths:
            if path.suffix.lower() == ".xml":
                self._xml(path, entries, trees)
            else:
                self._table(path, entries, trees)
        _place(entries, trees)
        return concepts(entries, self.name)

    def _table(self, path: Path, entries: dict[str, Entry], trees: dict[str, str]) -> None:
        text = read_text(path)
        if not text.startswith("mesh_id\tmesh_name"):
            raise InputError("it is not a table of MeSH", where=str(path), todo=self.describes)
        for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
            entry = _entry(entries, row["mesh_id"])
            _name(entry, row["mesh_name"], preferred=True)
            if number := row.get("mesh_tree_number"):
                trees[number] = entry.id

    def _xml(self, path: Path, entries: dict[str, Entry], trees: dict[str, str]) -> None:
        """One record at a time; nothing outside the file is fetched and no entity expanded."""
        events = etree.iterparse(
            str(path),
            tag="DescriptorRecord",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
        )
        try:
            for _, record in events:
                _record(record, entries, trees)
                record.clear()
                while record.getprevious() is not None:
                    del record.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise InputError(f"it is not well-formed XML: {error}", where=str(path)) from error


def _record(record: etree._Element, entries: dict[str, Entry], trees: dict[str, str]) -> None:
    entry = _entry(entries, record.findtext("DescriptorUI", "").strip())
    _name(entry, record.findtext("DescriptorName/String", ""), preferred=True)
    for text in record.iterfind("ConceptList/Concept/TermList/Term/String"):
        _name(entry, text.text or "")
    note = record.findtext("ConceptList/Concept[@PreferredConceptYN='Y']/ScopeNote")
    entry.definition = entry.definition or " ".join((note or "").split())
    for number in record.iterfind("TreeNumberList/TreeNumber"):
        trees[(number.text or "").strip()] = entry.id


def _entry(entries: dict[str, Entry], number: str) -> Entry:
    identifier = f"MESH:{number}"
    return entries.setdefault(identifier, Entry(identifier, "topic"))


def _name(entry: Entry, name: str, preferred: bool = False) -> None:
    entry.add(name, "en", preferred)
    parts = [part.strip() for part in name.split(", ")]
    if len(parts) in (2, 3) and all(part[:1].isupper() for part in parts):
        entry.add(" ".join(reversed(parts)), "en")


def _place(entries: dict[str, Entry], trees: dict[str, str]) -> None:
    """Give every heading its parents and its type, from the tree numbers."""
    for number in sorted(trees):
        entry = entries[trees[number]]
        parent = trees.get(number.rpartition(".")[0])
        if parent:
            entry.parents.append(parent)
        if entry.type == "topic":
            entry.type = TYPES.get(number[:3], TYPES.get(number[:1], "topic"))
