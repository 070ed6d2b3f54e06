"""Places in a text, counted in bytes of UTF-8 beside code points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from piamater.corpus.tables import Row


def with_bytes(rows: Iterable[Row], text_of: Callable[[int], str]) -> Iterator[Row]:
    """Rows of passages (number, position, start, stop, …), each with its place in bytes behind it.

    They come in order of their numbers, so that each text is asked for once.
    """
    for number, group in groupby(rows, key=itemgetter(0)):
        held = list(group)
        text = text_of(number)
        at = bytes_before(text, {place for row in held for place in row[2:4]})
        for row in held:
            yield (*row, at[row[2]], at[row[3]] - at[row[2]])


def bytes_before(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many bytes of UTF-8 stand before each place of a text, counted in code points."""
    if text.isascii():
        return {place: place for place in places}
    found: dict[int, int] = {}
    last = bytes_ = 0
    for place in sorted(places):
        bytes_ += len(text[last:place].encode("utf-8", "surrogateescape"))
        found[place] = bytes_
        last = place
    return found
