"""Review: people sign what they have read, and a signature binds to the words and the evidence.

The ledger (``ledger``, ``entry``, ``keys``) is an append-only, hash-chained, signed file; ``acts``
is what people do; ``state`` computes where an edition stands whenever it is read.
"""

from piamater.guides.review.acts import VERDICTS, Reviews
from piamater.guides.review.book import DECISIONS, Book, as_told
from piamater.guides.review.cells import Cell, cells
from piamater.guides.review.entry import Entry
from piamater.guides.review.keys import (
    Key,
    find_passphrase,
    keep_in_keyring,
    load_key,
    public_from_pem,
)
from piamater.guides.review.ledger import Broken, Ledger, Proof, verify_ledger
from piamater.guides.review.people import ROLES, Person, person
from piamater.guides.review.policy import Policy, load_policy
from piamater.guides.review.queue import Waiting, damaged, queue
from piamater.guides.review.signing import Scope
from piamater.guides.review.state import Reason, Review, review_of
from piamater.guides.review.verify import Fault, Verified, verify

__all__ = [
    "DECISIONS",
    "ROLES",
    "VERDICTS",
    "Book",
    "Broken",
    "Cell",
    "Entry",
    "Fault",
    "Key",
    "Ledger",
    "Person",
    "Policy",
    "Proof",
    "Reason",
    "Review",
    "Reviews",
    "Scope",
    "Verified",
    "Waiting",
    "as_told",
    "cells",
    "damaged",
    "find_passphrase",
    "keep_in_keyring",
    "load_key",
    "load_policy",
    "person",
    "public_from_pem",
    "queue",
    "review_of",
    "verify",
    "verify_ledger",
]
