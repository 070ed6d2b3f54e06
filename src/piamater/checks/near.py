"""Near: the stretches of a text around a few telling words, for patterns to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def windows(text: str, hints: Iterable[str], before: int, behind: int) -> Iterator[tuple[int, int]]:
    """Stretches around every place of the hints, in order, those that touch joined.

    Finding plain strings costs next to nothing beside a pattern with many branches.
    """
    places: list[int] = []
    for hint in hints:
        at = text.find(hint)
        while at >= 0:
            places.append(at)
            at = text.find(hint, at + 1)
    start = end = -1
    for place in sorted(places):
        if place - before > end:
            if end >= 0:
                yield start, end
            start = max(0, place - before)
        end = place + behind
    if end >= 0:
        yield start, min(end, len(text))
