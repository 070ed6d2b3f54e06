"""TX015: a label with nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_IDENTIFIER = re.compile(
    r"\b(?:doi\s*:(?!\s*(?:https?://\S*)?10\.)(?!\s*https?://)|pmid\s*:(?!\s*\d)"
    r"|pmcid\s*:(?!\s*pmc\d)|"
    r"isbn\s*:(?!\s*[\d-])|issn\s*:(?!\s*[\dx-]))\s*",
)
_LABEL = re.compile(
    r"^(?:(?:last|next|date) (?:review(?:ed)?|updated?|modified)(?: due| date)?|review "
    r"date|published(?: on)?|"
    r"publication date|reviewed by|medically reviewed by|written by|by|authors?"
    r"|reviewers?|editors?|"
    r"e-?mail|phone|telephone|tel|fax|emergency (?:number|phone)|version|funding|"
    r"(?:ultima|proxima) revision|ultima actualizacion|revisado por|escrito por|por|autor(?:es|a)?|"
    r"fecha de publicacion|telefono|correo(?: electronico)?|financiacion|"
    r"সর্বশেষ (?:পর্যালোচনা|হালনাগাদ)|পরবর্তী পর্যালোচনা|লেখক|পর্যালোচনা|পর্যালোচক|ফোন"
    r"|ইমেইল|অর্থায়ন|"
    r"অর্থায়ন)\s*[:：]\s*[-–—.]?\s*$"
)


def check(page: Page) -> Iterator[Hit]:
    """Identifiers without a number, and labels of who, when and where that end their block."""
    some = blocks(page)
    for block, after in zip(some, [*some[1:], None], strict=False):
        plain = fold(block.text)
        if ":" in plain:
            for match in _IDENTIFIER.finditer(plain):
                yield _hit(page, block, match.start(), match.end())
        if len(plain) < 60 and _LABEL.match(plain) and (after is None or _is_other(after)):
            yield _hit(page, block, 0, len(plain.rstrip()))


def _is_other(after: Block) -> bool:
    """Whether what follows is not the label's value: a heading, or another label."""
    return after.heading or ":" in after.text[:40]


def _hit(page: Page, block: Block, start: int, end: int) -> Hit:
    start, end = block.start + start, block.start + end
    label = page.text[start:end].strip()
    behind = page.text[end : end + 20].split("\n")[0]
    return Hit(
        start,
        start + len(label),
        f'"{label}" is followed by {chr(34) + behind + chr(34) if behind else "nothing"}',
        "write the value, or leave the label out",
    )


RULE = Rule(
    "TX015",
    "label-without-value",
    Severity.WARNING,
    "A label stands without its value.",
    "A reader who wants to look the work up, ring, or see the date finds nothing.",
    "HONcode principles, attribution and transparency, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example(
        "Wexford fever\n\nArcher B. PMID: 123456 DOI: OPEN ACCESS\n\nThe fever is mild and "
        "short.\n",
        "page.txt",
    ),
    Example(
        "Wexford fever\n\nArcher B. PMID: 123456 DOI: 10.1000/182\n\nThe fever is mild and "
        "short.\n",
        "page.txt",
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages, 2 on JATS articles, 2026-11-21",
)
