"""Checkup: the checks of a library, one small module each, and their order.

What comes first is what the later ones rest on: settings and database before texts, texts before
quotes, the index last.
"""

from __future__ import annotations

from piamater.keeping.checkup.answers import ANSWERS, QUESTIONS
from piamater.keeping.checkup.database import BESIDE, DATABASE
from piamater.keeping.checkup.editions import EDITIONS, QUOTES
from piamater.keeping.checkup.folder import DISK, LEFTOVERS, PERMISSIONS, SETTINGS
from piamater.keeping.checkup.guides import GUIDES, VOCABULARY
from piamater.keeping.checkup.index import INDEX
from piamater.keeping.checkup.originals import ORIGINALS
from piamater.keeping.checkup.records import RECORDS
from piamater.keeping.checkup.reviews import LEDGER
from piamater.keeping.checkup.texts import TEXTS
from piamater.keeping.finding import Check

CHECKS: tuple[Check, ...] = (
    SETTINGS,
    PERMISSIONS,
    DISK,
    LEFTOVERS,
    DATABASE,
    BESIDE,
    RECORDS,
    TEXTS,
    ORIGINALS,
    GUIDES,
    VOCABULARY,
    EDITIONS,
    QUOTES,
    LEDGER,
    ANSWERS,
    QUESTIONS,
    INDEX,
)
