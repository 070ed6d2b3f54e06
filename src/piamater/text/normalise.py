"""Normalisation: one canonical form of text, every step of which keeps a map to the original.

Steps, in order: line ends; lone surrogates; control characters; bidirectional controls and
zero-width characters (joiners stay within Indic script, where they change how a word is drawn);
Unicode NFC; white space to single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""A stretch of the text (start, end) and what stands in its place."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and where it came from.

    ``breaks`` are (offset here, offset in the original) pairs, one for every place where the
    distance between the two changes; between breaks both advance together.
    """

    text: str
    length: int
    breaks: tuple[tuple[int, int], ...] = ((0, 0),)

    def to_original(self, offset: int) -> int:
        """The offset in the original of an offset in ``text``, both in code points.

        Raises:
            ValueError: the offset lies outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} lies outside a text of {len(self.text)}")
        at = bisect_right(self.breaks, offset, key=lambda one: one[0]) - 1
        here, there = self.breaks[at]
        limit = self.breaks[at + 1][1] if at + 1 < len(self.breaks) else self.length
        return min(there + offset - here, limit)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` was made from."""
        if start == end:
            at = self.to_original(start)
            return at, at
        last = self.to_original(end - 1)
        return self.to_original(start), max(last + 1, self.to_original(end))


_DIRTY = re.compile(
    r"[^\S ]|^ |  | $|[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What any of the steps but composition would change; joiners are looked at one by one."""


_HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def clean(text: str) -> str:
    """What ``normalise(text).text`` gives, faster, where nobody asks for the map."""
    if not _HIDDEN.search(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return " ".join(text.split())
    return normalise(text).text


def normalise(text: str) -> Normalised:
    """The canonical form of a text, with its map; idempotent."""
    if not _DIRTY.search(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return Normalised(text, len(text))
    result = Normalised(text, len(text))
    for step in STEPS:
        edits = [one for one in step(result.text) if result.text[one[0] : one[1]] != one[2]]
        if edits:
            result = _applied(result, edits)
    return result


def _applied(before: Normalised, edits: list[Edit]) -> Normalised:
    """A text after its edits, in order, with the map carried on."""
    pieces: list[str] = []
    breaks: list[tuple[int, int]] = []
    length = at = 0

    def mark(here: int, there: int) -> None:
        if breaks and breaks[-1][0] == here:
            breaks[-1] = (here, there)
        else:
            breaks.append((here, there))

    def keep(start: int, end: int) -> None:
        nonlocal length
        if start == end:
            return
        mark(length, before.to_original(start))
        first = bisect_right(before.breaks, start, key=lambda one: one[0])
        last = bisect_left(before.breaks, end, lo=first, key=lambda one: one[0])
        for here, there in before.breaks[first:last]:
            mark(length + here - start, there)
        pieces.append(before.text[start:end])
        length += end - start

    for start, end, new in edits:
        keep(at, start)
        for number, char in enumerate(new):
            mark(length, before.to_original(min(start + number, max(end - 1, start))))
            pieces.append(char)
            length += 1
        at = end
    keep(at, len(before.text))
    mark(length, before.length)
    return Normalised("".join(pieces), before.length, tuple(breaks))


def _replacing(pattern: str, new: str) -> Callable[[str], Iterable[Edit]]:
    """A step that puts ``new`` in the place of every match."""
    compiled = re.compile(pattern)
    return lambda text: ((m.start(), m.end(), new) for m in compiled.finditer(text))


_INDIC = r"[\u0900-\u0dff]"
_JOINERS = re.compile(rf"(?<!{_INDIC})[\u200c\u200d]+|[\u200c\u200d]+(?!{_INDIC}|$|\s)")


def _joiners(text: str) -> Iterable[Edit]:
    """Joiners outside Indic script go."""
    return ((m.start(), m.end(), "") for m in _JOINERS.finditer(text))


_WORD = re.compile(r"\S+")


def _composed(text: str) -> Iterable[Edit]:
    """Canonical composition, word by word: nothing composes with white space."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _WORD.finditer(text):
        word = match.group()
        if not unicodedata.is_normalized("NFC", word):
            for start, end, new in _clusters(word):
                yield match.start() + start, match.start() + end, new


def _clusters(text: str) -> Iterable[Edit]:
    """Stretches that compose on their own: each begins with a character that starts anew."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (
            unicodedata.combining(text[at]) == 0
            and unicodedata.normalize("NFC", text[start : at + 1])
            == unicodedata.normalize("NFC", text[start:at]) + unicodedata.normalize("NFC", text[at])
        ):
            cluster = text[start:at]
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                yield start, at, composed
            start = at


def _spaces(text: str) -> Iterable[Edit]:
    """Every run of white space becomes one space; none stays at the ends."""
    for match in re.finditer(r"\s+", text):
        edge = match.start() == 0 or match.end() == len(text)
        yield match.start(), match.end(), "" if edge else " "


STEPS: tuple[Callable[[str], Iterable[Edit]], ...] = (
    _replacing(r"\r\n?|\u2028|\u2029|\x85", "\n"),
    _replacing(r"[\ud800-\udfff]", "\ufffd"),
    _replacing(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+", " "),
    _replacing(
        r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\ufff9-\ufffb]+", ""
    ),
    _joiners,
    _composed,
    _joiners,
    _composed,
    _spaces,
)
"""The steps of the normalisation, in order."""
