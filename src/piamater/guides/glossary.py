"""The glossary: hard words of the guides, explained in one plain sentence, found in a text.

Nothing is written into the text: ``Glossary.find`` gives places, and the page decides how to show
them. Offsets are those of the text given; the search itself runs on its canonical form, so both
spellings of য় and a word broken by a soft hyphen are found. Definitions are never searched.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from piamater.errors import InputError, UnknownNameError
from piamater.text.bangla import search_form
from piamater.text.normalise import normalise

LANGUAGES = ("en", "es", "bn")
"""The languages of the glossary."""


@dataclass(frozen=True, slots=True)
class Word:
    """A hard word in one language, with the page its meaning was checked on."""

    id: str
    label: str
    language: str
    definition: str
    source: str
    looked_up: str


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the text, ``text[start:end]``, and the word that stands there."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word with its forms and the neighbours that show another sense."""

    word: Word
    forms: tuple[str, ...]
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def another_sense(self, text: str, start: int, end: int) -> bool:
        """Whether the words next to the place show that another sense is meant."""
        before, after = self.not_after, self.not_before
        return bool(
            (after and after.match(text, end))
            or (before and before.search(text, max(0, start - _NEAR), start))
        )


_NEAR = 80
_DASHES = "\\-\u2010\u2011\u2013"
_MARKS = "\u0300-\u036f\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u09fe\u200c\u200d"
_BEFORE = rf"(?<![\w{_MARKS}])(?<![\w{_MARKS}][{_DASHES}'\u2019.@])"
_AFTER = rf"(?![\w{_MARKS}])(?![{_DASHES}.@]\w)(?!['\u2019](?!s\b)\w)"
_ADDRESS = r"(?:https?://|www\.)\S+"
_SUFFIX = (
    rf"(?:[{_DASHES}]?(?:এর|এ|(?:টি|টা|গুলি|গুলো|গুলোয়)(?:র|কে|তে|ও|ই)?|দের|রা|(?:য়ের|য়ে|য়)"
    r"|তে|কে|র|(?:ের|ে)|ও|ই))?"
)
"""The endings of case and number that may follow a Bangla word, joined to it or with a hyphen."""


class Glossary:
    """The hard words of one language."""

    def __init__(self, language: str, entries: Iterable[_Entry]) -> None:
        self.language = language
        self._by_form: dict[str, _Entry] = {}
        self._entries = tuple(entries)
        for entry in self._entries:
            for form in entry.forms:
                other = self._by_form.setdefault(_fold(form), entry)
                if other is not entry:
                    raise InputError(
                        f"“{form}” is a form of two words: {other.word.id}, {entry.word.id}",
                        where=f"the glossary ({language})",
                        todo="leave it with one of them",
                    )
        ending = _SUFFIX if language == "bn" else ""
        self._pattern = re.compile(
            rf"{_ADDRESS}|{_BEFORE}(?P<form>{_alternation(self._by_form)}){ending}{_AFTER}",
            re.IGNORECASE,
        )

    @staticmethod
    def load(language: str) -> Glossary:
        """The glossary of a language, read once.

        Raises:
            UnknownNameError: there is no glossary in that language.
        """
        if language not in LANGUAGES:
            raise UnknownNameError(
                f"no glossary in the language “{language}”",
                where="the glossary",
                todo=f"use one of: {', '.join(LANGUAGES)}",
            )
        return _load(language)

    @property
    def words(self) -> tuple[Word, ...]:
        """All the words, in the order of the data."""
        return tuple(entry.word for entry in self._entries)

    def forms(self, id_: str) -> tuple[str, ...]:
        """The forms under which a word is found, its label among them."""
        return next((one.forms for one in self._entries if one.word.id == id_), ())

    def find(self, text: str, *, seen: set[str] | None = None) -> tuple[Found, ...]:
        """The hard words of a text, in order; none overlap, the longest wins.

        With ``seen``, a word is given only where its id is not in it yet; ids found are added.
        """
        canonical = normalise(text)
        found: list[Found] = []
        for match in self._pattern.finditer(canonical.text):
            entry = self._entry(match)
            if entry is None or (seen is not None and entry.word.id in seen):
                continue
            if seen is not None:
                seen.add(entry.word.id)
            start, end = match.span()
            if canonical.text is not text:
                start, end = canonical.original_span(start, end)
            found.append(Found(start, end, entry.word))
        return tuple(found)

    def _entry(self, match: re.Match[str]) -> _Entry | None:
        """The entry of a match, or none where it only looks like one."""
        form = match["form"]
        entry = self._by_form.get(_fold(form)) if form else None
        if entry is None or entry.another_sense(match.string, *match.span()):
            return None
        following = match.string[match.end() : match.end() + 1]
        return None if following and unicodedata.category(following)[0] == "M" else entry


def _fold(form: str) -> str:
    """The key of a form: case, dashes, apostrophes and Bangla spellings made one."""
    plain = re.sub(f"[{_DASHES}]", "-", search_form(form).casefold())
    return plain.replace("\u2019", "'")


_TOKENS = {"-": f"[{_DASHES}]", "'": "['\u2019]"}
_KHANDA_TA = "ত্"


def _tokens(form: str) -> list[str]:
    """The pattern of every character of a folded form."""
    tokens: list[str] = []
    for part in re.findall(rf"{_KHANDA_TA}|.", form):
        if part == _KHANDA_TA:
            tokens.append(rf"(?:ৎ|{_SILENT.join(part)}){_SILENT}")
        elif "\u0980" <= part <= "\u09ff":
            tokens.append(part + _SILENT)
        else:
            tokens.append(_TOKENS.get(part, re.escape(part)))
    return tokens


_SILENT = "[\u200c\u200d\u0981]*"
"""What Bangla writes between letters or leaves out: joiners and candrabindu."""

_Tree = dict[str, "_Tree"]


def _alternation(forms: Iterable[str]) -> str:
    """One pattern for all the forms that tries the longer before the shorter."""
    root: _Tree = {}
    for form in forms:
        node = root
        for token in _tokens(form):
            node = node.setdefault(token, {})
        node[""] = {}
    return _branch(root)


def _branch(node: _Tree) -> str:
    """The pattern of what may follow a beginning shared by several forms."""
    branches = [token + _branch(below) for token, below in node.items() if token]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{inner})?" if "" in node else inner


@cache
def _load(language: str) -> Glossary:
    """Read the data of one language."""
    data = (files("piamater.guides") / "data" / "glossary.toml").read_text("utf-8")
    return Glossary(language, [_entry(row, language) for row in tomllib.loads(data)["word"]])


def _entry(row: Mapping[str, Any], language: str) -> _Entry:
    """One word of the data in one language."""
    try:
        own = row[language]
        word = Word(
            row["id"], own["label"], language, own["definition"], row["source"], row["looked_up"]
        )
        forms = tuple(dict.fromkeys([own["label"], *own.get("forms", ())]))
    except KeyError as error:
        raise InputError(
            f"the word “{row.get('id', '?')}” has no {error} ({language})",
            where="data/glossary.toml",
            todo="write it, or take the word out",
        ) from error
    before, after = own.get("not_before", ()), own.get("not_after", ())
    return _Entry(word, forms, _near(r"\s+(?:{})\b", before), _near(r"\b(?:{})\s+\Z", after))


def _near(frame: str, words: Iterable[str]) -> re.Pattern[str] | None:
    """The pattern of words next to a place, or none."""
    inner = "|".join(re.escape(word) for word in words)
    return re.compile(frame.replace("{}", inner), re.IGNORECASE) if inner else None
