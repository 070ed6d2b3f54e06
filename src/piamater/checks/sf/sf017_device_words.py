"""SF017: words that make a reference into a device for the reader's own data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.denied import undenied
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import data, holding, pattern


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return pattern(data("device_words")[name])


def check(page: Page) -> Iterator[Hit]:
    """Sentences by which a page diagnoses, monitors or warns of its reader."""
    for one, said in holding(page, _pattern("words")):
        for match in undenied(said, _pattern("words")):
            start, end = one.start + match.start(), one.start + match.end()
            yield Hit(
                start,
                end,
                f'"{page.text[start:end]}" judges the reader\'s own data, which makes this '
                "reference a medical device",
                "tell what the sources say of people with such a finding, and send to a doctor",
            )


RULE = Rule(
    "SF017",
    "device-words",
    Severity.WARNING,
    "A page claims to diagnose, monitor or warn its reader.",
    "What is meant to diagnose or monitor one person is a medical device and needs its proofs.",
    "Regulation (EU) 2017/745, article 2 (1), as quoted by the European Patients' Academy, "
    "https://learning.eupati.eu/mod/page/view.php?id=931&forceview=1",
    Example("# Headache\n\nThis tool analyses your symptoms. Your scan shows that you have it.\n"),
    Example("# Headache\n\nThis page does not diagnose you. A doctor looks at your results.\n"),
    page=check,
)
