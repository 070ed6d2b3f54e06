"""NU007: parts that do not make the whole that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, SIGN, value
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, matches

_GROUPS = (
    r"(?:men|women|males?|females?|boys|girls|adults|children|hombres|mujeres|varones|ninos|ninas"
    r"|adultos|পুরুষ|নারী|মহিলা|ছেলে|মেয়ে|মেয়ে|শিশু)"
)
_PEOPLE = (
    r"(?:people|patients|participants|persons|children|adults|volunteers|cases"
    r"|personas|pacientes|casos|participantes)"
)
_SPLIT = re.compile(
    rf"(?<![\w.,/-])(?P<whole>\d[\d,]{{0,15}}) (?:[a-z-]{{1,40}} ){{0,2}}{_PEOPLE}"
    rf"(?: were [a-z]{{1,40}})?\s?[(:,]\s?(?P<a>\d[\d,]{{0,15}}) (?:were )?{_GROUPS}"
    rf"\s?(?:,| and| y|;)\s?(?:and |y )?(?P<b>\d[\d,]{{0,15}}) (?:were )?{_GROUPS}\s?[).;]"
    rf"|(?<!\d)(?P<whole2>\d{{1,15}}) জন (?:রোগী|মানুষ|মানুষের)(?:র)?(?: মধ্যে)?\s?[(:,]?\s?"
    rf"(?P<a2>\d{{1,15}}) (?:জন )?{_GROUPS}\s?(?:,|ও|এবং)\s?(?P<b2>\d{{1,15}}) (?:জন )?{_GROUPS}"
)
_REST = re.compile(
    rf"(?P<a>{NUMBER}){SIGN}[^.;%]{{3,90}}?(?:remaining|the rest|remainder|restantes?|los demas"
    rf"|el resto|বাকি),?\s?\(?(?:el |un )?(?P<b>{NUMBER}){SIGN}"
)
_BY_SEX = re.compile(
    rf"(?P<a>{NUMBER}){SIGN} (?:of |de )?(?:the |los |las )?(?:men|males|boys|hombres|varones)"
    rf"\s?(?:and|y|,) (?P<b>{NUMBER}){SIGN} (?:of |de )?(?:the |los |las )?"
    rf"(?:women|females|girls|mujeres)[^.;%]{{0,30}}?"
    rf"\b(?:out of|of|de) (?:every |cada )?(?P<whole>100|1000|1,000)\b"
)
"""Shares of men and of women, told as if they were of one hundred people."""
_HUNDRED = re.compile(r"(?:out of|of|de) (?:every |cada )?1(?:00|,?000)\b")
_OF_HUNDRED = re.compile(
    r"(?:of|out of|de) (?:every|each|cada) (?P<whole>100|1000|1,000"
    r"|10)\b[^.;]{0,40}?,? (?P<a>\d{1,15}) [^.;\d]{3,60}?(?:and )?(?:the )?(?:other|remaining|rest"
    r"|otros|otras|otro|restantes) (?P<b>\d{1,15})\b(?! (?:years|months))"
)


def check(page: Page) -> Iterator[Hit]:
    """Groups by sex or age, and a part with its rest, that do not sum to the whole."""
    for _, match in matches(page, _SPLIT):
        yield from _wrong(
            page, match, match["whole"] or match["whole2"],
            match["a"] or match["a2"], match["b"] or match["b2"], "",
        )  # fmt: skip
    for _, match in matches(page, _REST):
        yield from _wrong(page, match, "100", match["a"], match["b"], "%", slack=1.0)
    some = matches(page, _BY_SEX) if _HUNDRED.search(folded(page.text)) else ()
    for _, match in some:
        yield from _wrong(page, match, "100", match["a"], match["b"], "%", slack=1.0)
    for _, match in matches(page, _OF_HUNDRED):
        yield from _wrong(page, match, match["whole"], match["a"], match["b"], "")


def _wrong(
    page: Page, match: re.Match[str], whole: str, a: str, b: str, sign: str, slack: float = 0.0
) -> Iterator[Hit]:
    total = value(a) + value(b)
    if abs(total - value(whole)) > slack:
        yield Hit(
            match.start(),
            match.end(),
            f"{a}{sign} and {b}{sign} make {total:g}{sign}, not {whole}{sign}",
            "look the numbers up in the source and correct them",
        )


RULE = Rule(
    "NU007",
    "parts-do-not-add-up",
    Severity.ERROR,
    "The parts told do not make the whole.",
    "One of the numbers is false, and the reader cannot know which.",
    "CDC Clear Communication Index, numbers: readers should not have to calculate, "
    "https://cdc.gov/ccindex/widget.html",
    Example("# Trial\n\nThe trial had 51 patients (30 women and 31 men).\n"),
    Example(
        "# Trial\n\nThe trial had 51 patients (30 women and 21 men). Of them 70% recovered and the "
        "remaining 30% did not.\n"
    ),
    page=check,
)
