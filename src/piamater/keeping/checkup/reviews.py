"""Check of the review ledger: every entry is what was signed, and it knows every edition."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.guides.review import Ledger, verify, verify_ledger
from piamater.guides.review.ledger import FILE, FOLDER
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState


def ledger(state: LibraryState) -> Iterator[Finding]:
    """The chain of entries, its head, and the files that it tells of."""
    if not Ledger.of(state.folder).exists:
        if (state.folder / FOLDER / "key.pub").is_file():
            yield Finding("ledger", Severity.ERROR, FOLDER, "the ledger is gone", RESTORE)
        return
    if state.corpus is None:  # the chain can be proven all the same
        proof = verify_ledger(state.folder / FOLDER)
        state.progress(len(proof.entries))
        if proof.broken:
            where = f"{FOLDER}/{FILE}, entry {proof.broken.entry}"
            yield Finding("ledger", Severity.ERROR, where, proof.broken.what, RESTORE)
        return
    verified = verify(state.library)
    state.progress(verified.entries)
    for fault in verified.faults:
        yield Finding("ledger", Severity.ERROR, fault.where, fault.what, RESTORE)


LEDGER = Check("ledger", "the review ledger is what was signed", ledger, unit="entries")
