"""Sniffing: how much of a file is looked at, and which readers are asked first."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = 4096
"""How many bytes of a file a reader sees when it is asked whether the file is its own."""

_NARROW = (
    "note",
    "medquad",
    "jats",
    "pubmed",
    "pubmedqa",
    "docx",
    "pdf",
    "html",
)
_WIDE = ("markdown", "plain")


def narrow_first(names: Iterable[str]) -> list[str]:
    """Readers' names in the order in which they are asked.

    Those that a plug-in brings come first, then the narrow formats, and last the two that would
    read almost any text.
    """
    order = {name: place for place, name in enumerate((*_NARROW, *_WIDE))}
    return sorted(names, key=lambda name: (order.get(name, -1), name))
