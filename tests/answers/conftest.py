"""Small libraries to ask, made from texts given in the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.answers import Asker
from piamater.corpus import Deposit, Library
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.sources import Kind, Reading, Record
from piamater.text import DocumentBuilder, Mark
from piamater.vocabulary import Vocabulary

Make = Callable[..., Asker]


def page(
    text: str,
    source: str,
    kind: Kind = Kind.PATIENT_INFORMATION,
    language: str = "en",
    **fields: str,
) -> Reading:
    """A reading from plain lines: ``#`` headings, ``-`` items, ``!`` furniture, ``|`` rows."""
    builder = DocumentBuilder(language)
    title, *lines = text.strip().splitlines()
    for line in (one.strip() for one in lines):
        if line.startswith("#"):
            builder.heading(line.lstrip("# "), len(line) - len(line.lstrip("#")))
        elif line.startswith("- "):
            builder.item(line[2:])
        elif line.startswith("!"):
            builder.paragraph(line[1:], mark=Mark.FURNITURE)
        elif line.startswith("~"):
            builder.paragraph(line[1:], mark=Mark.DAMAGE)
        elif line:
            builder.paragraph(line)
    record = Record(source, title, kind, "a test", {"title": title}, **fields)  # type: ignore[arg-type]
    return Reading(record, builder.build())


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def make(tmp_path: Path, vocabulary: Vocabulary) -> Make:
    """Makes an asker over a library of readings."""

    def made(*readings: Reading) -> Asker:
        library = Library.create(tmp_path / "library")
        deposits = [Deposit(one, "0" * 64, one.record.id, one.record.id) for one in readings]
        library.corpus.deposit(deposits)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
        return Asker(library, index, vocabulary)

    return made
