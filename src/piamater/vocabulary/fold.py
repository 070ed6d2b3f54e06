"""Folding: one form for terms and texts that keeps every offset where it was.

Every code point becomes exactly one: lower case, accents off Latin letters, all dashes and white
space to a space, Bangla digits to ASCII. British and American spelling meet by folding the terms
both ways when the matcher is built.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if code < 0x250 or 0x370 <= code < 0x530 or 0x1E00 <= code < 0x2000:
            base = unicodedata.normalize("NFD", char)[0].lower()
            if len(base) == 1 and base != char:
                table[code] = base
        if code > 0x2100:
            break
    table.update({0x09E6 + digit: str(digit) for digit in range(10)})
    table.update(dict.fromkeys((*range(0x2010, 0x2016), 0x2D, 0x2212, 0xA0, 9, 10, 13), " "))
    table.update({0x2019: "'", 0x2018: "'", 0xF1: "ñ", 0xD1: "ñ"})
    return table


def fold(text: str) -> str:
    """The folded form of a text, as long as the text itself."""
    return text.translate(_table())


_SPELLINGS = (
    (re.compile(r"ae"), "e"), (re.compile(r"oe"), "e"), (re.compile(r"our\b"), "or"),
    (re.compile(r"isation"), "ization"), (re.compile(r"ise([ds]?)\b"), r"ize\1"),
    (re.compile(r"yse([ds]?)\b"), r"yze\1"), (re.compile(r"tumour"), "tumor"),
    (re.compile(r"fibre"), "fiber"), (re.compile(r"litre"), "liter"),
)  # fmt: skip
_LONGER = (
    (re.compile(r"^(h|leuk|an|isch|septic|bacter|hyper|hypo)(em)"), r"\1aem"),
    (re.compile(r"\bedema"), "oedema"), (re.compile(r"tumor"), "tumour"),
    (re.compile(r"\besoph"), "oesoph"), (re.compile(r"\bhem(o|a|i)"), r"haem\1"),
    (re.compile(r"emia\b"), "aemia"), (re.compile(r"\bpedia"), "paedia"),
    (re.compile(r"diarrhea"), "diarrhoea"), (re.compile(r"anesth"), "anaesth"),
)  # fmt: skip


def spellings(term: str) -> set[str]:
    """A folded English term in British and American spelling."""
    found = {term}
    shorter = longer = term
    for pattern, new in _SPELLINGS:
        shorter = pattern.sub(new, shorter)
    for pattern, new in _LONGER:
        longer = pattern.sub(new, longer)
    return found | {shorter, longer}
