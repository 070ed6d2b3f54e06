"""EV014: a reference list of bare addresses."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.bibliography import written, years
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_LETTERS = 4
"""Letters of a word that may be a title; shorter ones are initials and numbers."""
_SHOWN = 8


def check(page: Page) -> Iterator[Hit]:
    """One hit a list: how many of its entries name neither title, author nor year."""
    if page.form != "page":
        return
    for number in dict.fromkeys(one.list for one in page.entries):
        some = [one for one in page.entries if one.list == number]
        bare = [one for one in some if _is_bare(one)]
        if bare:
            yield _hit(bare, len(some))


def _is_bare(entry: Entry) -> bool:
    words = written(entry.text).split()
    return all(len(one) < _LETTERS for one in words) and not years(entry.text)


def _hit(bare: list[Entry], of: int) -> Hit:
    labels = ", ".join(one.label for one in bare[:_SHOWN])
    which = "all" if len(bare) == of > 1 else f"{len(bare)}"
    more = ", …" if len(bare) > _SHOWN else ""
    return Hit(
        bare[0].start,
        bare[0].end,
        f"{which} of the {of} references name no title, author or year ({labels}{more})",
        "write author, title and year beside the address: it can change, and a reader must be "
        "able to judge the source without opening it",
    )


RULE = Rule(
    "EV014",
    "bare-reference",
    Severity.INFO,
    "A reference is a bare address without title, author or year.",
    "When the address dies the source is lost, and nobody sees how old or whose it is.",
    "HONcode principle 4, format of references: authors, title, journal, year, "
    "https://www.hon.ch/HONcode/Guidelines/hc_p4.html",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. https://www.nhs.uk/medicines/doxycycline/\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. NHS. About doxycycline. 2025. https://www.nhs.uk/medicines/doxycycline/\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 findings on five seed pages and 1 on 150 journal articles, all",
)
