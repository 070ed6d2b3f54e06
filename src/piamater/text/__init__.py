"""Text: documents and their parts, normalisation, sentences, language, Bangla."""

from piamater.text.build import DocumentBuilder, remark
from piamater.text.document import Document, Form, Mark, Origin, Passage, Quote, Section
from piamater.text.language import identify, identify_question
from piamater.text.normalise import Normalised, normalise
from piamater.text.sentences import split_sentences, trim_citation_markers

__all__ = [
    "Document",
    "DocumentBuilder",
    "Form",
    "Mark",
    "Normalised",
    "Origin",
    "Passage",
    "Quote",
    "Section",
    "identify",
    "identify_question",
    "normalise",
    "remark",
    "split_sentences",
    "trim_citation_markers",
]
