"""ST011: takeaways that tell nothing but the headings of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.headings import heading_kind
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form
from piamater.vocabulary.fold import fold

_TALK = re.compile(
    r"^(?:this|the) (?:article|page|guide|section|post|summary) (?:explains?|describes?|covers?|"
    r"discusses|tells|gives|outlines|provides)\b"
    r"|^(?:este|esta|el|la) (?:articulo|pagina|guia|seccion) (?:explica|describe|cubre"
    r"|trata|ofrece)\b"
    r"|^এই (?:নিবন্ধে?|পাতায়?|পাতায়|নির্দেশিকায়?|নির্দেশিকায়|লেখায়?"
    r"|লেখায়)(?=\s)[^।]*(?:ব্যাখ্যা|আলোচনা|বর্ণনা|জানানো|বলা হয়েছে|বলা হয়েছে)"
)


def check(page: Page) -> Iterator[Hit]:
    """Items of a section of takeaways or of a summary that talk of the page, or are a heading."""
    lists: dict[int, list[Block]] = {}
    some = blocks(page)
    headings = {
        _bare(one.text)
        for one in some
        if one.heading and one.text != page.title and _names_a_part(one.text)
    }
    for one in some:
        if one.form is Form.ITEM and page.kinds[one.section] in ("takeaways", "summary"):
            lists.setdefault(one.section, []).append(one)
    for said in lists.values():
        empty = [one for one in said if _TALK.match(fold(one.text)) or _bare(one.text) in headings]
        if len(empty) < LEAST or 2 * len(empty) < len(said):
            continue
        for block in empty:
            yield Hit(
                block.start,
                block.end,
                f'"{block.text[:90]}" tells what the page has and nothing of what it says',
                "write what a reader should remember: the answer itself, with its number",
            )


_SAYS = re.compile(
    r"\b(?:is|are|was|can|may|has|have|do|does|should|must|will|es|son|puede|pueden|tiene|debe)\b"
)
_MOST = 6
"""Words of a heading that names a part of the page and says nothing."""


def _names_a_part(heading: str) -> bool:
    plain = fold(heading)
    return (
        len(plain.split()) <= _MOST
        and heading_kind(heading) not in ("", "types")
        and not _SAYS.search(plain)
    )


def _bare(text: str) -> str:
    """A heading or an item without its marks, folded."""
    return re.sub(r"[^\w\s]|\bthe\b", "", fold(text)).strip()


LEAST = 2
"""So many empty items make the list empty; one may stand by the way."""

RULE = Rule(
    "ST011",
    "takeaways-repeat-headings",
    Severity.WARNING,
    "The takeaways tell the headings of the page, not what it says.",
    "Many read nothing but the takeaways; here they take away nothing.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example(
        "# Wexford fever\n\n## Key takeaways\n\n- This article explains causes of Wexford fever.\n"
        "- This article explains treatment of Wexford fever.\n\n## Causes\n\nA tick.\n"
    ),
    Example(
        "# Wexford fever\n\n## Key takeaways\n\n- A tick gives the fever.\n- It passes in a week."
        "\n\n## Causes\n\nA tick.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="8 findings on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
