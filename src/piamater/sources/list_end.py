"""Where a reference list ends: at the lines that say who wrote the page, when, and who paid."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from piamater.text import normalise

_REFERENCE = re.compile(
    r"\b10\.\d{4,9}/|\bhttps?://|\bwww\.|\bet al\b|\bPMID\b|\bISBN\b"
    r"|(?:^|[\s(;,.])(?:19|20)\d\d[a-z]?\s*[).;:,]|\b\d+\s?\(\d+\)\s?:\s?\w?\d",
    re.IGNORECASE,
)
"""What an entry of a list has: an address, a year set off as in a reference, volume and pages."""
_SHORT = 60
"""Characters of a line without a stop that may be a heading within the list."""


def begins_credits(text: str) -> bool:
    """Whether a line begins as those do that tell a page's writers, reviewers, dates or funds."""
    return bool(_labels().match(normalise(text).text))


def ends_list(text: str, *, listed: bool) -> bool:
    """Whether a line behind entries of a reference list belongs to the list no more.

    ``listed``: the entries before were items of a list and the line is none, so that whatever
    does not read as an entry, or as a heading of further ones, ends it.
    """
    if begins_credits(text):
        return True
    bare = text.strip()
    if not listed or _REFERENCE.search(bare) or bare.endswith(":"):
        return False
    return len(bare) >= _SHORT or bare.endswith((".", "!", "?", "।"))


@cache
def _labels() -> re.Pattern[str]:
    text = (files("piamater.sources") / "data" / "list_ends.toml").read_text("utf-8")
    patterns = [each for one in tomllib.loads(text)["ends"] for each in one["patterns"]]
    joined = "|".join(normalise(one).text for one in patterns)
    return re.compile(rf"[\s*_•·–—-]*(?:{joined})", re.IGNORECASE)
