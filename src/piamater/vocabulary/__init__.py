"""Vocabulary: concepts, their terms in three languages, mentions and their context."""

from piamater.vocabulary.concept import Concept, Mention, Term
from piamater.vocabulary.importing import IMPORTERS, ImportReport, import_vocabulary
from piamater.vocabulary.vocabulary import Vocabulary

__all__ = [
    "IMPORTERS",
    "Concept",
    "ImportReport",
    "Mention",
    "Term",
    "Vocabulary",
    "import_vocabulary",
]
