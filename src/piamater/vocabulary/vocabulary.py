"""Vocabulary: the concepts a library knows, their terms, and where texts mention them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from piamater.vocabulary.concept import Concept, Mention, Term
from piamater.vocabulary.context import in_context
from piamater.vocabulary.fold import fold
from piamater.vocabulary.matcher import Matcher
from piamater.vocabulary.tsv import read_concepts

SHIPPED = "piamater"
"""The source name of the vocabulary that comes with the package."""


class Vocabulary:
    """Concepts by id, term and kinship; texts to mentions."""

    def __init__(self, concepts: Iterable[Concept], fingerprint: str = "") -> None:
        self._concepts: dict[str, Concept] = {one.id: one for one in concepts}
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, folder: Path | None = None) -> Vocabulary:
        """The shipped vocabulary, and the files that were imported into ``folder``.

        Raises:
            InputError: a file is not in the vocabulary's format.
        """
        shipped = sorted(Path(str(files("piamater.vocabulary") / "data")).glob("*.tsv"))
        imported = sorted(folder.glob("*.tsv")) if folder and folder.is_dir() else []
        digest = sha256()
        concepts: list[Concept] = []
        for path in [*shipped, *imported]:
            digest.update(path.read_bytes())
            concepts += read_concepts(path, SHIPPED if path in shipped else path.stem)
        return cls(concepts, digest.hexdigest()[:16])

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def get(self, identifier: str) -> Concept | None:
        """A concept by its id; None where there is none."""
        return self._concepts.get(identifier)

    def sources(self) -> dict[str, int]:
        """How many concepts each vocabulary gives."""
        return dict(Counter(one.source for one in self._concepts.values()))

    def by_term(self, text: str, language: str | None = None) -> list[Concept]:
        """The concepts that a term names, whatever its case and accents."""
        ids = self._by_term.get(" ".join(fold(text).split()), ())
        return [
            self._concepts[one]
            for one in ids
            if language is None or any(t.language == language for t in self._concepts[one].terms)
        ]

    @cached_property
    def _by_term(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for concept in self._concepts.values():
            for term in concept.terms:
                ids = found.setdefault(" ".join(fold(term.text).split()), [])
                if concept.id not in ids:
                    ids.append(concept.id)
        return found

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for concept in self._concepts.values():
            for parent in concept.parents:
                found.setdefault(parent, []).append(concept.id)
        return found

    def descendants(self, identifier: str) -> set[str]:
        """All concepts narrower than one, however far down."""
        found: set[str] = set()
        waiting = [identifier]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def expand(
        self, identifier: str, languages: Iterable[str] = (), descendants: bool = False
    ) -> list[Term]:
        """The terms of a concept in these languages (all by default), and of its narrower ones."""
        wanted = set(languages)
        ids = [identifier, *(sorted(self.descendants(identifier)) if descendants else ())]
        return [
            term
            for one in ids
            if one in self._concepts
            for term in self._concepts[one].terms
            if not wanted or term.language in wanted
        ]

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._concepts.values())

    def match(self, text: str, language: str = "") -> list[Mention]:
        """Where a text names concepts, in order, without its context."""
        return self._matcher.find(text)

    def concept_ids(self, text: str, language: str = "") -> set[str]:
        """The ids of the concepts a text names."""
        return {one.concept for one in self._matcher.find(text)}

    def mentions(self, text: str, language: str = "en") -> list[Mention]:
        """Where a text names concepts, each with its context (see ``in_context``)."""
        found = self._matcher.find(text)
        return in_context(text, found, language) if found else found
