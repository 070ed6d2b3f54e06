"""LG001: words in another language that nothing marks as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark, Passage
from piamater.text.language import identify

NAMES = {"en": "English", "es": "Spanish", "bn": "Bangla", "fr": "French", "de": "German",
         "hi": "Hindi", "ar": "Arabic", "pt": "Portuguese"}  # fmt: skip
_BANGLA = re.compile(r"[\u0980-\u09ff][\u0980-\u09ff\s।,;:/()“”\"'’–—-]*[\u0980-\u09ff।]")
_ACCENTED = re.compile(r"(?<![\w-])[a-zñ]*[áéíóúñ][a-záéíóúñ]*(?![\w-])")
_LEAST = 12
"""Letters of Bangla that make a passage of it."""
_WHOLE = 6
"""Words from which the language of a passage is told."""
_GAP = 120
"""Characters between passages in another language that are told of together."""


def check(page: Page) -> Iterator[Hit]:
    """Passages and stretches in another language than the page's, unless a lang mark is there."""
    if page.language not in ("en", "es", "bn"):
        return
    marked = set(re.findall(r"\blang\s*=\s*[\"']?([a-z]{2})", page.raw[:2_000_000]))
    halves = _in_parts(page)
    last: Hit | None = None
    for one in page.document.passages:
        if one.mark in (Mark.REFERENCE, Mark.DAMAGE) or one.form in (Form.ROW, Form.CAPTION):
            continue
        found = _foreign(page, one, marked, halves)
        if found and last and found.message == last.message and found.start - last.end < _GAP:
            last = replace(last, end=found.end)
            continue
        if found:
            if last:
                yield last
            last = found
    if last:
        yield last


def _in_parts(page: Page) -> dict[int, str]:
    """The language of each section, where a page holds whole sections in two languages."""
    if len(page.document.languages) < 2:
        return {}
    spoken: dict[int, Counter[str]] = {}
    for one in page.content():
        spoken.setdefault(one.section, Counter())[one.language] += 1
    main = {place: some.most_common(1)[0][0] for place, some in spoken.items()}
    whole = Counter(main[place] for place, some in spoken.items() if len(some) == 1)
    return main if all(whole[one] > 1 for one in page.document.languages[:2]) else {}


def _foreign(page: Page, passage: Passage, marked: set[str], halves: dict[int, str]) -> Hit | None:
    said = page.said(passage)
    known = marked | set(halves.values())
    if page.language != "bn" and "bn" not in known:
        for found in _BANGLA.finditer(said):
            if sum("\u0980" <= char <= "\u09ff" for char in found[0]) >= _LEAST:
                start = passage.start + found.start()
                return _hit(start, start + len(found[0].rstrip()), "bn", page.language)
    language = _other(page, passage, said)
    if language and language not in known:
        return _hit(passage.start, passage.end, language, page.language)
    own = halves.get(passage.section, page.language) == page.language
    if page.language == "en" and "es" not in marked and own:
        return _spanish(passage, said)
    return None


def _spanish(passage: Passage, said: str) -> Hit | None:
    """A stretch of Spanish words in an English passage, by two of them with accents."""
    words = list(_ACCENTED.finditer(said))
    for one, other in pairwise(words):
        between = said[one.end() : other.start()]
        if len(between) < 40 and not re.search(r"[.;:()\d]", between):
            before = re.search(r"[A-ZÁÉÍÓÚÑ]?[a-záéíóúñ]+ $", said[: one.start()])
            start = before.start() if before else one.start()
            return _hit(passage.start + start, passage.start + words[-1].end(), "es", "en")
    return None


def _other(page: Page, passage: Passage, said: str) -> str:
    """The language of a whole passage where it is surely another than the page's."""
    if passage.language == page.language or len(said.split()) < _WHOLE or "et al" in said:
        return ""
    found = identify(said)
    if found == page.language or found not in NAMES or found != passage.language:
        return ""
    return "" if _names(said) else found


def _names(said: str) -> bool:
    """Whether a passage is mostly names, figures or a formula, or quotes a reference."""
    words = re.findall(r"[^\W\d_]+", said)
    long = sum(len(one) > 2 for one in words)
    if long < _WHOLE or "PMID" in said or re.search(r"\bpp\. |\((?:19|20)\d\d\)", said):
        return True
    return bool(sum(one[0].isupper() for one in words) > 0.5 * len(words))


def _hit(start: int, end: int, language: str, own: str) -> Hit:
    return Hit(
        start,
        end,
        f"this is {NAMES.get(language, language)} in a page in {NAMES.get(own, own)}, "
        "and nothing marks it",
        f'translate it, take it out, or mark it: lang="{language}"',
    )


RULE = Rule(
    "LG001",
    "language-unmarked",
    Severity.WARNING,
    "Words in another language stand in a page and nothing marks them.",
    "A screen reader reads them with the wrong sounds, and most readers cannot read them at all.",
    "WCAG, success criterion 3.1.2, language of parts, "
    "https://www.w3.org/WAI/GL/WCAG20/WD-UNDERSTANDING-WCAG20-20071218/meaning-other-lang-id.html",
    Example(
        "# Wexford fever\n\nThe fever is treated with doxycycline for 14 days.\n\n"
        "এই তথ্য শিক্ষা ও সচেতনতার জন্য।\n"
    ),
    Example(
        "# Wexford fever\n\nThe fever is treated with doxycycline for 14 days.\n\n"
        "It was called febris wexfordiensis in old books.\n"
    ),
    page=check,
    precision=0.92,
    reviewed=(
        "all 12 findings on the five seed pages, 60 PDQ summaries, 401 MedQuAD answers, 80 "
        "journal articles and the clean pages were read; a formula was taken for Spanish"
    ),
)
