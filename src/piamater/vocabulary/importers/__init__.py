"""Importers of the big public vocabularies, each registered under ``piamater.vocabularies``."""

from piamater.vocabulary.importers.disease_ontology import DiseaseOntologyImporter
from piamater.vocabulary.importers.hpo import HpoImporter
from piamater.vocabulary.importers.mesh import MeshImporter
from piamater.vocabulary.importers.nci import NciImporter
from piamater.vocabulary.importers.symptom_ontology import SymptomOntologyImporter

__all__ = [
    "DiseaseOntologyImporter",
    "HpoImporter",
    "MeshImporter",
    "NciImporter",
    "SymptomOntologyImporter",
]
