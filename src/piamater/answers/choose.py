"""Choosing: from weighed evidence to the statements of each section, each thing told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from piamater.answers.evidence import Evidence
from piamater.sources import Kind
from piamater.text import Form

SAME = 0.75
"""Two passages whose terms overlap this much (Jaccard) say the same."""

MOST_SENTENCES = 5
MOST_IN_LISTS = 24
MOST_SOURCES_A_GROUP = 6

GROUPS = ("guideline", "research", "patient", "reference", "case")
"""The groups of an answer, in the order they are told."""

_GROUP = {
    Kind.GUIDELINE: "guideline",
    Kind.SYSTEMATIC_REVIEW: "research",
    Kind.TRIAL: "research",
    Kind.COHORT: "research",
    Kind.NARRATIVE_REVIEW: "research",
    Kind.PATIENT_INFORMATION: "patient",
    Kind.CASE_REPORT: "case",
    Kind.DRUG_LABEL: "reference",
    Kind.REFERENCE: "reference",
    Kind.ANSWER_PAGE: "reference",
}


@dataclass(slots=True)
class Point:
    """One thing to be told: the evidence that says it best, and all that says the same."""

    best: Evidence
    others: list[Evidence] = field(default_factory=list)

    @property
    def evidence(self) -> list[Evidence]:
        """All evidence for the point, the best first."""
        return [self.best, *self.others]


def group_of(evidence: Evidence) -> str:
    """The group a passage is told under: its source's, or what an answer page's heading says."""
    record = evidence.found.version.record
    if record.kind is Kind.ANSWER_PAGE:
        over = " ".join(evidence.found.passage.path).lower()
        for words, group in (("guideline", "guideline"), ("research", "research"),
                             ("case", "case"), ("patient", "patient")):  # fmt: skip
            if f"from the {words}" in over or f"from {words}" in over:
                return group
    return _GROUP[record.kind]


def choose(evidence: Sequence[Evidence], floor: float, listed: bool) -> dict[str, list[Point]]:
    """The points of each group, best first: at most a screenful, none told twice.

    ``floor`` is the least score; ``listed`` lets lists through whole, for questions that a list
    answers.
    """
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        if one.score >= floor and not _only_leads(one):
            groups[group_of(one)].append(one)
    found = {name: _points(groups[name], listed) for name in GROUPS if groups[name]}
    return {name: points for name, points in found.items() if points}


def _only_leads(one: Evidence) -> bool:
    """Whether a passage only introduces a list: it is told as the context of the items."""
    passage = one.found.passage
    return passage.form is Form.SENTENCE and passage.text.rstrip().endswith(":")


def _points(evidence: Iterable[Evidence], listed: bool) -> list[Point]:
    """Merge what says the same, then keep the best of sentences and of lists."""
    points: list[Point] = []
    sentences = items = 0
    sources: set[str] = set()
    for one in evidence:
        if same := _same(one, points):
            if all(one.key != other.key for other in same.evidence) and len(same.others) < 4:
                same.others.append(one)
            continue
        source = one.found.version.source
        in_list = one.found.passage.form in (Form.ITEM, Form.ROW)
        if source not in sources and len(sources) >= MOST_SOURCES_A_GROUP:
            continue
        if in_list and (not listed or items >= MOST_IN_LISTS):
            continue
        if not in_list and sentences >= MOST_SENTENCES:
            continue
        items, sentences = items + in_list, sentences + (not in_list)
        sources.add(source)
        points.append(Point(one))
    return _in_reading_order(points)


def _same(one: Evidence, points: Sequence[Point]) -> Point | None:
    """The point that says the same, if one does."""
    for point in points:
        terms = point.best.terms
        both = len(terms & one.terms)
        if both and both / len(terms | one.terms) >= SAME and _polarity_agrees(one, point.best):
            return point
    return None


_NOT = frozenset({"no", "not", "without", "never", "sin", "nunca", "ninguna", "না", "নেই", "নয়"})


def _polarity_agrees(one: Evidence, other: Evidence) -> bool:
    """Whether both deny or both affirm: "is" and "is not" never merge; nor do other numbers."""
    texts = (one.found.passage.text, other.found.passage.text)
    words = [set(text.lower().split()) for text in texts]
    numbers = [{w.strip(".,;:()%") for w in each if any(c.isdigit() for c in w)} for each in words]
    return bool(words[0] & _NOT) == bool(words[1] & _NOT) and numbers[0] == numbers[1]


def _in_reading_order(points: list[Point]) -> list[Point]:
    """Points of one document and section together, in its order, where the best of them stood."""
    place: dict[tuple[int, int], int] = {}
    for rank, point in enumerate(points):
        passage = point.best.found.passage
        place.setdefault((passage.number, passage.section), rank)
    return sorted(
        points,
        key=lambda point: (
            place[point.best.found.passage.number, point.best.found.passage.section],
            point.best.found.passage.position,
        ),
    )
