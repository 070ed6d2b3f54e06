"""Candidate: a document that a person should look at for a guide, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from piamater.sources import Kind
from piamater.watch.nearest import Verdict
from piamater.watch.topic import Said

WHYS = (
    "retracted",
    "withdrawn",
    "superseded",
    "concern",
    "corrected",
    "new-version",
    "same-work",
    "cites",
    "topic",
)
"""Why a document is a candidate, the most pressing first.

The first six are about a source that the guide cites. ``same-work``: it is the work behind a
source that the guide cites; ``cites``: its references name one; ``topic``: it is about the guide's
topic.
"""

_STRENGTH = {kind: place for place, kind in enumerate(Kind)}
"""Kinds of evidence in the order of DESIGN: a guideline before a case report."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: its kind (one of ``WHYS``), the source or notice that it is about, its date."""

    kind: str
    about: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A quote at its place: ``text[start:end]`` of that version of the source is ``quote``."""

    source: str
    version: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new or changed document, with what speaks for looking at it.

    ``number`` is its number in the corpus, ``added`` the day it was taken in. ``score`` says how
    much it is about the topic (0 to 1). ``passage`` is what comes closest to what the guide says,
    ``sentences`` the guide's claims closest to that. ``verdict`` is a proposal, ``reason`` what it
    rests on.
    """

    source: str
    version: str
    number: int
    title: str
    kind: str
    published: str
    url: str
    added: str
    standing: str
    why: tuple[Why, ...]
    score: float
    passage: Place | None
    sentences: tuple[Said, ...]
    verdict: Verdict
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        form = {
            name: getattr(self, name)
            for name in (
                "source", "version", "title", "kind", "published", "url", "added", "standing",
                "score", "verdict", "reason",
            )
        }  # fmt: skip
        form["why"] = [{"kind": o.kind, "about": o.about, "on": o.on} for o in self.why]
        place = self.passage
        form["passage"] = place and {
            name: getattr(place, name) for name in ("source", "version", "start", "end", "quote")
        }
        form["sentences"] = [
            {"block": one.block, "language": one.language, "text": one.text}
            for one in self.sentences
        ]
        return form


def together(whys: Iterable[Why]) -> tuple[Why, ...]:
    """Reasons, each once, without those that another of the same kind tells more of."""
    each = dict.fromkeys(whys)
    told = {one.kind for one in each if one.about or one.on}
    return tuple(one for one in each if one.about or one.on or one.kind not in told)


def ordered(some: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The most pressing first: why, contradictions, how much it is on the topic, kind, date."""
    return tuple(sorted(sorted(some, key=lambda one: one.published, reverse=True), key=_rank))


def _rank(one: Candidate) -> tuple[int, bool, float, int]:
    return (
        min(WHYS.index(why.kind) for why in one.why),
        one.verdict != "contradicts",
        -round(one.score, 1),
        _STRENGTH[Kind(one.kind)],
    )
