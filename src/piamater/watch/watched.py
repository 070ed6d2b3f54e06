"""Watched: a guide that is watched, and what was found for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from piamater.corpus import Library, StoredVersion
from piamater.corpus.standing import Standing
from piamater.errors import UnknownNameError
from piamater.guides import Edition
from piamater.guides.review.book import GuideBook
from piamater.text import Document
from piamater.vocabulary import Vocabulary
from piamater.watch.arrival import Arrival
from piamater.watch.candidate import Candidate, Place, Why, together
from piamater.watch.cited import BAD, of_own_decision, of_version
from piamater.watch.nearest import SENTENCES, Claims, Nearest, Verdict
from piamater.watch.score import LEAST, score
from piamater.watch.since import Since
from piamater.watch.topic import Topic, topic_of


@dataclass
class Watched:
    """A guide with its standing query, its place in the corpus, and its candidates by source."""

    library: Library
    vocabulary: Vocabulary
    edition: Edition
    held: GuideBook
    since: Since
    looked: int = 0
    found: dict[str, Candidate] = field(default_factory=dict)

    @cached_property
    def topic(self) -> Topic:
        """Its standing query, made when there is something new to ask it of."""
        return topic_of(self.edition, self.library.corpus, self.vocabulary)

    @cached_property
    def claims(self) -> Claims:
        """What it says."""
        return Claims(self.topic, self.vocabulary)

    def own_decisions(self) -> None:
        """The cited sources that this library itself has withdrawn since they were looked at."""
        cited = {one.source: one.version for one in self.edition.evidence.values()}
        for source, version in cited.items():
            try:
                held = self.library.corpus.version(source, version)
            except UnknownNameError:
                continue  # the review tells that it is missing
            if why := of_own_decision(held, self.library, self.held):
                self._cited(held, (why,))

    def look_at(self, new: Arrival) -> None:
        """Take a document in, if it is something for this guide."""
        self.looked += 1
        if new.version.source in self.topic.cited:
            whys = of_version(new.version, new.standing, self.topic)
            if whys:
                self._cited(new.version, whys)
            return
        about = list(self._notices(new))
        for source, why in about:
            try:
                self._cited(self.library.corpus.version(source), (why,))
            except UnknownNameError:
                continue
        if about:
            return  # the notice itself is told with the source that it is about
        how = score(self.topic, new.opening)
        whys = tuple(self._whys(new, how))
        if whys and new.standing.citable:
            near = self.claims.nearest(new.document)
            self._keep(new.version, whys, how, new.standing, near, new.document)

    def _notices(self, new: Arrival) -> Iterator[tuple[str, Why]]:
        """The cited sources that a new document is a notice about."""
        for notice in new.version.record.notices:
            for source in self.topic.identifiers.get(notice.about.lower(), ()):
                kind = str(BAD[notice.kind])
                yield source, Why(kind, notice.by or new.version.source, notice.date)

    def _whys(self, new: Arrival, how: float) -> Iterator[Why]:
        same = [one for name in new.names for one in self.topic.identifiers.get(name, ())]
        for source in sorted(set(same)):
            yield Why("same-work", source)
        cited = [
            one
            for name in new.cites
            for one in (
                *self.topic.identifiers.get(name, ()),
                *self.topic.addresses.get(name.removeprefix("url:"), ()),
            )
        ]
        for source in sorted(set(cited)):
            yield Why("cites", source)
        if how >= LEAST:
            yield Why("topic")

    def _cited(self, held: StoredVersion, whys: tuple[Why, ...]) -> None:
        """A cited source as a candidate, with the sentences that stand on it."""
        standing = self.library.judge(held).standing if held.current else Standing.SUPERSEDED
        if held.source in self.found:
            whys = (*self.found[held.source].why, *whys)
        document = self.library.corpus.document(held.number)
        near = self._on(held, document)
        if any(one.kind in ("retracted", "withdrawn", "superseded", "concern") for one in whys):
            near = Nearest(
                near.passage, near.sentences, "new", "a source that these sentences stand on moved"
            )
        self._keep(held, together(whys), 1.0, standing, near, document)

    def _on(self, held: StoredVersion, document: Document) -> Nearest:
        """What a cited source's text does to the sentences that stand on it."""
        quotes = [one for one in self.edition.evidence.values() if one.source == held.source]
        labels = frozenset(one.label for one in quotes)
        standing_on = tuple(one for one in self.topic.said if not labels.isdisjoint(one.labels))
        lost = [one for one in quotes if one.quote not in document.text]
        if not lost:
            at = document.text.find(quotes[0].quote)
            passage = next((one for one in document.passages if one.start <= at < one.end), None)
            return Nearest(
                passage, standing_on[:SENTENCES], "supports", "every quote still stands in its text"
            )
        near = self.claims.nearest(document, frozenset(one.label for one in lost))
        reason = f"{len(lost)} of {len(quotes)} quotes no longer stand in its text"
        if near.verdict == "contradicts":
            reason += f"; {near.reason}"
        verdict: Verdict = "contradicts" if near.verdict == "contradicts" else "new"
        return Nearest(near.passage, near.sentences or standing_on[:SENTENCES], verdict, reason)

    def _keep(
        self,
        held: StoredVersion,
        whys: tuple[Why, ...],
        how: float,
        standing: Standing,
        near: Nearest,
        document: Document,
    ) -> None:
        place = None
        if near.passage:
            start, end = near.passage.start, near.passage.end
            quote = document.text[start:end]
            place = Place(held.source, held.version, start, end, quote)
        self.found[held.source] = Candidate(
            held.source,
            held.version,
            held.number,
            held.record.title,
            held.record.kind.value,
            held.record.published or held.record.updated,
            held.record.url,
            held.added[:10],
            str(standing),
            whys,
            round(how, 3),
            place,
            near.sentences,
            near.verdict,
            near.reason,
        )
