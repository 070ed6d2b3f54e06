"""Picking: passages that a writer may cite, and the exact words that a citation is made of.

A citation holds a source and a quote, no place: it points to the first place where these words
stand. So what is taken here is looked at on the server, and refused where it would not point to
what was chosen.
"""

from __future__ import annotations

from typing import Any

from piamater.corpus import StoredVersion
from piamater.corpus.store import StoredPassage
from piamater.desk.shelf import library, searching
from piamater.errors import InputError, UnknownNameError
from piamater.guides.lint import SHORTEST_QUOTE

FOUND = 12
"""Passages that the picker offers."""

LONGEST = 2_000
"""Code points that a quote has at most."""

AROUND = 600
"""Code points shown before and after a passage, to choose other words."""


def offered(words: str) -> list[dict[str, Any]]:
    """Passages of the library for these words; one that may not be cited says why."""
    from piamater.search import build_query
    from piamater.search.contract import keys
    from piamater.text.language import identify_question

    vocabulary, index = searching()
    query = build_query(words, identify_question(words), vocabulary, index)
    hits = index.search(query, FOUND)
    corpus = library().corpus
    versions = corpus.by_numbers(sorted({one.number for one in hits}))
    return [
        _offer(one, versions[one.number])
        for one in corpus.passages(keys(hits))
        if one.number in versions
    ]


def _offer(one: StoredPassage, version: StoredVersion) -> dict[str, Any]:
    judged = library().judge(version)
    text = library().corpus.text(version.source, version.version)
    first, last = max(0, one.start - AROUND), one.end + AROUND
    return {
        "source": version.source,
        "version": version.version,
        "title": version.record.title,
        "kind": version.record.kind.value,
        "standing": judged.standing.value,
        "refused": _refusal(version),
        "section": " › ".join(one.path),
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "around": text[first:last],
        "first": first,
    }


def _refusal(version: StoredVersion) -> str:
    """Why a source may not be cited today; empty where it may."""
    judged = library().judge(version)
    if judged.standing.citable:
        return ""
    reason = f": {judged.reason}" if judged.reason else ""
    return f"It may not be cited, it is {judged.standing.value}{reason}."


def cited(source: str, version: str, start: int, end: int) -> dict[str, Any]:
    """The words of a version of a source from ``start`` to ``end``, as a citation holds them.

    Raises:
        InputError: they cannot be cited; it says why, and what can.
    """
    try:
        held = library().corpus.version(source, version)
    except UnknownNameError as error:
        raise InputError(
            "the library holds no such source", where=source, todo="search again"
        ) from error
    if refused := _refusal(held):
        raise InputError(refused.rstrip("."), where=source, todo="cite another source")
    text = library().corpus.text(source, version)
    quote = text[start:end] if 0 <= start < end <= len(text) else ""
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    if len(quote) < SHORTEST_QUOTE:
        raise InputError(
            f"“{quote}” is too short to show anything",
            where=source,
            todo=f"choose {SHORTEST_QUOTE} signs or more",
        )
    if len(quote) > LONGEST or "\n" in quote or "\r" in quote:
        raise InputError(
            "a quote stands on one line of its source, with no break in it"
            if len(quote) <= LONGEST
            else f"a quote has {LONGEST} signs at most",
            where=source,
            todo="choose words of one paragraph; cite the next one by itself",
        )
    if text.find(quote) != start:
        raise InputError(
            f"these words stand {text.count(quote)} times in the source, and a citation would "
            "point to another place",
            where=source,
            todo="choose some words more, before or after them",
        )
    return {"source": source, "quote": quote, "start": start, "end": start + len(quote)}
