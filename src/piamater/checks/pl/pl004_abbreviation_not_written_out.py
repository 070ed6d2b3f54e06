"""PL004: an abbreviation on a patient page that the page never writes out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.page import Page
from piamater.checks.pl.reading import familiarity
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import patient_passages

_ABBREVIATION = re.compile(r"(?<![\w/@.&-])[A-Z][A-Z0-9]*(?:-?[A-Z0-9]+)+s?(?![\w@&/]|-[a-z]|\.\w)")
_GENE = re.compile(
    r"\b(?:gen(?:es?|etic)?|protein|mutation|chromosome|enzyme|antigen|prote[ií]na|mutaci"
    r"|cromosoma)|জিন|মিউটেশন|প্রোটিন|\b\d+-\d+\b"
)
"""Names of genes and proteins are names: their letters stand for nothing that would help."""
_EVERYDAY = 4.6
"""How familiar a word in capitals is that is no abbreviation: TWO or more."""
_SENTENCE_CAPITALS = 0.5


@cache
def _known() -> frozenset[str]:
    text = (files("piamater.checks") / "data" / "known_abbreviations.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["known"])


def check(page: Page) -> Iterator[Hit]:
    """The first place of each abbreviation that is nowhere beside its words."""
    seen: set[str] = set()
    for one in patient_passages(page):
        said = page.said(one)
        letters = [char for char in said if char.isalpha()]
        if sum(map(str.isupper, letters)) > _SENTENCE_CAPITALS * len(letters):
            continue
        for match in _ABBREVIATION.finditer(said):
            short = match.group().removesuffix("s")
            if short in seen or short in _known() or not _is_letters(short):
                continue
            seen.add(short)
            if short.isalpha() and familiarity(short) >= _EVERYDAY:
                continue
            if _GENE.search(said) or _is_title(short, page.title):
                continue
            if not _written_out(short, page.text):
                yield Hit(
                    one.start + match.start(),
                    one.start + match.end(),
                    f"the abbreviation “{short}” is never written out on this page",
                    f"write its words at the first use, with {short} in brackets, or leave it out",
                )


def _is_letters(short: str) -> bool:
    """Whether the letters may stand for words: not those of a code or a formula."""
    letters, digits = sum(map(str.isalpha, short)), sum(map(str.isdigit, short))
    is_code = digits >= 2 or (digits and letters < 3)  # ABC123, H2O
    return letters >= 2 and len(short) <= 7 and not is_code


def _is_title(short: str, title: str) -> bool:
    """Whether the words of the title begin with the letters of an abbreviation."""
    words = re.findall(r"[a-z]+", _SKIPPED.sub(" ", title.lower()))
    return short.lower() in "".join(word[0] for word in words)


def _written_out(short: str, text: str) -> bool:
    """Whether the page puts the abbreviation beside what it stands for, anywhere."""
    at = text.find(short)
    while at >= 0:
        end = at + len(short) + text.startswith("s", at + len(short))
        whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
        if whole and _beside(short, text[max(0, at - _NEAR) : at], text[end : end + _NEAR]):
            return True
        at = text.find(short, at + 1)
    return False


_NEAR = 120
_AFTER = re.compile(
    r"['”\"]?\s?(?:[\[(]|[–—:=]\s|-\s)\s*[^\W\d]{2,}[^)\]]{3,}"  # CSF (cerebrospinal fluid)
    r"|\s+(?:stands for|means|is short for|significa|মানে|হলো|হল)\b"
)
_BRACKET = re.compile(r"[\w)][^.(]{0,40}[\[(](?:[^()\[\]]{0,60}[,;/ ]\s?)?['“\"]?$")
_CLOSE = re.compile(r"['”\"]?(?:[,;/ ][^()]{0,60})?[\])]")
_NAMED = re.compile(
    r"(?:called|known as|short for|abbreviated|llamad[oa]|se llama|siglas|conocid[oa] como"
    r"|সংক্ষেপে)[^.]{0,30}$"
)
_SKIPPED = re.compile(r"\b(?:of|the|and|for|de|del|la|los|las|y|en|por|a|an|el)\b")


def _beside(short: str, before: str, after: str) -> bool:
    """Whether the words around one place are those of the abbreviation."""
    if _AFTER.match(after) or _NAMED.search(before):
        return True
    if _BRACKET.search(before) and _CLOSE.match(after):
        return True
    letters = re.sub(r"[^A-Z]", "", short).lower()
    words = re.findall(r"[a-z]+", _SKIPPED.sub(" ", f"{before} | {after}".lower()))
    return len(letters) >= 3 and letters in "".join(word[0] for word in words)


RULE = Rule(
    "PL004",
    "abbreviation-not-written-out",
    Severity.INFO,
    "An abbreviation on a page for patients is never written out.",
    "A reader who does not know the letters cannot look them up in the words of the page.",
    "NHS service manual, formatting and punctuation, "
    "https://service-manual.nhs.uk/content/formatting-and-punctuation",
    Example("---\nkind: patient-information\n---\n# Meningitis\n\nYour CSF will be tested.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\nThe cerebrospinal fluid (CSF) will "
        "be "
        "tested. The CSF is clear. The NHS pays for it.\n"
    ),
    page=check,
    precision=0.93,
    reviewed="30 of 87 findings in 701 MedQuAD answers; wrong: names of products and programmes",
)
