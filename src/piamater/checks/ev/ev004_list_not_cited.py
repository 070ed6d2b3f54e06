"""EV004: a reference list, or an entry of one, that the text never cites."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.ev.cover import cites_by_name
from piamater.checks.ev.papers import is_paper
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_FEWEST = 3
_SHARE = 0.25
"""Above this share of loose entries it is the markers that were not read."""
_SHOWN = 6


def check(page: Page) -> Iterator[Hit]:
    """Lists without a marker in the text; entries without one where others have some."""
    if not page.entries or page.form == "answer" or cites_by_name(page):
        return
    if not page.citations:
        yield from _whole(page)
        return
    cited = {label for one in page.citations for label in one.labels}
    loose = [one for one in page.entries if one.label not in cited]
    if loose and len(loose) <= max(1, _SHARE * len(page.entries)) < len(page.entries):
        yield _some(loose)


def _whole(page: Page) -> Iterator[Hit]:
    if len(page.entries) < _FEWEST or not page.claims or is_paper(page):
        return
    first = page.entries[0]
    yield Hit(
        first.start,
        first.end,
        f"the page lists {len(page.entries)} references and its text cites none of them, so no "
        "statement can be traced to a source",
        "put the number of its source behind each statement, and drop what none rests on",
    )


def _some(loose: list[Entry]) -> Hit:
    labels = ", ".join(one.label for one in loose[:_SHOWN])
    more = f" and {len(loose) - _SHOWN} more" if len(loose) > _SHOWN else ""
    are = "is" if len(loose) == 1 else "are"
    return Hit(
        loose[0].start,
        loose[0].end,
        f"reference {labels}{more} {are} listed and never cited in the text",
        "cite it where it is used, or take it off the list",
        Severity.INFO,
    )


RULE = Rule(
    "EV004",
    "list-not-cited",
    Severity.WARNING,
    "References are listed that the text never cites.",
    "A list without markers looks thorough and supports nothing that can be pointed at.",
    "DISCERN question 4, a main statement is accompanied by a reference in the text, "
    "http://www.discern.org.uk/question_4.php",
    Example(
        "# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.\n\n"
        "## References\n\n1. Archer B. Doxycycline in meningitis. https://doi.org/10.1000/182\n"
        "2. Moss K. Tick-borne rashes. https://doi.org/10.1000/183\n"
        "3. Lee P. Fever after bites. https://doi.org/10.1000/184\n"
    ),
    Example(
        "# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.[1]\n\n"
        "## References\n\n1. Archer B. Doxycycline in meningitis. https://doi.org/10.1000/182\n"
    ),
    page=check,
    precision=0.93,
    reviewed="2 findings on five seed pages, 3 on PDQ, 10 on 150 journal articles",
)
