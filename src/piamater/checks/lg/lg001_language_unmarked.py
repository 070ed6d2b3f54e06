"""LG001: words in another language that nothing marks as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from piamater.checks.lg.declared import declared_language, is_marked, marked_parts
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
_LEAST_WORDS = 4
"""Words from which a passage counts for the language of the page."""
_FAIR = 0.25
"""The share of the page from which what it declares is its language."""
_GAP = 120
"""Characters between passages in another language that are told of together."""


def check(page: Page) -> Iterator[Hit]:
    """Passages and stretches in another language than the page's, unless a lang mark holds them."""
    own, declared = _own_language(page), declared_language(page)
    if declared and own != declared:
        yield _wrongly_declared(own, declared)
    if own not in ("en", "es", "bn"):
        return
    marked = marked_parts(page)
    halves = _in_parts(page)
    last: Hit | None = None
    for one in page.document.passages:
        if one.mark in (Mark.REFERENCE, Mark.DAMAGE) or one.form in (Form.ROW, Form.CAPTION):
            continue
        found, language = _foreign(page, one, own, halves)
        if found and is_marked(page.text[found.start : found.end], language, marked):
            continue
        if found and last and found.message == last.message and found.start - last.end < _GAP:
            last = replace(last, end=found.end)
            continue
        if found:
            if last:
                yield last
            last = found
    if last:
        yield last


def _own_language(page: Page) -> str:
    """The page's language: what it declares, where a fair part of it is; else that of most of it.

    Names tell no language, nor do passages that could be of several.
    """
    letters: Counter[str] = Counter()
    for one in page.content():
        said = page.said(one)
        if len(said.split()) >= _LEAST_WORDS and not _names(said, least=_LEAST_WORDS):
            letters[identify(said, one.language)] += len(said)
    letters.pop("und", None)
    declared = declared_language(page)
    if declared and (not letters or letters[declared] >= _FAIR * letters.total()):
        return declared
    return letters.most_common(1)[0][0] if letters else page.language


def _wrongly_declared(own: str, declared: str) -> Hit:
    named = NAMES.get(own, own)
    return Hit(
        0,
        0,
        f"the page is in {named}, and says of itself that it is in {NAMES.get(declared, declared)}",
        f'write lang="{own}" where the page names its language',
    )


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


def _foreign(
    page: Page, passage: Passage, own: str, halves: dict[int, str]
) -> tuple[Hit | None, str]:
    """What of a passage is in another language, and in which."""
    said = page.said(passage)
    known = set(halves.values())
    if own != "bn" and "bn" not in known:
        for found in _BANGLA.finditer(said):
            if sum("\u0980" <= char <= "\u09ff" for char in found[0]) >= _LEAST:
                start = passage.start + found.start()
                return _hit(start, start + len(found[0].rstrip()), "bn", own), "bn"
    language = _other(passage, own, said)
    if language and language not in known:
        return _hit(passage.start, passage.end, language, own), language
    if own == "en" and halves.get(passage.section, own) == own:
        return _spanish(passage, said), "es"
    return None, ""


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


def _other(passage: Passage, own: str, said: str) -> str:
    """The language of a whole passage where it is surely another than the page's."""
    if passage.language == own or len(said.split()) < _WHOLE or "et al" in said:
        return ""
    found = identify(said)
    if found == own or found not in NAMES or found != passage.language:
        return ""
    return "" if _names(said) else found


def _names(said: str, least: int = _WHOLE) -> bool:
    """Whether a passage is mostly names, figures or a formula, or quotes a reference."""
    words = re.findall(r"[^\W\d_]+", said)
    long = sum(len(one) > 2 for one in words)
    if long < least or "PMID" in said or re.search(r"\bpp\. |\((?:19|20)\d\d\)", said):
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
