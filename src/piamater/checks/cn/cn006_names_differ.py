"""CN006: one disease is named in two ways that look like slips of each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from piamater.checks.cn.statements import CONFLICTING
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import fold

_WORD = re.compile(r"[^\W\d_]{8,}")
_ENDINGS = (("emia", "emiosis"), ("aemia", "aemiosis"), ("osis", "ocytosis"), ("emia", "emiose"),
            ("osis", "ocitosis"))  # fmt: skip
_SAID = re.compile(
    r"also (?:called|known)|known as|synonym|formerly|previously called|tambien (?:llamad|conocid)"
    r"|অন্য নাম"
)


def check(page: Page) -> Iterator[Hit]:
    """Words that differ in an ending or a letter that writers confuse; the rarer is told of."""
    places: dict[str, list[int]] = {}
    for one in page.document.passages:
        if one.mark in (Mark.CONTENT, Mark.FURNITURE) and one.language == page.language:
            for found in _WORD.finditer(fold(page.said(one))):
                places.setdefault(found[0], []).append(one.start + found.start())
    counts = Counter({word: len(some) for word, some in places.items()})
    slips = _slips(counts) if page.language == "en" else []
    for rare, common, why in [*slips, *_variants(counts, page)]:
        start = places[rare][0]
        yield Hit(
            start,
            start + len(rare),
            f"“{page.text[start : start + len(rare)]}” here, “{common}” elsewhere "
            f"({counts[common]} times): {why}",
            "use one name and one spelling for one thing; give other names once, as such",
        )


def _slips(counts: Counter[str]) -> list[tuple[str, str, str]]:
    """Spellings with i for y, or the other way round."""
    found = []
    for word in counts:
        if "y" in word:
            other = word.replace("y", "i", 1)
            if other in counts and other != word:
                rare, common = sorted((word, other), key=lambda one: (counts[one], one != other))
                found.append((rare, common, "two spellings of one word"))
    return found


def _variants(counts: Counter[str], page: Page) -> Iterator[tuple[str, str, str]]:
    """Names with two endings for one disease, where the word before them is the same or none."""
    for word in counts:
        for ending, other in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 5:
                continue
            twin = stem + other
            if twin in counts and _same_before(page, word, twin, bare=ending != "osis"):
                rare, common = sorted((word, twin), key=lambda one: counts[one])
                yield rare, common, "two names that may be taken for two diseases"


def _same_before(page: Page, word: str, twin: str, *, bare: bool) -> bool:
    """Whether the same word stands before both somewhere, or one of them stands without any."""
    low = fold(page.text)
    found = [
        {
            before
            for before in re.findall(rf"([a-z]+) {re.escape(one)}\b", low)
            if before.endswith(("al", "ic", "ous", "ar"))
        }
        for one in (word, twin)
    ]
    return bool(found[0] & found[1]) or (bare and not any(found))


RULE = Rule(
    "CN006",
    "names-differ",
    Severity.INFO,
    "One thing is named or spelt in two ways on a page.",
    "Readers take two names for two diseases, and a search finds half of what is written.",
    CONFLICTING,
    Example(
        "# Neuroleukemiosis\n\nNeuroleukemiosis is leukemia of the nerves. Neuroleukemiosis is "
        "rare. Neuroleukemia is treated with chemotherapy.\n"
    ),
    Example(
        "# Neuroleukemiosis\n\nNeuroleukemiosis is leukemia of the nerves. Neuroleukemiosis is "
        "rare. Neuroleukemiosis is treated with chemotherapy.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "all 5 findings on the five seed pages and the clean pages were read; none on 60 PDQ "
        "summaries, 401 MedQuAD answers and 80 journal articles"
    ),
)
