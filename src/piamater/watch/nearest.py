"""Nearest: the passage of a document that comes closest to what a guide says, and a verdict.

The verdict is a proposal of rules that can be read (``checks.ev.support``), for a person to
decide. ``new`` is what it says where it does not know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import log
from typing import Literal

from piamater.checks.ev.support import SURE, judged
from piamater.text import Document, Mark, Passage
from piamater.vocabulary import Vocabulary
from piamater.watch.topic import Said, Topic, words_of

Verdict = Literal["supports", "contradicts", "new"]

READ = 400
"""Passages of one document that are compared."""
PAIRS = 5
"""Pairs of passage and sentence, the closest first, that a verdict is sought among."""
SENTENCES = 3
LEAST_WORDS = 4
"""Words of the shortest passage or sentence that tells; a list item of two is like everything."""
_ABOUT = 1.3
"""By how much a passage counts more that speaks of the guide's own concepts."""
_TRANSLATED = 0.5
_FIGURE = re.compile(r"[\d০-৯][\d০-৯.,]*\s*%?")
SURER = 0.7
"""The share of a sentence's words that a passage has at least, to be proposed as its support."""
UNSURE = "what it says and what the guide says are not alike enough to tell"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage, the guide's sentences closest to it, and the verdict with its reason."""

    passage: Passage | None
    sentences: tuple[Said, ...]
    verdict: Verdict
    reason: str


NOTHING = Nearest(None, (), "new", "no sentence of the guide is close to it")


class Claims:
    """What a guide says, laid out so that the sentences closest to a text are found quickly."""

    def __init__(self, topic: Topic, vocabulary: Vocabulary) -> None:
        self.topic = topic
        self.said = topic.said
        self.vocabulary = vocabulary

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.said):
            for word in one.words:
                found[word].append(place)
        return found

    def _weight(self, word: str) -> float:
        """A word that few sentences of the guide have tells more."""
        return log(1 + len(self.said) / len(self._where.get(word, (0,))))

    @cached_property
    def _lengths(self) -> list[float]:
        return [sum(self._weight(word) for word in one.words) or 1.0 for one in self.said]

    def close(self, words: Iterable[str]) -> dict[int, float]:
        """How close the sentences are that share a word with a text, by their place.

        The measure is the weight of the shared words over the mean weight of the two (Dice).
        """
        shared: dict[int, float] = defaultdict(float)
        length = 0.0
        for word in words:
            weight = self._weight(word)
            length += weight
            for place in self._where.get(word, ()):
                shared[place] += weight
        return {
            place: 2 * weight / (length + self._lengths[place]) for place, weight in shared.items()
        }

    def nearest(self, document: Document, only: frozenset[str] | None = None) -> Nearest:
        """The passage of a document that is closest to the guide's claims.

        ``only``: to those that carry one of these labels.
        """
        found = self._pairs(document, only)
        if not found:
            return NOTHING
        best = found[0]
        verdict: Verdict = "new"
        reason = UNSURE
        for pair in found:
            verdict_of, reason_of = propose(
                self.said[pair[2]].text, _text(document, document.passages[pair[1]])
            )
            if verdict_of == "contradicts" or (verdict_of == "supports" and verdict == "new"):
                best, verdict, reason = pair, verdict_of, reason_of
            if verdict == "contradicts":
                break
        passage = document.passages[best[1]]
        others = (one[2] for one in found if one[1] == best[1] and one != best)
        places = list(dict.fromkeys([best[2], *others]))[:SENTENCES]
        return Nearest(passage, tuple(self.said[one] for one in places), verdict, reason)

    def _pairs(
        self, document: Document, only: frozenset[str] | None
    ) -> list[tuple[float, int, int]]:
        """The closest pairs: how close, the passage's place, the sentence's place."""
        allowed = {
            place
            for place, one in enumerate(self.said)
            if only is None or not only.isdisjoint(one.labels)
        }
        found: list[tuple[float, int, int]] = []
        own = {f"={one}" for one in self.topic.concepts}
        for place, passage in _content(document):
            words = words_of(_text(document, passage), self.vocabulary)
            about = 1.0 if own.isdisjoint(words) else _ABOUT
            found += [
                (about * how * self._fits(one, passage), -place, -one)
                for one, how in self.close(words).items()
                if one in allowed
            ]
            if len(found) > 10_000:
                found = nlargest(PAIRS, found)
        return [(how, -place, -one) for how, place, one in nlargest(PAIRS, found)]

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(one.language for one in self.said)

    def _fits(self, place: int, passage: Passage) -> float:
        """A sentence in the passage's own language goes before its translations."""
        same = self.said[place].language == passage.language
        return 1.0 if same or passage.language not in self._languages else _TRANSLATED


def propose(sentence: str, passage: str) -> tuple[Verdict, str]:
    """What a passage seems to do to a sentence, and why; ``new`` unless that is plain.

    To miss a contradiction is worse than to propose one too many, so it takes less. Another
    figure alone is none: the next study has other patients.
    """
    if len(sentence.split()) < LEAST_WORDS:
        return "new", "what the guide says there is too short to tell"
    said, read = _FIGURE.sub(" ", sentence), _FIGURE.sub(" ", passage)
    words = judged(said, read)
    if words.verdict == "contradicts" and words.overlap >= SURE:
        return "contradicts", words.reason
    turned = judged(read, said)
    if turned.verdict == "contradicts" and min(words.overlap, turned.overlap) >= SURE:
        return "contradicts", "one of them denies what the other says, or they go opposite ways"
    found = judged(sentence, passage)
    if found.verdict == "supports" and found.overlap >= SURER:
        return "supports", "most words are the same, and no figure, denial or direction differs"
    return "new", UNSURE


def _content(document: Document) -> Sequence[tuple[int, Passage]]:
    """The passages that say something, or all where none is long enough for that."""
    content = [
        (place, one) for place, one in enumerate(document.passages) if one.mark is Mark.CONTENT
    ]
    telling = [one for one in content if len(_text(document, one[1]).split()) >= LEAST_WORDS]
    return (telling or content)[:READ]


def _text(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]
