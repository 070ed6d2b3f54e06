"""CN010: a section announces types of something and gives none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.statements import AIMS, short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark, Passage
from piamater.vocabulary.fold import fold

_HEADING = re.compile(
    r"^(?:\W*\d*\W*)(?:the )?(?:(?:types|kinds|forms) of|(?:tipos|clases|formas) de)\s+\S.*$"
    r"|^.+?(?:র|এর)? (?:ধরন|প্রকারভেদ)$"
)
_GIVES = re.compile(
    r"\b(?:types?|kinds?|subtypes?|variants?|grades?|class(?:es)?)\b"
    r"(?! of (?:primary|cancers?|cells?))"
    r"|\b(?:one|two|three|four|five|six|several|first|second|another|both)\b.{0,30}\bforms?\b"
    r"|\b(?:acute|chronic|type [0-9iab])\b"
    r"|\b(?:tipos?|clases?|formas?|subtipos?)\b|ধরন|প্রকার"
)


def check(page: Page) -> Iterator[Hit]:
    """Sections under "types of ..." with neither a list, subsections nor a named type."""
    sections = page.document.sections
    for place, section in enumerate(sections):
        if section.mark is not Mark.CONTENT or not _HEADING.match(fold(section.heading)):
            continue
        under = [one for one in page.content() if section.start <= one.start < section.end]
        depth = len(section.path)
        if not under or any(
            one.path[:depth] == section.path and len(one.path) > depth
            for one in sections[place + 1 :]
        ):
            continue
        if any(one.form in (Form.ITEM, Form.ROW) for one in under) or _given(page, under):
            continue
        yield Hit(
            section.start,
            section.start + len(section.heading),
            f"the section announces {short(section.heading)} and names none: "
            f"{short(page.said(under[0]))}",
            "name the types, or give the section the heading of what it says",
        )


def _given(page: Page, under: list[Passage]) -> bool:
    """Whether a sentence names a type; "various types of primary cancers" are another thing's."""
    for one in under:
        said = re.sub(
            r"\b(?:various|different|many|several|all|some|diversos|varios|distintos) "
            r"(?:types|kinds|forms|tipos|clases) (?:of|de)\b",
            " ",
            fold(page.said(one)),
        )
        if _GIVES.search(said):
            return True
    return False


RULE = Rule(
    "CN010",
    "types-without-types",
    Severity.WARNING,
    "A section announces types of something and gives none.",
    "The reader who came for the types is told something else under their heading.",
    AIMS,
    Example(
        "# Wexford fever\n\n## Types of Wexford fever\n\nWexford fever can come from various "
        "types of ticks, such as the sheep tick and the dog tick.\n"
    ),
    Example(
        "# Wexford fever\n\n## Types of Wexford fever\n\nWexford fever has two types, the mild "
        "type and the severe type.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "the one finding on the five seed pages was read; none on 60 PDQ summaries, 401 "
        "MedQuAD answers and the clean pages"
    ),
)
