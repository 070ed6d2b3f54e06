"""Score: how much a document is about a guide's topic, from its title and its first passages.

What a work is about stands in its title and its opening; that it names a concept once on its ninth
page does not make it news for a guide. So a document costs the same to judge however long it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log

from piamater.corpus import StoredVersion
from piamater.text import Document, Mark
from piamater.vocabulary import Vocabulary
from piamater.vocabulary.fold import fold
from piamater.watch.topic import Topic

OPENING = 40
"""Passages of a document that are looked at: the abstract, or the first page."""
LEAST = 0.55
"""The score from which a document is put before a person; measured in ``benchmarks/watch.py``."""

_TITLE_ALONE = 0.8
"""A title's concept that no passage mentions: it may be an abbreviation of something else."""
_NARROWER = 0.8
_BROADER = 0.75
_BODY = 1.4
"""By how much the share of the passages that mention the topic counts, at most ``_BODY_MOST``."""
_BODY_MOST = 0.85
_FEW = 2
_WHOLE = 0.7
"""What is left of the score of a guide that is on all of its concept, in foreign company."""
_PART = 0.35
"""The same for a guide that is on a part of it, such as MRI of the brain."""
_ALIKE = 0.3
"""The cosine from which a document keeps the guide's company wholly."""
_VERY_ALIKE = 0.6
"""The same where only a broader concept of the guide is there."""


@dataclass(frozen=True)
class Opening:
    """The concepts at a document's beginning: those of its title, and passages by concept."""

    title: str
    concepts: frozenset[str]
    counts: Counter[str]
    passages: int


def opening_of(version: StoredVersion, document: Document, vocabulary: Vocabulary) -> Opening:
    """The opening of a document."""
    title = version.record.title
    content = (one for one in document.passages if one.mark is Mark.CONTENT)
    texts = [document.text[one.start : one.end] for one in islice(content, OPENING)]
    counts: Counter[str] = Counter()
    for one in texts:
        counts.update(vocabulary.concept_ids(one))
    return Opening(fold(title), frozenset(vocabulary.concept_ids(title)), counts, len(texts))


def score(topic: Topic, opening: Opening) -> float:
    """How much a document is about a topic, from 0 to 1."""
    about = list(_about(topic, opening))
    if not about:
        return 0.0
    company = _company(topic, opening)
    return max(_scored(one, topic, opening, company) for one in about)


@dataclass(frozen=True, slots=True)
class _About:
    """A way in which a document is on the topic: how much, and how alike the rest must be.

    ``alone`` is what is left of it in foreign company.
    """

    much: float
    alike: float = _ALIKE
    alone: float = _WHOLE


def _about(topic: Topic, opening: Opening) -> Iterator[_About]:
    own = topic.concepts - topic.broader
    share = _share(own, opening)
    mentioned = any(opening.counts[one] for one in own)
    if own & opening.concepts or any(_pattern(one).search(opening.title) for one in topic.names):
        yield _About(1.0 if mentioned else _TITLE_ALONE)
    if topic.narrower & opening.concepts:
        yield _About(_NARROWER)
    if share:
        yield _About(_NARROWER if topic.parents & opening.concepts else share)
    if topic.broader & opening.concepts:
        yield _About(_NARROWER) if mentioned else _About(_BROADER, _VERY_ALIKE, _PART)


def _scored(one: _About, topic: Topic, opening: Opening, company: float) -> float:
    near = min(1.0, company / one.alike)
    alone = one.alone
    if topic.beside:
        near = max(near, _beside(topic, opening))
        alone = _PART
    return one.much * (alone + (1 - alone) * near)


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """A folded name as whole words; its last may have an ending, in Bangla any."""
    end = "" if "\u0980" <= name[-1] <= "\u09ff" else r"(?:e?s)?(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(name)}{end}")


def _share(concepts: frozenset[str], opening: Opening) -> float:
    often = max((opening.counts[one] for one in concepts), default=0)
    if often < min(_FEW, opening.passages) or not often:
        return 0.0
    return min(_BODY_MOST, _BODY * often / opening.passages)


def _beside(topic: Topic, opening: Opening) -> float:
    """How much of what else the guide's title speaks of is there too."""
    if topic.beside & opening.concepts:
        return 1.0
    return min(1.0, 2 * _share(topic.beside, opening))


def _company(topic: Topic, opening: Opening) -> float:
    """The cosine between the other concepts of the guide and those of the document."""
    weights = {
        one: 1 + log(opening.counts[one]) if opening.counts[one] else 1.0
        for one in (*opening.counts, *opening.concepts)
        if one not in topic.concepts
    }
    length = sum(weight**2 for weight in weights.values()) ** 0.5
    if not length:
        return 0.0
    shared = sum(weight * topic.company.get(one, 0.0) for one, weight in weights.items())
    return float(shared / length)
