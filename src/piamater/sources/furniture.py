"""Furniture: what belongs to a site and not to its subject, and is never evidence."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from piamater.text import Mark

_REFERENCES = re.compile(
    r"(?:references|bibliography|literature cited|bibliograf[ií]a|"
    r"referencias(?: bibliogr[aá]ficas)?|"
    r"তথ্যসূত্র)\s*:?$",
    re.IGNORECASE,
)


def heading_mark(text: str) -> Mark:
    """Whether a section under this heading is content, furniture, or a list of references."""
    if _REFERENCES.match(text.strip()):
        return Mark.REFERENCE
    return Mark.FURNITURE if _patterns("headings").search(text.strip()) else Mark.CONTENT


def block_mark(text: str) -> Mark:
    """Whether a paragraph or item is furniture by the way it begins, or a teaser by its end."""
    bare = text.strip()
    if (
        _patterns("openings").match(bare)
        or _patterns("teasers").search(bare)
        or ("[" in bare and _patterns("anywhere").search(bare))
    ):
        return Mark.FURNITURE
    return Mark.CONTENT


@cache
def _patterns(table: str) -> re.Pattern[str]:
    text = (files("piamater.sources") / "data" / "furniture.toml").read_text("utf-8")
    joined = "|".join(f"(?:{one})" for one in tomllib.loads(text)[table]["patterns"])
    return re.compile(joined, re.IGNORECASE)
