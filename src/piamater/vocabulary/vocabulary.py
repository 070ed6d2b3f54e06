"""Vocabulary: the concepts a library knows, their terms, and where texts mention them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from piamater.vocabulary.compiled import Compiled, compiled
from piamater.vocabulary.concept import Concept, Mention, Term
from piamater.vocabulary.context import in_context
from piamater.vocabulary.fold import form
from piamater.vocabulary.matcher import Matcher
from piamater.vocabulary.tsv import ConceptFile

SHIPPED = "piamater"
"""The source name of the vocabulary that comes with the package."""

RULES = "1"
"""Raised when the matcher finds other mentions in the same text: indexes are then made anew."""


class Vocabulary:
    """Concepts by id, term and kinship; texts to mentions.

    A concept that other vocabularies have too is spoken of by one id, that of the first
    vocabulary to hold it (the shipped one before imported ones); ``same_as`` gives the others.
    """

    def __init__(
        self,
        concepts: Iterable[Concept] | Mapping[str, Concept],
        fingerprint: str = "",
        folder: Path | None = None,
    ) -> None:
        self._concepts: Mapping[str, Concept] = (
            concepts if isinstance(concepts, Mapping) else {one.id: one for one in concepts}
        )
        self.fingerprint = fingerprint
        self._folder = folder

    @classmethod
    def load(cls, folder: Path | None = None) -> Vocabulary:
        """The shipped vocabulary, and the files that were imported into ``folder``.

        What the matcher needs is kept in ``folder``, if that is there (see ``compiled``).

        Raises:
            InputError: a file is not in the vocabulary's format.
        """
        imported = sorted(folder.glob("*.tsv")) if folder and folder.is_dir() else []
        digest = sha256(RULES.encode())
        for rules in ("spelling.toml", "stop.toml"):
            digest.update((_data() / rules).read_bytes())
        opened: list[ConceptFile] = []
        for path in [*shipped_files(), *imported]:
            content = path.read_bytes()
            digest.update(content)
            source = path.stem if path in imported else SHIPPED
            opened.append(ConceptFile(path, source, content.decode("utf-8-sig", "replace")))
        return cls(_Shelves(opened), digest.hexdigest()[:16], folder)

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def get(self, identifier: str) -> Concept | None:
        """A concept by its id; None where there is none."""
        return self._concepts.get(identifier)

    def of_type(self, kind: str) -> list[Concept]:
        """The concepts of a type (``danger-sign``), in the order of their files."""
        if isinstance(self._concepts, _Shelves):
            return [self._concepts[one] for one in self._concepts.of_type(kind)]
        return [one for one in self if one.type == kind]

    def sources(self) -> dict[str, int]:
        """How many concepts each vocabulary gives."""
        if isinstance(self._concepts, _Shelves):
            return self._concepts.sources()
        return dict(Counter(one.source for one in self))

    @cached_property
    def _compiled(self) -> Compiled:
        return compiled(self._concepts, self._folder, self.fingerprint)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._compiled.forms)

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one, first in self._compiled.same.items():
            found.setdefault(first, [first]).append(one)
        return found

    def same_as(self, identifier: str) -> list[str]:
        """The ids of other vocabularies' concepts that are the same notion."""
        first = self._compiled.same.get(identifier, identifier)
        return [one for one in self._groups.get(first, []) if one != identifier]

    def by_term(self, text: str, language: str | None = None) -> list[Concept]:
        """The concepts that a term names, whatever its case, accents, spelling and number."""
        sought = form(text)
        named = self._compiled.forms.ids.get(sought, [])
        together = dict.fromkeys(two for one in named for two in (one, *self.same_as(one)))
        return [
            concept
            for one in together
            if (concept := self.get(one))
            and any(
                form(term.text) == sought
                for term in concept.terms
                if language in (None, term.language)
            )
        ]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for concept in self:
            for parent in concept.parents:
                found.setdefault(parent, []).append(concept.id)
        return found

    def children(self, identifier: str) -> list[str]:
        """The ids of the next narrower concepts."""
        return list(self._children.get(identifier, ()))

    def descendants(self, identifier: str) -> set[str]:
        """All concepts narrower than one, however far down."""
        return self._walk(identifier, self.children)

    def ancestors(self, identifier: str) -> set[str]:
        """All concepts broader than one, however far up."""
        return self._walk(identifier, self._parents)

    def _parents(self, identifier: str) -> Iterable[str]:
        concept = self.get(identifier)
        return concept.parents if concept else ()

    @staticmethod
    def _walk(start: str, step: Callable[[str], Iterable[str]]) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for one in step(waiting.pop()):
                if one not in found and one != start:
                    found.add(one)
                    waiting.append(one)
        return found

    def expand(
        self, identifier: str, languages: Iterable[str] = (), descendants: bool = False
    ) -> list[Term]:
        """The terms of a concept in these languages (all by default), and of its narrower ones.

        Terms of linked concepts count as its own; each term comes once.
        """
        wanted = set(languages)
        ids = [identifier, *(sorted(self.descendants(identifier)) if descendants else ())]
        terms = (
            term
            for one in ids
            for same in (one, *self.same_as(one))
            if (concept := self.get(same))
            for term in concept.terms
            if not wanted or term.language in wanted
        )
        return list({(term.text.casefold(), term.language): term for term in terms}.values())

    def match(self, text: str, language: str = "") -> list[Mention]:
        """Where a text names concepts, in order, without its context.

        Terms of all languages count whatever the text's: patients mix them, and abbreviations
        are shared. ``language`` is taken so that a caller need not know that.
        """
        return self._matcher.find(text)

    def concept_ids(self, text: str, language: str = "") -> set[str]:
        """The ids of the concepts a text names."""
        return self._matcher.ids(text)

    def mentions(self, text: str, language: str = "en") -> list[Mention]:
        """Where a text names concepts, each with its context (see ``in_context``)."""
        found = self._matcher.find(text)
        return in_context(text, found, language) if found else found


def shipped_files() -> list[Path]:
    """The concept files that come with the package."""
    return sorted(_data().glob("*.tsv"))


def _data() -> Path:
    return Path(str(files("piamater.vocabulary") / "data"))


class _Shelves(Mapping[str, Concept]):
    """The concepts of several files; of two with one id, the first file's counts."""

    def __init__(self, opened: list[ConceptFile]) -> None:
        self._opened = opened
        self._file = {one: file for file in reversed(opened) for one in file}

    def __getitem__(self, identifier: str) -> Concept:
        return self._file[identifier][identifier]

    def __iter__(self) -> Iterator[str]:
        return (one for file in self._opened for one in file if self._file[one] is file)

    def __len__(self) -> int:
        return len(self._file)

    def of_type(self, kind: str) -> list[str]:
        return [one for file in self._opened for one, its in file.types() if its == kind]

    def sources(self) -> dict[str, int]:
        return dict(Counter(file.source for file in self._file.values()))
