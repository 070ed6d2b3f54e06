"""CN018: a page defines one thing in two contrary ways."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.checks.cn.statements import CONFLICTING, short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold, key

_MYTH = re.compile(r"\bmyth|\bmito|\btrue or false|\bverdadero o falso|ভুল ধারণা")
_MARKERS = re.compile(r"\[[\d,;\s–-]+\]|\[\^[\w-]+\]")
_REST = 110
"""Letters behind the verb among which a definition says what the thing is."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language; ``pairs`` are the properties with what says and denies them."""

    subject: re.Pattern[str]
    hedged: re.Pattern[str]
    limits: re.Pattern[str]
    pronouns: re.Pattern[str]
    denies: re.Pattern[str]
    pairs: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]


def check(page: Page) -> Iterator[Hit]:
    """Sentences with the same subject, one of which has a property that the other denies."""
    known: dict[tuple[tuple[str, ...], str], tuple[bool, Passage]] = {}
    for one in page.content(Form.SENTENCE, Form.ITEM):
        words = _words().get(one.language)
        if words is None or _MYTH.search(fold(" ".join(page.section(one).path))):
            continue
        subject, told = _told(page.said(one), words)
        for name, has in told.items():
            other = known.setdefault((subject, name), (has, one))
            if other[0] != has:
                yield Hit(
                    one.start,
                    one.end,
                    f"elsewhere the page says the contrary: {short(page.said(other[1]), 160)}",
                    "find out which of the two the source says, or name the form that each means",
                )
                break


def _told(said: str, words: _Words) -> tuple[tuple[str, ...], dict[str, bool]]:
    """The subject of a definition by its stems, and the properties that it has or has not."""
    low = fold(_MARKERS.sub("", said)).strip().rstrip(".।")
    found = words.subject.match(low)
    if found is None or low.endswith(("?", ":")):
        return (), {}
    rest = re.split(r"[;(]|, ", found["rest"])[0][:_REST]
    if words.hedged.search(f"{found['subject']} {rest}") or words.limits.search(low):
        return (), {}
    if words.pronouns.search(found["subject"]):
        return (), {}
    told = {}
    for name, yes, no in words.pairs:
        has, lacks = yes.search(rest), no.search(rest)
        if bool(has) == bool(lacks):
            continue
        at = (has or lacks).start()  # type: ignore[union-attr]
        told[name] = bool(has) != bool(words.denies.search(rest[:at]))
    return tuple(key(one) for one in found["subject"].split()), told


@cache
def _words() -> dict[str, _Words]:
    text = (files("piamater.checks") / "data" / "contraries.toml").read_text("utf-8")
    out = {}
    for language, some in tomllib.loads(text).items():
        pairs = tuple(
            (name, _pattern(one["yes"]), _pattern(one["no"]))
            for name, one in some.items()
            if isinstance(one, dict)
        )
        plain = [_pattern(some[name]) for name in ("subject", "hedged", "but", "pronouns", "not")]
        out[language] = _Words(plain[0], plain[1], plain[2], plain[3], plain[4], pairs)
    return out


def _pattern(written: str) -> re.Pattern[str]:
    """A pattern in the form of folded text."""
    return re.compile(unicodedata.normalize("NFC", written))


RULE = Rule(
    "CN018",
    "contrary-definitions",
    Severity.WARNING,
    "A page defines one thing in two contrary ways.",
    "Whether a disease is inherited, catching or cancer is the first thing a reader asks; told "
    "both ways, the page frightens or lulls.",
    CONFLICTING,
    Example(
        "# Wexford fever\n\n## About it\n\nWexford fever is a contagious disease of the nerves.\n\n"
        "## At school\n\nWexford fever is not contagious, and children may go to school.\n"
    ),
    Example(
        "# Wexford fever\n\n## About it\n\nWexford fever is a contagious disease of the nerves.\n\n"
        "## At school\n\nChronic Wexford fever is not contagious, and children may go to school.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 5,490 MedQuAD pages, 60 PDQ summaries, 269 journal articles, 1,000 case "
        "reports and the clean pages; known by its planted faults only"
    ),
)
