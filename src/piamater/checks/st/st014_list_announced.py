"""ST014: a list that is announced and does not come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.st.st008_empty_section import STRUCTURED
from piamater.text import Form, Mark

_LEAD = re.compile(
    r"(?:\b(?:include|includes|including|following|below|these|are|is|such as|as follows|if|when|"
    r"incluyen?|incluyendo|siguientes?|son|si|cuando|como)\b[^:\n]{0,90}"
    r"|(?:যেমন|নিচের|নিম্নলিখিত|হলো|হল|যদি|এগুলো|এর মধ্যে)[^:\n]{0,90}):\s*(?:\[[\d,–-]+\])?$"
)


def check(page: Page) -> Iterator[Hit]:
    """A sentence that ends in a colon, and behind it a heading, or the end of the page."""
    some = blocks(page)
    for block, after in zip(some, [*some[1:], None], strict=False):
        if block.heading or block.form not in (Form.SENTENCE, Form.ITEM):
            continue
        if block.mark is not Mark.CONTENT or not _LEAD.search(block.text):
            continue
        if after is None or _ends(page, block, after):
            last = block.passages[-1]
            yield Hit(
                last.start,
                block.end,
                f'"{block.text[-60:].strip()}" announces a list, and none comes',
                "write the list, or end the sentence",
            )


def _ends(page: Page, block: Block, after: Block) -> bool:
    """Whether the section ends there; headings below it may be the list that was announced."""
    if not after.heading or not page.name.lower().endswith(STRUCTURED):
        return False
    level = page.document.sections[block.section].level
    below = next(one.level for one in page.document.sections if one.start == after.start)
    return below <= level


RULE = Rule(
    "ST014",
    "list-announced-and-absent",
    Severity.WARNING,
    "A list is announced and does not come.",
    "What was to stand there may be the danger signs.",
    "PIF TICK guide, Finding trusted health information: does it look professional, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example("# Wexford fever\n\n## Symptoms\n\nThe symptoms include:\n\n## Treatment\n\nRest.\n"),
    Example(
        "# Wexford fever\n\n## Symptoms\n\nThe symptoms include:\n\n- rash\n\n## Treatment\n"
        "\nRest.\n"
    ),
    page=check,
)
