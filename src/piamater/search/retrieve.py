"""Retriever: from words to passages that may be told, whatever language they were put in.

The question is sought as it stands, by its concepts, and in the other languages' words for these
concepts. What was retracted, withdrawn or superseded by the day of reading is left out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from piamater.corpus import Judgement, Library, StoredPassage, StoredVersion
from piamater.search.analysis import LANGUAGES, LOANED, ROMANISED
from piamater.search.cognates import english_cognates
from piamater.search.contract import Hit, Query, SearchIndex, Wording, keys
from piamater.search.dense import DenseIndex, fuse
from piamater.vocabulary import Vocabulary

CONCEPT_WEIGHT = 0.05
"""A shared concept beside shared words: more than a little of it hurt, in our measurement."""

FOREIGN_CONCEPT_WEIGHT = 1.5
"""A shared concept where the passage is in another language, and shares no words."""

TRANSLATION_WEIGHT = 0.6
"""Other languages' words for the concepts of a question, and its cognates."""

LOAN_WEIGHT = 0.8
"""English words that sound like the question's Bangla ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the version it stands in, that version's standing today, and its score."""

    passage: StoredPassage
    version: StoredVersion
    judgement: Judgement
    score: float


class Retriever:
    """Finds passages of a library that may be cited today."""

    def __init__(
        self,
        library: Library,
        index: SearchIndex,
        vocabulary: Vocabulary,
        dense: DenseIndex | None = None,
    ) -> None:
        self.dense = dense
        self.library = library
        self.index = index
        self.vocabulary = vocabulary

    def query(self, text: str, language: str, kinds: Sequence[str] = ()) -> Query:
        """The engine's query for a text in a language."""
        return build_query(text, language, self.vocabulary, self.index, kinds)

    def find(self, query: Query, limit: int = 50) -> list[Found]:
        """The best citable passages, best first."""
        if self.dense is not None and query.wordings:
            return self._find_fused(query, self.dense, limit)
        found: list[Found] = []
        offset, page = 0, limit + 10
        while len(found) < limit:
            hits = self.index.search(query, page, offset)
            found += self.read(hits)
            offset += page
            if len(hits) < page:
                break
        return found[:limit]

    def _find_fused(self, query: Query, dense: DenseIndex, limit: int) -> list[Found]:
        """Words and vectors together; filters hold for both, since versions are looked at."""
        depth = 2 * limit
        hits = fuse(self.index.search(query, depth), dense.search(query.wordings[0].text, depth))
        found = self.read(hits)
        kept = [
            one
            for one in found
            if (not query.kinds or one.version.record.kind in query.kinds)
            and (not query.languages or one.passage.language in query.languages)
            and (not query.sources or one.version.source in query.sources)
        ]
        return kept[:limit]

    def read(self, hits: Sequence[Hit]) -> list[Found]:
        """The passages of hits, without those that may not be cited."""
        versions = self.library.corpus.by_numbers(sorted({hit.number for hit in hits}))
        judged = {number: self.library.judge(one) for number, one in versions.items()}
        scores = {(hit.number, hit.position): hit.score for hit in hits}
        return [
            Found(one, versions[one.number], judged[one.number], scores[one.number, one.position])
            for one in self.library.corpus.passages(keys(hits))
            if one.number in versions and judged[one.number].standing.citable
        ]


def build_query(
    text: str,
    language: str,
    vocabulary: Vocabulary,
    index: SearchIndex | None = None,
    kinds: Sequence[str] = (),
) -> Query:
    """The words of a text, its concepts, and other languages' words for these concepts."""
    mentions = {one.concept for one in vocabulary.match(text, language)}
    wordings = [Wording(text, language)]
    if index is not None and language != "bn":
        unknown = [word for word in text.split() if _unknown(word, index)]
        if unknown:
            wordings.append(Wording(" ".join(unknown), ROMANISED, 0.8))
    for other in LANGUAGES:
        if other == language:
            continue
        words = [
            term.text
            for one in sorted(mentions)
            for term in vocabulary.expand(one, (other,))
            if term.preferred
        ]
        if words:
            wordings.append(Wording(" ".join(words), other, TRANSLATION_WEIGHT))
    if index is not None and language == "es":
        cognates = english_cognates(text, lambda word: index.document_frequency(word, "en"))
        wordings.append(Wording(" ".join(cognates), "en", TRANSLATION_WEIGHT))
    if language == "bn":
        wordings.append(Wording(text, LOANED, LOAN_WEIGHT))
    weight = CONCEPT_WEIGHT if language == "en" else FOREIGN_CONCEPT_WEIGHT
    concepts = tuple((one, weight) for one in sorted(mentions))
    return Query(tuple(wordings), concepts, kinds=tuple(kinds))


def _unknown(word: str, index: SearchIndex) -> bool:
    """Whether no passage holds a word of some length: it may be romanised Bangla."""
    return (
        len(word) > 2
        and word.isalpha()
        and word.isascii()
        and not index.document_frequency(word, "en")
        and not index.document_frequency(word, "es")
    )
