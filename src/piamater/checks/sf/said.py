"""What sentences say: a phrase that a sentence does not deny."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = re.compile(r"[.;!?।]\s|\n")


def undenied(
    said: str, words: re.Pattern[str], denied: re.Pattern[str], *, whole: bool = False
) -> Iterator[re.Match[str]]:
    """Where folded words stand in a part of a sentence that does not deny them.

    ``whole``: a denial within the words themselves ("put nothing into the mouth") counts too.
    """
    for match in words.finditer(said):
        before = [one.end() for one in _PART.finditer(said, 0, match.start())]
        after = _PART.search(said, match.end())
        start, end = (before[-1] if before else 0), (after.start() + 1 if after else len(said))
        around = (
            said[start : match.start()] + (match[0] if whole else " ") + said[match.end() : end]
        )
        if not denied.search(around):
            yield match
