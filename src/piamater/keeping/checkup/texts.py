"""Check of the texts: each is what was taken in, and so are its sections and passages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from piamater.corpus import CorpusStore, StoredVersion
from piamater.corpus.rows import shape_of
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.text import Document


def texts(state: LibraryState) -> Iterator[Finding]:
    """Every text has the SHA-256 that is its name; its structure the digest that was kept."""
    corpus = state.corpus
    if corpus is None:
        return
    for number in range(1, corpus.last_number() + 1):
        where = f"version number {number}"
        try:
            version = corpus.by_numbers([number]).get(number)
            if version is None:
                continue
            state.progress(1)
            where = f"{version.source}, version {version.version[:12]}"
            problems = list(_problems(corpus, version))
        except Exception as error:  # whatever a damaged row makes of itself
            problems = [f"it cannot be read: {error}"]
        for what in problems:
            yield Finding("texts", Severity.ERROR, where, what, RESTORE)


def _problems(corpus: CorpusStore, version: StoredVersion) -> Iterator[str]:
    document = corpus.document(version.number)
    if _digest(document.text) != version.version:
        yield "its text is not the one that was taken in: the SHA-256 differs"
    if version.record.id != version.source:
        yield f"its record is that of {version.record.id!r}"
    length, sections = len(document.text), len(document.sections)
    if not all(0 <= one.start <= one.end <= length for one in document.sections):
        yield "a section does not lie within the text"
    if not all(
        0 <= one.start <= one.end <= length and 0 <= one.section < sections
        for one in document.passages
    ):
        yield "a passage does not lie within the text or its sections"
    if not _is_kept(corpus, version.number, document):
        yield "its sections, passages or references are not those that were taken in"


def _is_kept(corpus: CorpusStore, number: int, document: Document) -> bool:
    return shape_of(document, corpus.bibliography(number)) == corpus.shape(number)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


TEXTS = Check("texts", "every text and its passages are what was taken in", texts, unit="versions")
