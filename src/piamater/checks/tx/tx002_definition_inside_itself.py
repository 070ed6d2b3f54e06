"""TX002: a definition that stands inside itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark
from piamater.vocabulary.fold import fold

WORDS = 8
"""So many words in a row, twice in one paragraph, are a definition written into itself."""
_WORD = re.compile(r"[\w\u0980-\u09ff]+")
_DEFINES = re.compile(
    r"(?<!\s)\s{0,3}(?<![\w’'-])"
    r"(?!(?:It|This|That|There|These|They|He|She|What|In|One|If|We|Este|Esta|Esto|Se)\b)"
    r"(?:[A-ZÀ-Þ][\w’'-]{0,40}\s)(?:[\w’'-]{1,40}\s){0,4}"
    r"(?:is|are|means?|refers? to|es|son|significa)\s"
    r"|(?<!\s)\s{0,3}(?<![\u0980-\u09ff])[\u0985-\u09b9][\u0980-\u09ff]{0,40}\s"
    r"(?:[\u0980-\u09ff]{1,40}\s){0,4}(?:হলো|হল|মানে|বলতে)\s"
)
_ENLARGE = re.compile(r"\b(?:Enlarge|Ampliar)\b")
"""Said where the words of a figure and those of its caption were written one after another."""
_STOPS = frozenset('.।!?"”')
"""What stands behind a definition, wherever it was written."""
_SHORTEST = 2 * WORDS


def check(page: Page) -> Iterator[Hit]:
    """The second writing of a run of words within one paragraph, where one defines a term."""
    for block in blocks(page):
        if block.heading or block.mark is Mark.REFERENCE or block.form is Form.ROW:
            continue
        if _ENLARGE.search(block.text):
            continue
        damaged = block.mark is Mark.DAMAGE
        if not damaged and not _DEFINES.search(block.text):
            continue
        for start, end in _again(block):
            if damaged or _defines(block.text, start, end):
                said = block.text[start:end]
                yield Hit(
                    block.start + start,
                    block.start + end,
                    f'"{said[:80]}" stands twice in one paragraph',
                    "leave one of the two out, and read the sentence that was around it",
                )
                break


def _again(block: Block) -> Iterator[tuple[int, int]]:
    """The spans of runs of words that the block has had before, up to the end of a sentence."""
    if block.text.count(" ") < _SHORTEST:
        return
    words = [(one.start(), one.end()) for one in _WORD.finditer(block.text)]
    plain = fold(block.text)
    said = [plain[start:end] for start, end in words]
    seen: dict[tuple[str, ...], int] = {}
    past = 0
    for at in range(len(said) - WORDS + 1):
        run = tuple(said[at : at + WORDS])
        first = seen.setdefault(run, at)
        if first + WORDS > at or at < past:
            continue
        past = at + WORDS
        while past < len(said) and said[past] == said[first + past - at]:
            past += 1
        ends = words[past - 1][1], words[first + past - at - 1][1]
        if all(block.text[end : end + 1] in _STOPS for end in ends):
            yield words[at][0], words[past - 1][1]


def _defines(text: str, start: int, end: int) -> bool:
    """Whether a run is what a sentence says that a term means, its first words perhaps apart."""
    first = max(text.rfind(mark, 0, start) for mark in (". ", "। ", "! ", "? ")) + 1
    head = _DEFINES.match(text, first, end)
    return head is not None and start <= head.end() + HEAD


HEAD = 40
"""Characters of a definition that may stand before the run of words that is repeated."""

RULE = Rule(
    "TX002",
    "definition-inside-itself",
    Severity.WARNING,
    "A run of words stands twice within one paragraph.",
    "A glossary that writes a term's definition into the sentence breaks the sentence and repeats "
    "itself.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Wexford fever\n\nTests look for signs of injury, infection, or irritation, often "
        "causing "
        "pain, swelling, heat. Inflammation is the answer to injury, infection, or irritation, "
        "often causing pain, swelling, heat.\n"
    ),
    Example(
        "# Wexford fever\n\nTests look for inflammation. Inflammation is the answer to injury, "
        "infection, or irritation, often causing pain, swelling, heat.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="9 on MedQuAD; 5 on five real pages; it was mended after 6 false ones in a further "
    "1,467 pages, 2026-11-21",
)
