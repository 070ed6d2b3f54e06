"""SF007: a page that sends to emergency care and gives no number to call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import boxes, for_patients, words
from piamater.checks.sf.words import holding

NUMBER = re.compile(r"(?<![\d.,/%-])(?:\d{3,4}|\+?\d[\d ()-]{6,16}\d)(?![\d%/]|[.,]\d)")
_UNIT = re.compile(r"\s?(?:mg|mcg|g|ml|mmol|years?|people|patients|anos|personas|জন|বছর|mg|°)")


def check(page: Page) -> Iterator[Hit]:
    """Pages for patients with emergency boxes in none of which stands a telephone number.

    A guide's number is the reader's country's, which the site puts there.
    """
    if not for_patients(page) or page.form == "guide":
        return
    found = [one for one in boxes(page) if one.emergency and one.listed]
    if not found or any(_number(one.words) for one in boxes(page)):
        return
    if any(_number(said) for _, said in holding(page, words("emergency"))):
        return
    one = found[0]
    yield Hit(
        one.passages[0].start,
        one.passages[0].end,
        "this danger box sends to emergency care without a number to call"
        + (f" in {page.settings.country}" if page.settings.country else ""),
        "write the emergency number of the reader's country into the box",
    )


def _number(said: str) -> bool:
    return any(not _UNIT.match(said, one.end()) for one in NUMBER.finditer(said))


RULE = Rule(
    "SF007",
    "urgent-card-without-number",
    Severity.WARNING,
    "A danger box names no telephone number.",
    '"Seek urgent medical care" leaves a reader in an emergency to look for the number.',
    "NHS service manual: care cards name who to contact and how quickly, "
    "https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care",
    Example(
        "---\naudience: patient\n---\n# Brain tumour\n\n## Seek urgent medical care\n\n"
        "- You have a seizure.\n- You have new confusion.\n- You cannot speak.\n- You faint.\n"
        "- Your face droops.\n"
    ),
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 112 if:\n\n- You have a seizure.\n- You have new "
        "confusion.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="6 read of 6: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
