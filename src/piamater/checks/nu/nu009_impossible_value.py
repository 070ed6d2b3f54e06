"""NU009: a number that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, SIGN, value
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import matches

_WHO = (
    r"(?:all |the |these |those |our |adult |older |newborn |new |such |todos |todas |los "
    r"|las )*(?:people|patients|women|men|children|adults|infants|babies|cases"
    r"|individuals|survivors|tumou?rs|personas|pacientes|mujeres|hombres|ninos|adultos|casos)"
)
_SHARE_OF = re.compile(
    rf"(?<![\w.,+-])(?P<n>[1-9]\d{{2,}}(?:[.,]\d+)?){SIGN} (?:of|de|in|en) {_WHO}\b"
    rf"|(?<![\w.,+-])(?P<n2>[1-9]\d{{2,}}(?:[.,]\d+)?)\s?(?:%|শতাংশ) (?:রোগী|মানুষ|নারী|পুরুষ|শিশু)"
)
_MEASURE = re.compile(
    rf"\b(?:sensitivit(?:y|ies)|specificit(?:y|ies)|accuracy|(?:overall |five-year |5-year "
    rf"|one-year |1-year )?survival(?: rate)?|case[- ]fatality(?: rate)?"
    rf"|mortality rate|response rate|cure rate|sensibilidad|especificidad|supervivencia|letalidad)"
    rf"(?: (?:of|is|was|at|rate|about|around|were|de|del|es|fue|era|un|una|a"
    rf"|the)){{0,5}}\s?[:=]?\s?(?P<n>{NUMBER}){SIGN}"
    rf"|(?:সংবেদনশীলতা|নির্দিষ্টতা|বেঁচে থাকার হার|মৃত্যুহার)\s?(?:ছিল |হলো "
    rf"|প্রায় )?(?P<n2>{NUMBER})\s?(?:%|শতাংশ)"
)
_P = re.compile(
    rf"(?<![\w-])p(?:[- ]value)?(?: of| was| is)?\s?[=<]\s?(?P<n>{NUMBER})(?![\w%]|[.,·]?\d"
    rf"|\s?[%×*x^−-])"
)
_OUT_OF = re.compile(
    r"(?<![\w.,/-])(?P<part>\d[\d,]*) (?:[a-z]+ )?(?:out of|in|of|de) (?:every|each"
    r"|cada) (?P<whole>\d[\d,]*)(?![\d.])"
    r"|প্রতি (?P<whole2>\d+) জনে(?:র)?(?: মধ্যে)? (?P<part2>\d+) জন"
)
_NEGATIVE = re.compile(
    r"(?<![\w.,)\]%-])(?<!\d )-(?P<n>\d+) (?:people|patients|women|men|children|cases|deaths"
    r"|participants|personas|pacientes|mujeres|hombres|casos|muertes)\b"
    r"|(?<![\w.,)\]%\u0980-\u09ff-])(?<!\d )-(?P<n2>\d+) জন"
)
_MORE = re.compile(
    r"(?:increas|rise|rose|more|higher|grew|expected|predicted|normal|over|above|aument|mas"
    r"|mayor|বেশি|বৃদ্ধি)\w*(?: (?:of|by|than|de|to))? ?$"
)


def check(page: Page) -> Iterator[Hit]:
    """Shares above 100 %, p above 1, more people than there are, fewer people than none."""
    for pattern, what in ((_SHARE_OF, "of people"), (_MEASURE, "of a rate")):
        for _, match in matches(page, pattern):
            told = value(match["n"] or match["n2"])
            before = match.string[max(0, match.start() - 20) : match.start()]
            if told > 100 and not _MORE.search(before):
                yield _hit(page, match, f"more than 100 % {what} cannot be")
    for _, match in matches(page, _P):
        if value(match["n"]) > 1:
            yield _hit(page, match, "a p-value is never above 1")
    for _, match in matches(page, _OUT_OF):
        part, whole = match["part"] or match["part2"], match["whole"] or match["whole2"]
        if value(part) > value(whole):
            yield _hit(page, match, f"there are no {part} people among {whole}")
    for _, match in matches(page, _NEGATIVE):
        yield _hit(page, match, "a number of people is never below 0")


def _hit(page: Page, match: re.Match[str], why: str) -> Hit:
    return Hit(
        match.start(),
        match.end(),
        f"“{page.text[match.start() : match.end()]}”: {why}",
        "look the number up in the source and correct it",
    )


RULE = Rule(
    "NU009",
    "impossible-value",
    Severity.ERROR,
    "A number cannot be: above 100 %, a p-value above 1, more than the whole, fewer than none.",
    "A number that cannot be is false, whatever the source says.",
    "CDC Clear Communication Index, numbers, https://cdc.gov/ccindex/widget.html",
    Example("# Test\n\nThe test has a sensitivity of 120%. It helps 15 out of every 10 people.\n"),
    Example("# Test\n\nThe test has a sensitivity of 92% (p = 0.03). Cases increased by 150%.\n"),
    page=check,
)
