"""EV005: a reference about another field of medicine than its page."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from piamater.checks.bibliography import written
from piamater.checks.ev.addresses import read_address
from piamater.checks.ev.papers import is_paper
from piamater.checks.ev.words import folded
from piamater.checks.page import Entry, Page, vocabulary
from piamater.checks.remembered import remembered
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import WORD, fold

_MENTIONS = 4
"""Times that a page must speak of a field for works of that field to belong to it."""
_TELLING = frozenset({"disease", "cancer", "symptom", "sign", "danger-sign", "drug", "test"})
_HOUSE = re.compile(
    r"\b(?:hospital|foundation|institute|association|society|college|cent(?:re|er)|university|academy"
    r"|trust|journal|department|universidad|sociedad|fundaci[oó]n|asociaci[oó]n)\b",
    re.IGNORECASE,
)
_TITLED = 5
"""Words of a title that may be about more than its field."""
_LONG = 5
_KNOWN = 0.5
"""The share of the long words of a title that a page has where the work is about its subject."""
_EVERY = 40
"""On a long page: one passage in so many."""


@dataclass(frozen=True)
class _Field:
    id: str
    name: str
    hosts: tuple[str, ...]
    words: re.Pattern[str]
    page: re.Pattern[str]


@cache
def _fields() -> tuple[_Field, ...]:
    text = (files("piamater.checks") / "data" / "fields.toml").read_text("utf-8")
    return tuple(
        _Field(
            one["id"],
            one["name"],
            tuple(one["hosts"]),
            _pattern(one["words"]),
            re.compile(
                "|".join(fold(each).replace(r"\w*", ".*") for each in one.get("page", one["words"]))
            ),
        )
        for one in tomllib.loads(text)["field"]
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(fold, words))})(?!\w)")


def _of_words(words: list[str]) -> re.Pattern[str]:
    """A pattern of whole words; a Bangla ending need not be of letters."""
    return re.compile("|".join(fold(one).replace(r"\w*", ".*") for one in words))


def check(page: Page) -> Iterator[Hit]:
    """Entries of fields that the page hardly speaks of, unless they name the page's own topic."""
    if not page.entries or not page.title or is_paper(page):
        return
    strange = [one for one in _fields() if _is_strange(page, one)]
    if not strange:
        return
    near = _near(page)
    for entry in page.entries:
        found = _field_of(entry, strange)
        if found and not _names(page, entry, near) and not _is_used(page, entry, found):
            yield Hit(
                entry.start,
                entry.end,
                f"reference {entry.label} is about {found.name}, which this page on "
                f"{page.title.strip()[:80]} does not treat",
                "take it off the list, or cite what speaks of this page's subject",
            )


def _is_used(page: Page, entry: Entry, field: _Field) -> bool:
    """Whether a titled work goes with the page: its field or its other words stand there."""
    title = [one for one in WORD.findall(fold(_title(entry))) if len(one) >= _LONG]
    if len(_title(entry).split()) < _TITLED:
        return False
    heard = _heard(page)
    known = sum(one in heard.words for one in title)
    return heard.counts[field.id] > 0 or known > _KNOWN * len(title)


def _is_strange(page: Page, field: _Field) -> bool:
    """Whether a field is none of the page's: not in title or headings, and rare in the text."""
    heard = _heard(page)
    if field.id in heard.headings:
        return False
    least = max(_MENTIONS, heard.passages // _EVERY)
    return heard.counts[field.id] < least


@dataclass(frozen=True)
class _Heard:
    """How often a page speaks of each field, and which its title or headings name."""

    words: Mapping[str, int]
    counts: Counter[str]
    headings: frozenset[str]
    passages: int


@remembered
def _heard(page: Page) -> _Heard:
    text = folded(page.text)
    words: Counter[str] = Counter()
    passages = 0
    for one in page.content():
        passages += 1
        words.update(set(WORD.findall(text, one.start, one.end)))
    counts: Counter[str] = Counter()
    for word, times in words.items():
        for field in _fields_of(word):
            counts[field] += times
    heads = [
        page.title,
        *(one.heading for one in page.document.sections if one.mark is Mark.CONTENT),
    ]
    named = {
        field for head in heads for word in WORD.findall(fold(head)) for field in _fields_of(word)
    }
    return _Heard(words, counts, frozenset(named), passages)


@lru_cache(maxsize=50_000)
def _fields_of(word: str) -> tuple[str, ...]:
    """The fields that a word of a page belongs to."""
    return tuple(one.id for one in _fields() if one.page.fullmatch(word))


def _field_of(entry: Entry, strange: list[_Field]) -> _Field | None:
    """The first of some fields that a reference is about, by its site or its words."""
    address = read_address(entry.url)
    host = address.host if address else ""
    words = fold(f"{_title(entry)} | {_subject(entry)}")
    for one in strange:
        if any(host == site or host.endswith("." + site) for site in one.hosts):
            return one
        if one.words.search(words):
            return one
    return None


def _title(entry: Entry) -> str:
    """The longest part of a written reference: its title, not its journal or its publisher."""
    parts = re.split(r"[.?!]\s", written(entry.text))
    return max((one for one in parts if not _HOUSE.search(one)), key=len, default="")


def _subject(entry: Entry) -> str:
    """The words of an address that say what it is about."""
    address = read_address(entry.url)
    return address.words if address else ""


def _near(page: Page) -> set[str]:
    """The concepts of the title, those above them and those below."""
    known = vocabulary()
    found = set(page.topic)
    for one in page.topic:
        found |= known.ancestors(one) | known.descendants(one)
    return found


def _names(page: Page, entry: Entry, near: set[str]) -> bool:
    """Whether an entry names a concept near the page's topic, or its title one the page has."""
    known = vocabulary()
    if not known.concept_ids(f"{_title(entry)}. {_subject(entry)}").isdisjoint(near):
        return True
    named = {
        one
        for one in known.concept_ids(_title(entry))
        if (concept := known.get(one)) and concept.type in _TELLING
    }
    return not named.isdisjoint(_spoken(page))


@remembered
def _spoken(page: Page) -> frozenset[str]:
    """The concepts that the page speaks of."""
    return frozenset(one.concept for each in page.content() for one in page.mentions(each))


RULE = Rule(
    "EV005",
    "off-topic-reference",
    Severity.WARNING,
    "A reference is about another field of medicine than the page.",
    "References copied from another page make a list look full and leave the statements bare.",
    "HONcode principle 4, references should be in relation with the content, "
    "https://www.hon.ch/HONcode/Guidelines/hc_p4.html",
    Example(
        "# Bacterial meningitis\n\nIt is an emergency.[1]\n\n## References\n\n"
        "1. https://www.aad.org/about/burden-of-skin-disease\n"
    ),
    Example(
        "# Bacterial meningitis\n\nIt is an emergency.[1]\n\n## References\n\n"
        "1. https://www.nhs.uk/conditions/meningitis/\n"
    ),
    page=check,
    precision=0.97,
    reviewed="36 findings on five seed pages and 1 on 60 PDQ pages with 6,500 references, all",
)
