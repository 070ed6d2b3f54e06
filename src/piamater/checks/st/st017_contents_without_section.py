"""ST017: an entry of the table of contents that no section answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form
from piamater.vocabulary.fold import fold

_CONTENTS = re.compile(
    r"^(?:table of contents|contents|(?:on|in) this (?:page|guide|article)|page contents|jump to|"
    r"en esta (?:pagina|guia)|indice|contenidos?|tabla de contenidos?|সূচিপত্র|এই পাতায়|এই পাতায়|বিষয়সূচি|"
    r"বিষয়সূচি)\s*:?$"
)
_LONGEST = 40
"""Characters of a heading over a table of contents."""
_WORD = re.compile(r"[\w\u0980-\u09ff]{3,}")


def check(page: Page) -> Iterator[Hit]:
    """Items behind such a heading whose words no heading of the page has."""
    some = blocks(page)
    for number, block in enumerate(some):
        if len(block.text) > _LONGEST or not _CONTENTS.match(fold(block.text).strip()):
            continue
        headings = [_words(one.text) for one in some if one.heading]
        entries = _entries(some[number + 1 :])
        missing = [one for one in entries if not _has(_words(one.text), headings)]
        if not entries or 2 * len(missing) > len(entries):
            continue
        for one in missing:
            yield Hit(
                one.start,
                one.end,
                f'no section of the page is "{one.text.strip()}"',
                "write the section, or take the entry out of the contents",
            )


def _entries(behind: tuple[Block, ...]) -> list[Block]:
    out = []
    for one in behind:
        if one.heading or one.form is not Form.ITEM:
            break
        out.append(one)
    return out


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _has(entry: frozenset[str], headings: list[frozenset[str]]) -> bool:
    """Whether a heading has half of an entry's words, or the entry half of the heading's."""
    return not entry or any(
        2 * len(entry & one) >= min(len(entry), len(one)) > 0 for one in headings
    )


RULE = Rule(
    "ST017",
    "contents-without-section",
    Severity.WARNING,
    "The table of contents has an entry that no section answers.",
    "A reader who came for that section looks for it in vain.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example(
        "# Rash\n\n## Contents\n\n- Symptoms\n- Treatment\n- Outlook\n\n## Symptoms\n\nA rash."
        "\n\n## Treatment\n\nRest.\n"
    ),
    Example(
        "# Rash\n\n## Contents\n\n- Symptoms\n- Treatment\n\n## Symptoms\n\nA rash.\n\n"
        "## Treatment\n\nRest.\n"
    ),
    page=check,
)
