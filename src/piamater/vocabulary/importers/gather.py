"""Gather: concepts put together from several files, one entry after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from piamater.vocabulary.concept import Concept, Term


@dataclass(slots=True)
class Entry:
    """A concept in the making."""

    id: str
    type: str
    parents: list[str] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    definition: str = ""
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)

    def add(self, text: str, language: str, preferred: bool = False, lay: bool = False) -> None:
        """Add a term, unless the entry has it in this language but for case; the first stays."""
        text = " ".join(text.split())
        if not text:
            return
        has_one = any(t.preferred for t in self.terms.values() if t.language == language)
        term = Term(text, language, preferred and not has_one, lay)
        self.terms.setdefault((language, text.casefold()), term)

    def concept(self, source: str, known: Iterable[str] | None = None) -> Concept:
        """The concept; with ``known``, parents outside it are left out."""
        parents = dict.fromkeys(self.parents)
        kept = set(parents) if known is None else set(known) & set(parents)
        return Concept(
            self.id,
            self.type,
            tuple(self._with_preferred()),
            tuple(one for one in parents if one in kept and one != self.id),
            tuple(dict.fromkeys(self.xrefs)),
            source,
            self.definition,
        )

    def _with_preferred(self) -> Iterator[Term]:
        """The terms, by language; each language's first stands as preferred where none does."""
        for language in dict.fromkeys(term.language for term in self.terms.values()):
            own = [term for term in self.terms.values() if term.language == language]
            own.sort(key=lambda term: (not term.preferred, term.lay))
            yield Term(own[0].text, language, True, own[0].lay)
            yield from own[1:]


def concepts(entries: dict[str, Entry], source: str) -> Iterator[Concept]:
    """The concepts of all entries that have a term, in order of their ids."""
    known = entries.keys()
    for identifier in sorted(entries):
        if entries[identifier].terms:
            entry = entries[identifier]
            yield entry.concept(source, [one for one in entry.parents if one in known])
