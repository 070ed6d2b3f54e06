"""Corpus: the documents a library holds, their versions and standing."""

from piamater.corpus.add import AddReport, Refused, add
from piamater.corpus.library import Library
from piamater.corpus.sqlite import SqliteCorpus
from piamater.corpus.standing import Judgement, Standing, judge
from piamater.corpus.store import CorpusStore, Deposit, Outcome, StoredPassage, StoredVersion

__all__ = [
    "AddReport",
    "CorpusStore",
    "Deposit",
    "Judgement",
    "Library",
    "Outcome",
    "Refused",
    "SqliteCorpus",
    "Standing",
    "StoredPassage",
    "StoredVersion",
    "add",
    "judge",
]
