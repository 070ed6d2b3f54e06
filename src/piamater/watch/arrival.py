"""Arrival: a document that came in or changed, read no further than somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from piamater.corpus import Library, StoredVersion
from piamater.corpus.sql_reader import identifiers
from piamater.corpus.standing import Standing
from piamater.text import Document
from piamater.vocabulary import Vocabulary
from piamater.watch.score import Opening, opening_of
from piamater.watch.topic import address


@dataclass
class Arrival:
    """A version of a source, with what a watch may want to know of it."""

    version: StoredVersion
    library: Library
    vocabulary: Vocabulary

    @cached_property
    def document(self) -> Document:
        """Its whole text."""
        return self.library.corpus.document(self.version.number)

    @cached_property
    def opening(self) -> Opening:
        """What it is about."""
        return opening_of(self.version, self.document, self.vocabulary)

    @cached_property
    def standing(self) -> Standing:
        """Where it stands today."""
        return self.library.judge(self.version).standing

    @cached_property
    def names(self) -> frozenset[str]:
        """The names under which others speak of it."""
        return frozenset((self.version.source.lower(), *identifiers(self.version.record)))

    @cached_property
    def cites(self) -> frozenset[str]:
        """The identifiers and addresses in its list of references."""
        found: set[str] = set()
        for one in self.library.corpus.bibliography(self.version.number):
            found |= {f"doi:{one.doi.lower()}", f"pmid:{one.pmid}", f"url:{address(one.url)}"}
        return frozenset(found - {"doi:", "pmid:", "url:"})
