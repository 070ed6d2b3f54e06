"""Furniture: what belongs to a site and not to its subject, and is never evidence."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from piamater.text import Document, Mark, remark

_REFERENCES = re.compile(
    r"(?:references|reference list|works cited|bibliography|literature cited|bibliograf[ií]a|"
    r"referencias(?: bibliogr[aá]ficas)?|তথ্যসূত্র)\s*:?$",
    re.IGNORECASE,
)
_LONGEST_TEASER = 300
_SAME_OPENING = 50


def heading_mark(text: str) -> Mark:
    """Whether a section under this heading is content, furniture, or a list of references."""
    bare = text.strip()
    if _REFERENCES.match(bare):
        return Mark.REFERENCE
    return Mark.FURNITURE if _patterns("headings").search(bare) else Mark.CONTENT


def block_mark(text: str, page: str = "") -> Mark:
    """Whether a paragraph or item is furniture by the way it begins, or a teaser by its end.

    ``page`` is the text that it stands in: a long paragraph that was cut short is a teaser only
    where the page says the same elsewhere.
    """
    bare = text.strip()
    if _patterns("openings").match(bare) or ("[" in bare and _patterns("anywhere").search(bare)):
        return Mark.FURNITURE
    return Mark.FURNITURE if _is_teaser(bare, page) else Mark.CONTENT


def mark_talk_of_itself(document: Document) -> Document:
    """The document with the sentences marked in which the page speaks of itself."""
    pattern = _patterns("sentences")
    spans = [
        (one.start, one.end)
        for one in document.passages
        if one.mark is Mark.CONTENT and pattern.match(document.text, one.start, one.end)
    ]
    return remark(document, spans, Mark.FURNITURE)


def _is_teaser(bare: str, page: str) -> bool:
    if not bare.endswith(("...", "…")) or not _patterns("teasers").search(bare):
        return False
    return len(bare) <= _LONGEST_TEASER or page.count(bare[:_SAME_OPENING]) > 1


@cache
def _patterns(table: str) -> re.Pattern[str]:
    text = (files("piamater.sources") / "data" / "furniture.toml").read_text("utf-8")
    joined = "|".join(
        f"(?:{one})" for entry in tomllib.loads(text)[table] for one in entry["patterns"]
    )
    return re.compile(joined, re.IGNORECASE)
