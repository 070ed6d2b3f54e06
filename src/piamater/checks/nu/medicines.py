"""Medicines: the names of medicines in a passage, those that no vocabulary has among them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from piamater.checks.page import Page, vocabulary
from piamater.text import Passage
from piamater.vocabulary.fold import fold

_WORD = re.compile(r"[a-z]{5,}")
_CHEMICAL = {
    "en": re.compile(r"[a-z]{2,}(?:ine|in|one|ol|ide|ate|am|an|um|en|il|on|ic acid)$"),
    "es": re.compile(r"[a-z]{2,}(?:ina|ol|ona|ida|ato|am|eno|an|ilo)$"),
}
"""Endings of names of medicines; many other words have them, so they count beside a dose only."""
_NO_NAME = frozenset(
    """medicine vaccine routine combine examine alone someone protein vitamin within begin remain
    contain maintain obtain control alcohol estimate moderate immediate appropriate alternate
    separate approximate accurate rate child children given taken often even women human man
    medium minimum maximum continuum until april again certain person reason common period main
    pain skin brain patient remission region infusion injection solution version than program
    between option portion combination administration reduction addition medicina rutina persona
    vida medida seguida comida bebida control inmediato final tan rechazan toman reciben
    """.split()  # noqa: SIM905
)


def medicines(page: Page, passage: Passage, low: str) -> list[tuple[int, int, str]]:
    """Where a passage names medicines, in order: start, end (in the passage) and what it is.

    ``low`` is the passage folded. What it is: a concept, or the word itself.
    """
    known = vocabulary()
    found = [
        (one.start - passage.start, one.end - passage.start, one.concept)
        for one in page.mentions(passage)
        if (concept := known.get(one.concept)) is not None and concept.type == "drug"
    ]
    taken = [(start, end) for start, end, _ in found]
    for word in _WORD.finditer(low):
        if not any(start < word.end() and word.start() < end for start, end in taken) and (
            _is_name(low, word, passage.language)
        ):
            found.append((word.start(), word.end(), word[0].rstrip("s")))
    return sorted(found)


def _is_name(low: str, word: re.Match[str], language: str) -> bool:
    spelling = language if language in _CHEMICAL else "en"
    if word[0] in _NO_NAME:
        return False
    if _stems()[spelling].search(word[0]):
        return True
    beside = re.match(r"\s\d", low[word.end() : word.end() + 2]) or re.search(
        r"g (?:of |de )?$", low[: word.start()]
    )
    return bool(beside and _CHEMICAL[spelling].search(word[0]))


@cache
def _stems() -> dict[str, re.Pattern[str]]:
    text = (files("piamater.checks") / "data" / "drug_stems.toml").read_text("utf-8")
    return {
        language: re.compile(rf"[a-z]{{2,}}(?:{'|'.join(map(fold, some))})s?$")
        for language, some in tomllib.loads(text).items()
    }
