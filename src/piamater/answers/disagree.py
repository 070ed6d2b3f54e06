"""Disagreements: points of different sources that speak of the same thing and differ.

Two signs are looked for, both in passages that share most of their terms: one affirms what the
other denies, or both give a percentage and the ranges lie apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from piamater.answers.choose import Point
from piamater.answers.evidence import Evidence

ALIKE = 0.55
"""Least overlap of terms, of the shorter passage, for two passages to speak of the same thing."""

_DENIES = re.compile(
    r"\b(?:no|not|never|without|neither|lack(?:s|ed)?|fail(?:s|ed)? to|did not|no se|sin|nunca)\b|"
    r"না(?=[\s।])|নেই|নয়",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(\d+(?:\.\d+)?)\s?%?\s?(?:-|–|to|a|y)\s?(\d+(?:\.\d+)?)\s?%|(\d+(?:\.\d+)?)\s?%"
)


def disagreements(points: Sequence[Point]) -> list[tuple[str, Point, Point]]:
    """Pairs of points that disagree, each with what they disagree about."""
    found = []
    for one, other in combinations(points, 2):
        if one.best.found.version.source == other.best.found.version.source:
            continue
        shared = one.best.terms & other.best.terms
        if len(shared) < 4 or len(shared) < ALIKE * min(len(one.best.terms), len(other.best.terms)):
            continue
        if _opposed(one.best, other.best) or _apart(one.best, other.best):
            found.append((_about(one.best, shared), one, other))
    return found


def _opposed(one: Evidence, other: Evidence) -> bool:
    """Whether one denies and the other does not, in otherwise much the same words."""
    texts = one.found.passage.text, other.found.passage.text
    denies = [bool(_DENIES.search(text)) for text in texts]
    overlap = len(one.terms & other.terms) / max(len(one.terms | other.terms), 1)
    return denies[0] != denies[1] and overlap >= 0.6


def _apart(one: Evidence, other: Evidence) -> bool:
    """Whether both give percentages and none of one's ranges meets one of the other's."""
    first, second = _ranges(one.found.passage.text), _ranges(other.found.passage.text)
    if not first or not second or len(first) != len(second):
        return False
    return all(low > high2 or low2 > high for low, high in first for low2, high2 in second)


def _ranges(text: str) -> list[tuple[float, float]]:
    found = []
    for low, high, single in _PERCENT.findall(text):
        found.append((float(low), float(high)) if low else (float(single), float(single)))
    return found


def _about(evidence: Evidence, shared: frozenset[str]) -> str:
    """The words of a passage that both share, as they stand."""
    from piamater.search.analysis import term_set

    passage = evidence.found.passage
    words = [
        word.strip(".,;:()")
        for word in passage.text.split()
        if term_set(word, passage.language) & shared
    ]
    return " ".join(dict.fromkeys(words[:8]))
