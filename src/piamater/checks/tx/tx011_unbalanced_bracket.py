"""TX011: a bracket or quotation mark that is opened and not closed, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.tx.damage import is_damaged
from piamater.text import Form, Mark

_MARKS = re.compile(r"[()\[\]{}“”«»]")
_NO_MARK = re.compile(
    r"(?:^|(?<=[\s;:,.(]))(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\))(?=\s|$)|[:;]-?[()]|\(\d+,\s?\d+\]|\[\d+,\s?\d+\)"
)
_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«"}
NEAR = 5
"""Paragraphs over which a bracket may reach; asides of several are set in one pair."""
SHOWN = (Mark.CONTENT, Mark.FURNITURE)
FORMS = (Form.SENTENCE, Form.ITEM, Form.CAPTION)


def check(page: Page) -> Iterator[Hit]:
    """The first mark in each paragraph that has no partner, there or in one near."""
    some = [one for one in blocks(page) if not one.heading and one.form in FORMS]
    alone = [_alone(one) if one.mark in SHOWN else None for one in some]
    for number, (block, at) in enumerate(zip(some, alone, strict=True)):
        if at is None or is_damaged(page, block.start, block.end):
            continue
        mark = block.text[at]
        beside = (
            range(number - 1, number - 1 - NEAR, -1)
            if mark in _PAIRS
            else range(number + 1, number + 1 + NEAR)
        )
        if any(0 <= one < len(some) and _closes(some[one], alone[one], mark) for one in beside):
            continue
        start = block.start + at
        said = page.text[max(block.start, start - 25) : min(block.end, start + 26)]
        yield Hit(
            start,
            start + 1,
            f'"{mark}" has no partner in "{said}"',
            "close it, open it, or take it out; see that nothing between was lost",
        )


def _closes(block: Block, at: int | None, mark: str) -> bool:
    """Whether the mark that stands alone in a block beside is the partner."""
    other = block.text[at] if at is not None else ""
    return _PAIRS.get(other) == mark or _PAIRS.get(mark) == other != ""


def _alone(block: Block) -> int | None:
    """The offset of the first mark without a partner."""
    text = block.text
    if not _MARKS.search(text):
        return None
    markers = {at for one in _NO_MARK.finditer(text) for at in range(one.start(), one.end())}
    waiting: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if at in markers and not (mark in _PAIRS and waiting):
            continue
        if mark not in _PAIRS:
            waiting.append((mark, at))
        elif waiting and waiting[-1][0] == _PAIRS[mark]:
            waiting.pop()
        elif any(one == _PAIRS[mark] for one, _ in waiting):
            return waiting[-1][1]
        else:
            return at
    return waiting[0][1] if waiting else None


RULE = Rule(
    "TX011",
    "unbalanced-bracket",
    Severity.INFO,
    "A bracket or quotation mark has no partner.",
    "Where it was lost, words may have been lost with it.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\nThe rash (which is flat fades in a week.\n"),
    Example("# Wexford fever\n\nThe rash (which is flat) fades in a week.\n"),
    page=check,
    precision=1.0,
    reviewed="all 18 on PDQ, 13 on MedQuAD, 2026-11-21",
)
