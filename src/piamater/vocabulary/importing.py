"""Importing: the big public vocabularies into a library, by entry point.

An importer is registered under ``piamater.vocabularies`` by its name; it reads the files as
their publishers give them out and yields concepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from piamater.errors import InputError
from piamater.plugins import Plugins
from piamater.vocabulary.concept import Concept
from piamater.vocabulary.tsv import write_concepts


class Importer(Protocol):
    """Reads one public vocabulary.

    ``describes`` says what it is and which files it reads; ``licence`` under what terms the
    publisher gives them.
    """

    name: str
    describes: str
    licence: str

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The concepts of the files together.

        Raises:
            InputError: a file is missing or not what its publisher gives out.
        """
        ...


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import took in."""

    concepts: int
    terms: int


IMPORTERS: Plugins[Importer] = Plugins("piamater.vocabularies", "importer called")
"""The registered importers."""


def import_vocabulary(name: str, paths: list[Path], folder: Path) -> ImportReport:
    """Read a public vocabulary and keep it in a library's vocabulary folder.

    Raises:
        UnknownNameError: no importer has this name; the known ones are listed.
        InputError: a file cannot be read, or holds no concept.
    """
    importer = IMPORTERS.named(name)
    for path in paths:
        if not path.is_file():
            raise InputError("there is no such file", where=str(path), todo="check the path")
    try:
        concepts = list(importer.read(paths))
    except (UnicodeDecodeError, ValueError, KeyError, IndexError) as error:
        raise InputError(
            f"it is not what {name} reads ({importer.describes}): {error}",
            where=", ".join(map(str, paths)),
        ) from error
    if not concepts:
        raise InputError(
            f"no concept was found in it; {name} reads {importer.describes}",
            where=", ".join(map(str, paths)),
        )
    folder.mkdir(parents=True, exist_ok=True)
    today = date.today().isoformat()
    comment = f"{importer.describes}\nLicence of the original: {importer.licence}\nImported {today}"
    count = write_concepts(folder / f"{name}.tsv", concepts, comment, today)
    return ImportReport(count, sum(len(one.terms) for one in concepts))
