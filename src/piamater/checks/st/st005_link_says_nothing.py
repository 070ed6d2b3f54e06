"""ST005: a link whose words do not say where it leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from piamater.checks.blocks import blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_EMPTY = re.compile(
    r"(?:please )?(?:click|tap|press|go|look)(?: (?:here|on this(?: link)?|this link|below))?"
    r"|(?:click|tap|press|go|see|look|read it|find out) here|(?:to )?(?:read|learn|see"
    r"|find out|view|"
    r"show|know|discover) (?:more|all|this|now)|here|more|more info(?:rmation)?|more "
    r"details?|details?|"
    r"(?:this )?link|this (?:page|article|site|website)|continue(?: reading)?|full "
    r"(?:story|article)|"
    r"(?:haga |haz |pulse |pulsa |pinche )?(?:clic |click )?aqui|(?:lea|leer|ver|saber|mas) mas|"
    r"mas (?:informacion|detalles)|(?:este )?enlace|ver (?:todo|detalles)|siga leyendo|"
    r"seguir leyendo|(?:এখানে )?ক্লিক করুন(?: এখানে)?|এখানে(?: দেখুন| চাপুন| ক্লিক করুন)?"
    r"|আরও পড়ুন|আরো পড়ুন|"
    r"আরও জানুন|আরো জানুন|আরও|বিস্তারিত(?: পড়ুন| দেখুন| জানুন)?|এই লিংক"
)
_BUTTON = re.compile(
    r"(?:explore|browse|search|open|view) (?:this|the) (?:library|topic|page|section|category|site)"
)
_INLINE = re.compile(
    r"\b(?:click|tap|press) here\b|\b(?:haga |haz )?clic aqui\b|\bpulse aqui\b|এখানে ক্লিক করুন"
)
TWICE = 2
"""A button's words that stand for several places say of none where it leads."""


def check(page: Page) -> Iterator[Hit]:
    """Links of the page; and lines or words of the text that can only be links."""
    seen: set[int] = set()
    for link in page.links:
        if _is_empty(page.text[link.start : link.end]):
            seen.add(link.start)
            yield _hit(page, link.start, link.end)
    if page.links and page.raw and "://" in page.raw and page.name.endswith((".html", ".md")):
        return
    lines = [one for one in blocks(page) if len(one.text) < 40]
    common = Counter(fold(one.text).strip() for one in lines)
    for block in lines:
        plain = fold(block.text).strip(" .:>»→")
        again = _BUTTON.fullmatch(plain) and common[fold(block.text).strip()] >= TWICE
        if block.start not in seen and (again or (_is_empty(plain) and " " in plain)):
            yield _hit(page, block.start, block.end)
    for match in _INLINE.finditer(fold(page.text)):
        yield _hit(page, match.start(), match.end())


def _is_empty(words: str) -> bool:
    return bool(_EMPTY.fullmatch(fold(words).strip(" .:>»→…[]()")))


def _hit(page: Page, start: int, end: int) -> Hit:
    return Hit(
        start,
        end,
        f'"{page.text[start:end]}" does not say where it leads',
        "let the link be the name of the page that it opens",
    )


RULE = Rule(
    "ST005",
    "link-says-nothing",
    Severity.INFO,
    "The words of a link do not say where it leads.",
    "Who listens to a page, or looks for its links, hears only here, here and here.",
    "plainlanguage.gov, Write effective links, https://raw.githubusercontent.com/GSA/"
    "plainlanguage.gov/fd7694740f19c0ed20ed71c2dd1dc92699e920fa/_pages/guidelines/web/"
    "write-effective-links.md",
    Example("# Wexford fever\n\nFor treatment, [click here](https://example.org/treatment).\n"),
    Example("# Wexford fever\n\nSee [treatment of the fever](https://example.org/treatment).\n"),
    page=check,
    precision=1.0,
    reviewed="62 on MedQuAD; 8 on five real pages, 2026-11-21",
)
