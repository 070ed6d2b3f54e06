"""Vocabulary (scaffold while the room is built)."""
from __future__ import annotations
from pathlib import Path
from piamater.vocabulary.concept import Concept, Mention, Term
class Vocabulary:
    fingerprint = "none"
    @classmethod
    def load(cls, folder: Path | None = None) -> "Vocabulary": return cls()
    def match(self, text: str, language: str = "") -> list[Mention]: return []
    def mentions(self, text: str, language: str = "") -> list[Mention]: return []
    def concept_ids(self, text: str, language: str = "") -> set[str]: return set()
    def get(self, id: str) -> Concept | None: return None
    def expand(self, id: str, languages: tuple[str, ...] = (), descendants: bool = False) -> list[Term]: return []
    def by_term(self, text: str, language: str | None = None) -> list[Concept]: return []
    def sources(self) -> dict[str, int]: return {}
def import_vocabulary(*a: object) -> object: raise SystemExit
