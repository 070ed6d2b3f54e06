"""What changed between two editions of a guide, block by block and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from piamater.guides.model import Block, Guide

_WORDS = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: ``op`` is ``same``, ``gone`` or ``new``."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that was ``added``, ``removed`` or ``changed``, with its words."""

    id: str
    heading: str
    what: str
    words: tuple[Change, ...]


def differences(before: Guide | None, after: Guide) -> list[BlockChange]:
    """The blocks in which two versions of a guide differ, in the later one's order.

    The words of both joined with ``same`` and ``new`` give the later text; with ``same`` and
    ``gone`` the earlier one.
    """
    old = {one.id: one for one in before.blocks} if before else {}
    new = {one.id for one in after.blocks}
    found = []
    for block in after.blocks:
        if block.id not in old:
            found.append(
                BlockChange(block.id, block.heading, "added", (Change("new", _text(block)),))
            )
        elif old[block.id].hash != block.hash:
            words = tuple(words_changed(_text(old[block.id]), _text(block)))
            found.append(BlockChange(block.id, block.heading, "changed", words))
    for name, block in old.items():
        if name not in new:
            found.append(
                BlockChange(name, block.heading, "removed", (Change("gone", _text(block)),))
            )
    return found


def _text(block: Block) -> str:
    return "\n\n".join([block.heading, *(one.source for one in block.parts)])


def words_changed(before: str, after: str) -> Iterator[Change]:
    """One text beside another, word by word: ``same`` and ``new`` joined give the later one."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Change("same", "".join(old[a:b]))
            continue
        if gone := "".join(old[a:b]):
            yield Change("gone", gone)
        if come := "".join(new[c:d]):
            yield Change("new", come)
