"""Check of the records: what the corpus says beside texts is what was written."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.errors import LibraryError
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState


def records(state: LibraryState) -> Iterator[Finding]:
    """Every record, notice and decision fits its seal, and none is missing that another needs."""
    corpus = state.corpus
    if corpus is None:
        return
    try:
        state.progress(corpus.source_count())
        for fault in corpus.faults():
            yield Finding("records", Severity.ERROR, fault.where, fault.what, RESTORE)
    except LibraryError as error:
        yield Finding("records", Severity.ERROR, error.where, error.what, RESTORE)


RECORDS = Check("records", "every record, notice and decision is what was kept", records,
                unit="sources")  # fmt: skip
