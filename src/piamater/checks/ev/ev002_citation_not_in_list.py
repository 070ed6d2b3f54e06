"""EV002: a citation whose label stands in no reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.ev.words import passage_at
from piamater.checks.page import Citation, Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form

_ONE = r"\[\^?[\w-]+\]"
_LONGEST = 2
"""Digits of a raised number that is a marker; isotopes have more."""
_FEWEST = 2
"""Markers of a page without any list that count as citing."""


def check(page: Page) -> Iterator[Hit]:
    """Markers that lead nowhere: all of them where there is no list, else those not in it."""
    if not page.entries:
        yield from _no_list(page)
        return
    labels = {one.label for one in page.entries}
    told: set[str] = set()
    for one in page.citations:
        missing = [label for label in one.labels if label not in labels and label not in told]
        if missing and not _is_figure(page, one):
            told.update(missing)
            yield Hit(
                *_span(page, one),
                f"the reference list has no entry {', '.join(missing)}",
                "add the source to the list, or cite the one that says this",
                Severity.ERROR if page.text[one.start : one.start + 1] == "[" else None,
            )


def _span(page: Page, citation: Citation) -> tuple[int, int]:
    """Where a marker stands; the sentence before it where the text leaves it out."""
    if citation.start < citation.end:
        return citation.start, citation.end
    passage = passage_at(page, citation.start - 1)
    return (passage.start, passage.end) if passage else (citation.start, citation.end)


def _is_figure(page: Page, citation: Citation) -> bool:
    """Whether a marker may be a figure: a nought, an isotope, a range in a table."""
    if "0" in citation.labels:
        return True
    marker = page.text[citation.start : citation.end]
    behind = page.text[citation.end : citation.end + 1]
    if marker and not marker.startswith("[") and (behind.isalpha() or len(marker) > _LONGEST):
        return True
    passage = passage_at(page, citation.start)
    return passage is not None and passage.form is Form.ROW and not re.fullmatch(_ONE, marker)


def _no_list(page: Page) -> Iterator[Hit]:
    some = tuple(one for one in page.citations if one.labels)
    labels = list(dict.fromkeys(label for one in some for label in one.labels))
    if len(some) < _FEWEST or not _counts_up(some):
        return
    first = some[0]
    yield Hit(
        *_span(page, first),
        f"the text cites {_range(labels)} in {len(some)} places, and the page shows no "
        "reference list",
        "list the sources under these numbers at the end of the page",
    )


def _counts_up(some: tuple[Citation, ...]) -> bool:
    """Whether the labels are those of a list: words, or numbers from 1 without wide gaps."""
    labels = {label for one in some for label in one.labels}
    if not all(label.isdecimal() for label in labels):
        return True
    numbers = {int(label) for label in labels}
    return 1 in numbers and max(numbers) <= 2 * len(numbers)


def _range(labels: list[str]) -> str:
    if all(one.isdecimal() for one in labels) and len(labels) > 2:
        numbers = sorted(map(int, labels))
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(labels)


RULE = Rule(
    "EV002",
    "citation-not-in-list",
    Severity.WARNING,
    "A citation names a reference that the page does not list.",
    "A number that leads nowhere looks like evidence and is none; nobody can open the source.",
    "DISCERN question 4, sources are listed in a bibliography or linked, "
    "http://www.discern.org.uk/question_4.php",
    Example(
        "# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.[1] "
        "Steroids are of no use in it.[2]\n"
    ),
    Example(
        "# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.[1]\n\n"
        "## References\n\n1. Archer B. Doxycycline in meningitis. https://doi.org/10.1000/182\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 findings on five seed pages and 5 on 150 journal articles, all; none on PDQ",
)
