"""Vocabulary: concepts, their terms in three languages, mentions and their context."""

from piamater.vocabulary.concept import Concept, Mention, Term
from piamater.vocabulary.importing import ImportReport, import_vocabulary, importers
from piamater.vocabulary.vocabulary import Vocabulary

__all__ = [
    "Concept",
    "ImportReport",
    "Mention",
    "Term",
    "Vocabulary",
    "import_vocabulary",
    "importers",
]
