"""Check of the review ledger: every entry is what was signed, and it knows every edition."""

from __future__ import annotations

import os
from collections.abc import Iterator

from piamater.errors import LibraryError
from piamater.guides.review import Ledger, load_key, verify, verify_ledger
from piamater.guides.review.keys import FILE as KEY
from piamater.guides.review.keys import VARIABLE, is_encrypted_key
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
    yield from _key(state)
    verified = verify(state.library)
    state.progress(verified.entries)
    for fault in verified.faults:
        yield Finding("ledger", Severity.ERROR, fault.where, fault.what, RESTORE)


def _key(state: LibraryState) -> Iterator[Finding]:
    """The private key is whole: nothing can be signed without it, and that is noticed late.

    It is opened where the environment holds its passphrase; its form is looked at in any case.
    """
    folder = state.folder / FOLDER
    path = folder / KEY
    if not path.is_file():  # a copy that is only read has none
        return
    what = ""
    try:
        if passphrase := os.environ.get(VARIABLE):
            entries = verify_ledger(folder).entries
            if entries and load_key(folder, lambda: passphrase).fingerprint != entries[0].key:
                what = "it is another key than the one that the ledger is signed with"
        elif not is_encrypted_key(path.read_bytes()):
            what = "it is not a private key under a passphrase"
    except LibraryError as error:
        what = error.what
    if what:
        yield Finding("ledger", Severity.ERROR, f"{FOLDER}/{KEY}", what, "take it from a copy")


LEDGER = Check("ledger", "the review ledger is what was signed", ledger, unit="entries")
