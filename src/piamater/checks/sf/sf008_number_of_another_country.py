"""SF008: an emergency number that does not work in the reader's country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piamater.checks.denied import is_denied
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import boxes
from piamater.checks.sf.words import data, holding, pattern
from piamater.text import Passage
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Danger boxes, and sentences that send to a number, whose number is not the country's; or
    boxes with numbers of which no country has both. What is denied or said of travel is left alone.
    """
    here = _lines().get(page.settings.country)
    named = _named(page)
    if here is not None:
        main, known = here
        for box in named:
            if not any(number in known for _, _, number in box):
                start, end, number = box[0]
                yield Hit(
                    start,
                    end,
                    f"{number} is not an emergency number of {page.settings.country}",
                    f"give the number that works there: {main}",
                )
        return
    seen: set[str] = set()
    for box in named:
        numbers = {number for _, _, number in box}
        if seen and not any(seen & known and numbers & known for _, known in _lines().values()):
            start, end, number = box[0]
            yield Hit(
                start,
                end,
                f"this box says {number}, another of the page {', '.join(sorted(seen))}: "
                "no country has both",
                "give one number, that of the reader's country",
            )
        seen = seen or numbers


def _named(page: Page) -> list[list[tuple[int, int, str]]]:
    """The emergency numbers of each danger box that names one, with their places."""
    out = []
    taken: set[int] = set()
    for box in boxes(page):
        taken |= {id(one) for one in box.passages}
        places = [each for one in box.passages for each in _places(one, fold(page.said(one)))]
        if box.emergency and places:
            out.append(places)
    for one, said in holding(page, _dials()):
        if id(one) not in taken and (places := _places(one, said)):
            out.append(places)
    return sorted(out)


def _places(one: Passage, said: str) -> list[tuple[int, int, str]]:
    """The numbers that a passage gives for the reader's own country."""
    if _elsewhere().search(said):
        return []
    return [
        (one.start + match.start(), one.start + match.end(), match[0])
        for match in _numbers().finditer(said)
        if not is_denied(said, match.start(), match.end())
    ]


@cache
def _lines() -> dict[str, tuple[str, frozenset[str]]]:
    return {
        country: (one["main"], frozenset([one["main"], *one["also"]]))
        for one in data("emergency_lines")["line"]
        for country in one["countries"]
    }


@cache
def _elsewhere() -> re.Pattern[str]:
    return pattern(data("emergency_lines")["elsewhere"])


@cache
def _dials() -> re.Pattern[str]:
    """Words that tell the reader to call one of the numbers."""
    numbers = "|".join(sorted({main for main, _ in _lines().values()}))
    return pattern(
        [
            rf"\b(?:call|dial|phone|ring|llame|marque|telefonee)\b(?: \S+){{0,3}} "
            rf"(?:{numbers})(?!\d)",
            rf"(?<!\d)(?:{numbers})[^।]{{0,15}}(?:ফোন|কল|ডায়াল) করুন",
        ]
    )


@cache
def _numbers() -> re.Pattern[str]:
    numbers = sorted({main for main, _ in _lines().values()})
    return re.compile(rf"(?<![\d.,/-])(?<!\d )(?:{'|'.join(numbers)})(?![\d/%-]|[.,]\d)")


RULE = Rule(
    "SF008",
    "number-of-another-country",
    Severity.ERROR,
    "The emergency number of a danger box does not work in the reader's country.",
    "In an emergency a wrong number costs the minutes that count.",
    "NHS service manual: care cards name who to contact and how quickly, "
    "https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care",
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 911 if there is a seizure.\n\n"
        "## In an emergency at night\n\nCall 999 for a seizure.\n"
    ),
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 999 if there is a seizure.\n\n"
        "## In an emergency at night\n\nCall 999 or 112 for a seizure.\n"
    ),
    page=check,
)
