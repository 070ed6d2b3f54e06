"""Readings and deposits for the suite of ``CorpusStore``."""

from __future__ import annotations

from piamater.corpus.store import Deposit
from piamater.sources import Kind, Notice, Reading, Record
from piamater.text import Document, DocumentBuilder, Form, Mark, Passage, Section


def reading(
    text: str = "Meningitis causes fever. Rest helps.",
    source: str = "pmid:1",
    title: str = "Meningitis",
    notices: tuple[Notice, ...] = (),
    **fields: str,
) -> Reading:
    """A reading for a test: one section, a paragraph, and a line of furniture."""
    builder = DocumentBuilder("en")
    builder.heading("About", 1)
    builder.paragraph(text)
    builder.paragraph("Share this page.", mark=Mark.FURNITURE)
    csl = {"type": "article-journal", "title": title}
    if source.startswith("pmid:"):
        csl["PMID"] = source[5:]
    record = Record(source, title, Kind.TRIAL, "a test", csl, notices=notices, **fields)
    return Reading(record, builder.build())


def deposit(one: Reading, location: str = "/in/a.txt", name: str = "a.txt") -> Deposit:
    """A deposit for a test."""
    return Deposit(one, "0" * 64, name, location)


def exactly(text: str, source: str = "pmid:1", width: int = 3) -> Reading:
    """A reading of this very text, which no reader has normalised.

    Its passages are ``width`` code points long and cover all of it.
    """
    document = Document(
        text,
        (Section(("Whole",), 1, 0, len(text)),),
        tuple(
            Passage(start, min(start + width, len(text)), 0, Form.SENTENCE, Mark.CONTENT, "en", -1)
            for start in range(0, len(text), width)
        ),
        ("en",),
    )
    return Reading(Record(source, "Exactly", Kind.REFERENCE, "a test"), document)
