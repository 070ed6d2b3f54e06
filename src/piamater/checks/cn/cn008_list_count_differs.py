"""CN008: a sentence announces a number of things and the list behind it has another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from piamater.checks.cn.statements import CONFLICTING
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.values import number_words
from piamater.text import Form
from piamater.vocabulary.fold import fold

_THINGS = {
    "en": "types? kinds? forms? signs symptoms ways reasons steps causes groups stages tests "
    "things options treatments medicines drugs risks factors parts questions points findings "
    "criteria",
    "es": "tipos clases formas signos sintomas maneras razones pasos causas grupos estadios "
    "pruebas cosas opciones tratamientos medicamentos riesgos factores partes preguntas puntos",
    "bn": "ধরন প্রকার লক্ষণ উপায় কারণ ধাপ পরীক্ষা প্রশ্ন চিকিৎসা ওষুধ ঝুঁকি",
}
_LONG = 70
"""Characters from which an item may be a paragraph, with a list of its own in it."""
_LOOSE = re.compile(
    r"at least|more than|one or more|two or more|up to|or more|some of|among|include[s]?\b|such as"
    r"|al menos|mas de|o mas|hasta|incluy|entre|অন্তত|যেমন|\bor\b|\bto\b"
)


def check(page: Page) -> Iterator[Hit]:
    """Introductions with one number and a plural, against the items that they introduce."""
    passages = page.document.passages
    held = Counter(one.lead for one in passages if one.form is Form.ITEM and one.lead >= 0)
    long = {one.lead for one in passages if one.form is Form.ITEM and one.end - one.start > _LONG}
    for place, items in held.items():
        if items < 2 or place in long:
            continue
        lead = passages[place]
        said = fold(page.said(lead)).rstrip()
        count = _announced(said, page.language)
        if count and count != items and not _LOOSE.search(said):
            yield Hit(
                lead.start,
                lead.end,
                f"this announces {count}, and the list behind it has {items}",
                "count again; put in what is missing or change the number",
            )


def _announced(said: str, language: str) -> int:
    """The number that an introduction announces; 0 where it announces none or several."""
    if not said.endswith(":") or language not in _THINGS:
        return 0
    words = number_words(language)
    number = "|".join([*sorted(words, key=len, reverse=True), r"\d{1,2}"])
    things = "|".join(_THINGS[language].split())
    pattern = rf"(?<![\w.,-])({number})\s+(?:[^\W\d_-]+\s+){{0,2}}(?:{things})\b"
    found = re.findall(pattern, said)
    if len(found) != 1 or len(re.findall(r"\d+", said)) > 1:
        return 0
    value = words.get(found[0]) or float(found[0])
    return int(value) if 2 <= value <= 12 else 0


RULE = Rule(
    "CN008",
    "list-count-differs",
    Severity.WARNING,
    "A sentence announces a number of things and the list behind it has another.",
    "A reader looks for the one that is missing, and it may be the one that matters.",
    CONFLICTING,
    Example("# Wexford fever\n\nThere are three types of fever:\n\n- mild fever\n- severe fever\n"),
    Example("# Wexford fever\n\nThere are two types of fever:\n\n- mild fever\n- severe fever\n"),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; known by its planted faults only"
    ),
)
