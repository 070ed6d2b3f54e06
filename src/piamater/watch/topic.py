"""Topic: what is watched for on behalf of a guide, made from its newest edition.

Nobody writes a query: the guide's concepts, its titles and other names, what it says and what it
cites are the query, in all its languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from piamater.corpus import CorpusStore
from piamater.corpus.sql_reader import identifiers
from piamater.errors import UnknownNameError
from piamater.guides import Edition, Guide, statements
from piamater.guides.statements import CITE_MARK
from piamater.vocabulary import Vocabulary
from piamater.vocabulary.fold import fold, keys

_NAMES = "also-called"
_SHORTEST = 8
"""Letters of the shortest name that is sought as it stands; shorter ones mean other things too."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a guide, with the block it stands in and the labels of what it cites.

    ``words`` are the keys of its words and the ids of its concepts, by which it is compared.
    """

    block: str
    language: str
    text: str
    labels: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class Topic:
    """The standing query of a guide.

    ``concepts`` are its own; of these ``broader`` are those that others of them are kinds of (in
    a guide on tuberculous meningitis, tuberculosis); ``narrower`` are the kinds of its own,
    ``parents`` what its own are kinds of. ``beside`` is what else its title speaks of, such as the
    brain in "MRI of the brain".
    ``company`` weighs the other concepts that it speaks of; ``names`` are titles and other names
    that the vocabulary does not know, folded. ``cited`` gives the
    pinned version of each source, ``identifiers`` and ``addresses`` the sources by the names under
    which other documents speak of them.
    """

    guide: str
    concepts: frozenset[str]
    broader: frozenset[str]
    narrower: frozenset[str]
    parents: frozenset[str]
    beside: frozenset[str]
    company: Mapping[str, float]
    names: tuple[str, ...]
    cited: Mapping[str, str]
    identifiers: Mapping[str, tuple[str, ...]]
    addresses: Mapping[str, tuple[str, ...]]
    said: tuple[Said, ...]


def topic_of(edition: Edition, corpus: CorpusStore, vocabulary: Vocabulary) -> Topic:
    """The topic of an edition."""
    known, names = _names(edition, vocabulary)
    concepts = _same(edition.original.concepts, vocabulary) | known
    title = vocabulary.concept_ids(edition.original.title)
    broader = _same((up for one in concepts for up in vocabulary.ancestors(one)), vocabulary)
    own = concepts - broader
    narrower = _same((low for one in own for low in vocabulary.descendants(one)), vocabulary)
    parents = _same((up for one in own for up in _parents(one, vocabulary)), vocabulary)
    beside = title - concepts
    said = tuple(_said(edition, vocabulary))
    cited = {one.source: one.version for one in edition.evidence.values()}
    named, addresses = _works(cited, corpus)
    original = (one.words for one in said if one.language == edition.original.language)
    return Topic(
        edition.guide,
        concepts,
        (broader & concepts) - title,
        narrower - concepts,
        parents - concepts,
        on_part(beside, narrower - concepts, vocabulary),
        company(original, concepts),
        names,
        cited,
        named,
        addresses,
        said,
    )


def words_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """What a sentence is compared by: the keys of its words, and its concepts as ``=id``."""
    return frozenset(keys(text)) | {f"={one}" for one in vocabulary.concept_ids(text)}


def address(url: str) -> str:
    """A web address as it is compared: without scheme, ``www.``, fragment and last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).partition("#")[0].rstrip("/")


def company(sentences: Iterable[frozenset[str]], concepts: frozenset[str]) -> dict[str, float]:
    """The concepts of sentences beside these, weighed by how often they come; of length 1."""
    counts: Counter[str] = Counter()
    for words in sentences:
        counts.update(one[1:] for one in words if one.startswith("="))
    weights = {one: 1 + log(number) for one, number in counts.items() if one not in concepts}
    length = sum(weight**2 for weight in weights.values()) ** 0.5
    return {one: weight / length for one, weight in weights.items()}


def on_part(
    beside: Iterable[str], narrower: Iterable[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """What else a title speaks of, with its kinds and with what is named after them.

    Beside MRI, "brain" stands for itself, for the cerebellum, and for "brain MRI".
    """
    named = _same(
        (two for one in beside for two in (one, *vocabulary.descendants(one))), vocabulary
    )
    after = (
        one
        for one in (narrower if named else ())
        for term in vocabulary.expand(one)
        if any(each.id in named for word in term.text.split() for each in vocabulary.by_term(word))
    )
    return named | frozenset(after)


def _parents(identifier: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    concept = vocabulary.get(identifier)
    return concept.parents if concept else ()


def _same(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Concepts, with those of other vocabularies that are the same."""
    return frozenset(two for one in concepts for two in (one, *vocabulary.same_as(one)))


def _names(edition: Edition, vocabulary: Vocabulary) -> tuple[frozenset[str], tuple[str, ...]]:
    """The concepts that titles and other names are terms of, and the names that none has."""
    known: list[str] = []
    names: dict[str, None] = {}
    for guide in edition.versions.values():
        for one in _titles(guide):
            if found := vocabulary.by_term(one):
                known += [concept.id for concept in found]
            elif len(one) >= _SHORTEST:
                names[fold(one)] = None
    return _same(known, vocabulary), tuple(names)


def _titles(guide: Guide) -> Iterator[str]:
    yield guide.title
    yield guide.plain_title
    for block in guide.of_kind(_NAMES):
        for part in block.parts:
            for one in statements(part, guide.language):
                yield CITE_MARK.sub("", one.text).strip(" .।")


def _said(edition: Edition, vocabulary: Vocabulary) -> Iterator[Said]:
    """The claims of all languages, each text once."""
    seen: set[str] = set()
    for language, guide in edition.versions.items():
        for block in guide.blocks:
            for part in block.parts:
                for one in statements(part, language):
                    if one.claim and one.text not in seen and block.kind != _NAMES:
                        seen.add(one.text)
                        words = words_of(one.text, vocabulary)
                        yield Said(block.id, language, one.text, one.labels, words)


def _works(
    cited: Mapping[str, str], corpus: CorpusStore
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The cited sources by identifier and by web address; several may tell of one work."""
    named: dict[str, list[str]] = {}
    addresses: dict[str, list[str]] = {}
    for source, version in cited.items():
        try:
            record = corpus.version(source, version).record
        except UnknownNameError:
            continue  # the review tells that it is missing
        for one in dict.fromkeys((source.lower(), *identifiers(record))):
            named.setdefault(one, []).append(source)
        if record.url:
            addresses.setdefault(address(record.url), []).append(source)
    return _frozen(named), _frozen(addresses)


def _frozen(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(one) for name, one in lists.items()}
