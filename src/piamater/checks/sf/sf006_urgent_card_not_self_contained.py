"""SF006: a danger box that sends the reader elsewhere for what it should say."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import boxes, covered, words
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Words such as "see above" or "contact us" in danger boxes that name hardly a sign."""
    for box in boxes(page):
        if not box.emergency or len(covered(box)) > 1:
            continue
        for one in box.passages:
            found = words("elsewhere").search(fold(page.said(one)))
            if found:
                start, end = one.start + found.start(), one.start + found.end()
                yield Hit(
                    start,
                    end,
                    f'this danger box cannot be understood by itself: "{page.text[start:end]}"',
                    "name the signs and the number to call in the box itself",
                )


RULE = Rule(
    "SF006",
    "urgent-card-not-self-contained",
    Severity.WARNING,
    "A danger box sends its reader elsewhere for the signs or the number.",
    "A box is read alone, in a hurry, and copied: what it points to is not there then.",
    "NHS inform style guide: include the symptoms in the care card itself, "
    "https://www.nhsinform.scot/style-guide/components/",
    Example("# Brain tumour\n\n## Emergency\n\nCall 112 if you have any of the symptoms above.\n"),
    Example("# Brain tumour\n\n## Emergency\n\nCall 112 if you have a seizure or new confusion.\n"),
    page=check,
    precision=1.0,
    reviewed="2 read of 2: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
