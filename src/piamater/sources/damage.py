"""Damage: text that a broken template wrote into a page; found so that it is never quoted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

Damage = tuple[int, int, str]
"""Start and end in code points, and what kind of damage it is."""

_VALUE = re.compile(r"""=\s*(?:"([^"\n]*)"|“([^”\n]*)”|'([^'\n]*)')""")
_SHARED = 12
"""So many characters in common say that an attribute's value was also written into the text."""
_LAST_WORD = re.compile(r"[^\W\d_]{5,}$")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = (".", "!", "?", "।", ";", ":", ")", '"', "”")
_ENDINGS = re.compile(
    r"(?:(?:s|e|es|ed|d|r|er|ers|ing|ings|ly|al|ally|ic|ical|ally|y|ies|ment|ments|ness|able|ible|"
    r"ion|ions|ation|ations|ary|ory|ous|like|ist|ists|ism|ize|ized|ise|ised|less|ful|man|men|ation|"
    r"n|an|ans|ian|ity|ities|ive|or|ors|ent|ant|ance|ence|ia|ias|t|ted|ting|o|os|a|as|mente|ción|"
    r"ciones|idad|ico|ica|icos|icas|al|ales|ar|ario|aria)+)\Z"
)


def find_damage(text: str) -> list[Damage]:
    """The damaged stretches of a text, in order.

    What a broken template leaves: attributes and half tags with the definitions they brought,
    notes to editors, template marks, text in the wrong encoding, and items cut within a word.
    Clean text costs one look for a few telling strings.
    """
    found = [
        (*_stretch(text, match, kind), kind)
        for kind, hint, pattern in _patterns()
        if hint is None or any(one in text for one in hint)
        for match in pattern.finditer(text)
    ]
    found += _cut_items(text)
    apart: list[Damage] = []
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or one[1] > apart[-1][1]:
            apart.append(one)
    return apart


def _stretch(text: str, match: re.Match[str], kind: str) -> tuple[int, int]:
    """What a match spoils: with attributes, also the definition that was written before them.

    A glossary that writes its markup into the text writes the definition twice: as the value of
    an attribute and, from some point on, before it. What both share is damage; where nothing is
    shared, nobody can tell how much was written, and the block up to there is damage.
    """
    start, end = match.span()
    if kind != "attribute-fragment":
        return start, end
    block = text.rfind("\n", 0, start) + 1
    before = text[block:start]
    values = ("".join(one.groups(default="")) for one in _VALUE.finditer(match.group()))
    shared = max((_common_end(before, value) for value in values), default=0)
    return start - shared if shared >= _SHARED else block, min(end + 1, len(text))


def _common_end(one: str, other: str) -> int:
    """How many characters two texts share at their ends."""
    shared = 0
    for first, second in zip(reversed(one), reversed(other), strict=False):
        if first != second:
            break
        shared += 1
    return shared


def _cut_items(text: str) -> Iterator[Damage]:
    """Lines of a list that stop within a word.

    Their neighbours end as sentences; they end in a word that stands nowhere else in the text
    and begins a longer word that does, and not by one of the endings that words take.
    """
    lines = text.split("\n")
    at = 0
    words: set[str] = set()
    for number, line in enumerate(lines):
        start, at = at, at + len(line) + 1
        beside = [lines[one] for one in (number - 1, number + 1) if 0 <= one < len(lines)]
        if (
            not line
            or line.endswith(_SENTENCE_ENDS)
            or line.count(" ") < 4
            or len(beside) < 2
            or not all(one.endswith((".", "।")) for one in beside)
        ):
            continue
        last = _LAST_WORD.search(line)
        if last is None or not last.group().islower():
            continue
        words = words or {one.lower() for one in _WORD.findall(text)}
        if text.count(last.group()) > 1 and _is_cut(last.group(), text, words):
            yield start, start + len(line), "cut-short"


def _is_cut(stem: str, text: str, words: set[str]) -> bool:
    longer = [one for one in words if one.startswith(stem) and one != stem]
    whole = len(re.findall(rf"\b{stem}\b", text, re.IGNORECASE))
    return (
        whole == 1 and bool(longer) and not any(_ENDINGS.match(one[len(stem) :]) for one in longer)
    )


@cache
def _patterns() -> list[tuple[str, tuple[str, ...] | None, re.Pattern[str]]]:
    """Kind, strings one of which must occur for the pattern to, and the pattern."""
    text = (files("piamater.sources") / "data" / "damage.toml").read_text("utf-8")
    return [
        (entry["kind"], tuple(entry["hint"]) or None, re.compile(entry["pattern"]))
        for entry in tomllib.loads(text)["damage"]
    ]
