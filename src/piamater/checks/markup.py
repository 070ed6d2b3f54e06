"""Markup: the stretches of an original that are not read as they stand: tags, comments, entities.

One walk through the text: where an end is missing, it is looked for once, not again at each start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum


class Kind(StrEnum):
    """How an original is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    MARKUP = "markup"


_ENTITY = r"(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)"
_STARTS = {
    Kind.MARKUP: re.compile(
        rf"<!--|<(?P<whole>script|style)\b|</?[a-zA-Z]|<[!?]|{_ENTITY}", re.IGNORECASE
    ),
    Kind.MARKDOWN: re.compile(
        rf"<!--|</?[a-zA-Z]|(?P<target>(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\")?\))|{_ENTITY}"
    ),
}


class _Ends:
    """The next place of each of some strings, looked for again only when it has been passed."""

    def __init__(self, text: str) -> None:
        low = text.lower()
        # Offsets must stay those of the text; there are letters whose small form is two.
        self._low = low if len(low) == len(text) else "".join(map(_small, text))
        self._known: dict[str, int] = {}

    def behind(self, what: str, at: int) -> int:
        """Where a string (in small letters) next begins; the length of the text for nowhere."""
        found = self._known.get(what, -1)
        if found < at:
            found = self._low.find(what, at)
            self._known[what] = found = found if found >= 0 else len(self._low)
        return found


def hidden(text: str, kind: Kind) -> Iterator[tuple[int, int, bool]]:
    """The stretches that are not read as they stand, in order, and whether each is an entity."""
    starts = _STARTS.get(kind)
    if starts is None:
        return
    ends = _Ends(text)
    at = 0
    while match := starts.search(text, at):
        named = match.groupdict()
        if named["entity"] or named.get("target"):
            end = match.end()
        else:
            end = _end(match, ends, len(text), kind, named.get("whole"))
        if end:
            yield match.start(), end, bool(named["entity"])
        at = end or match.end()


def _small(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def _end(match: re.Match[str], ends: _Ends, length: int, kind: Kind, whole: str | None) -> int:
    """Where what begins with a tag or a comment ends; 0 where it does not."""
    if match[0] == "<!--":
        found = ends.behind("-->", match.end())
        if found < length:
            return found + len("-->")
        if kind is Kind.MARKDOWN:
            return 0
    if whole:
        close = ends.behind(f"</{whole.lower()}", match.end())
        found = ends.behind(">", close) if close < length else length
        if found < length:
            return found + 1
    found = ends.behind(">", match.end())
    if found >= length or (kind is Kind.MARKDOWN and ends.behind("\n", match.end()) < found):
        return 0
    return found + 1
