"""NU010: one number in the digits of two scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, passage_at
from piamater.text.bangla import to_bangla_digits

_DIGITS = "[0-9০-৯]"
_MIXED = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:[০-৯][০-৯.,]{{0,20}}[0-9]|[0-9][0-9.,]{{0,20}}[০-৯]){_DIGITS}*"
    rf"(?:[.,]{_DIGITS}+)*"
)


def check(page: Page) -> Iterator[Hit]:
    """Numbers that hold Bangla and European digits."""
    for match in _MIXED.finditer(page.text):
        passage = passage_at(page, match.start())
        if passage is not None and passage.mark in SHOWN:
            yield Hit(
                match.start(),
                match.end(),
                f"“{match.group()}” mixes Bangla and European digits",
                f"write {to_bangla_digits(match.group())}, if that is the number meant",
            )


RULE = Rule(
    "NU010",
    "mixed-digits",
    Severity.WARNING,
    "One number is written in the digits of two scripts.",
    "৪ and 8, ৭ and 9 look alike: a dose in mixed digits is misread.",
    "CDC Clear Communication Index, numbers familiar to the audience, "
    "https://cdc.gov/ccindex/widget.html",
    Example("# জ্বর\n\nজ্বর হলে ৫0০ মিগ্রা প্যারাসিটামল খান।\n"),
    Example("# জ্বর\n\nজ্বর হলে ৫০০ মিগ্রা (500 mg) প্যারাসিটামল খান।\n"),
    page=check,
)
