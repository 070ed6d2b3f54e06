"""Question: what a reader wants to know: language, reader level, type and focus.

The same patterns read headings: a section called "What are the symptoms of X?" or "Symptoms of
X" answers a question of that type about X.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from piamater.errors import QuestionError
from piamater.text.language import identify_question

LONGEST = 1_000
"""The longest question that is taken, in code points."""

LANGUAGES = ("en", "es", "bn")


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A kind of question, with its compiled patterns; ``is_list`` where list items answer it."""

    name: str
    ask: tuple[re.Pattern[str], ...]
    heading: re.Pattern[str] | None
    cue: re.Pattern[str] | None
    is_list: bool
    again: dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood: its text, language, reader level, type, focus and modifier.

    ``foci`` holds what it is about: one thing, or two that are compared; as the reader wrote it.
    ``modifier`` is ``rare`` or ``common`` where the question asks for these alone.
    """

    text: str
    language: str
    reader: str
    type: QuestionType
    foci: tuple[str, ...]
    modifier: str = ""

    @property
    def focus(self) -> str:
        """What the question is about, in one string."""
        return " ".join(self.foci)


def understand(text: str, reader: str = "", language: str = "") -> Question:
    """Read a question.

    Raises:
        QuestionError: it is empty, too long, or in a language the library does not speak.
    """
    clean = " ".join(
        "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c in " \n\t‌‍")
        .split()
    )  # fmt: skip
    if not any(char.isalnum() for char in clean):
        raise QuestionError("the question is empty", todo='ask in words, such as "What is …?"')
    if len(clean) > LONGEST:
        raise QuestionError(
            f"the question has {len(clean):,} characters, over the limit of {LONGEST:,}",
            todo="ask one thing, in a sentence",
        )
    language = language or identify_question(clean)
    if language == "und":
        language = "en"
    if language not in LANGUAGES:
        raise QuestionError(
            f"the question seems to be in a language this library does not speak ({language})",
            todo="ask in English, Spanish or Bangla, or name it with --lang en, es or bn",
        )
    kind, foci, modifier = read_as_question(clean)
    return Question(clean, language, reader or reader_level(clean), kind, foci, modifier)


@lru_cache(maxsize=20_000)
def read_as_question(text: str) -> tuple[QuestionType, tuple[str, ...], str]:
    """The type, foci and modifier of a question."""
    bare = tidy(text)
    for kind in types().values():
        for pattern in kind.ask:
            match = pattern.search(bare)
            if match and (match.start() == 0 or not _YES_NO.match(bare)):
                groups = match.groupdict()
                named = groups.pop("focus", None)
                focus = named or _outside(bare, match)
                if not focus and kind.name in ("definition", "yes-no"):
                    continue
                modifier = next((value for value in groups.values() if value), "")
                return kind, _foci(focus or bare, kind), _modifier(modifier, bare)
    return types()["general"], (strip_focus(bare),), ""


@lru_cache(maxsize=20_000)
def read_as_heading(heading: str) -> tuple[frozenset[str], str]:
    """Which types of questions a section under this heading answers, and about what.

    A heading that is a question is read as one; the focus is empty where it names none.
    """
    bare = tidy(heading)
    if heading.rstrip().endswith("?") or re.match(
        r"(?:what|how|who|is|are|do|where)\b", bare, re.I
    ):
        kind, foci, _ = read_as_question(heading)
        also = {one.name for one in types().values() if one.heading and one.heading.search(bare)}
        return frozenset({kind.name, *(also if kind.name in ("general", "yes-no") else ())}), foci[
            0
        ]
    found = set()
    rest = ""
    for kind in types().values():
        if kind.heading and (match := kind.heading.search(bare)):
            found.add(kind.name)
            after = re.search(r"\b(?:of|for|in|de|del|con|en)\s+(.+)$", bare[match.start() :], re.I)
            rest = rest or (after.group(1) if after else "")
    return frozenset(found), strip_focus((rest if found else bare).split(": ")[0])


def reader_level(text: str) -> str:
    """``clinician`` where the wording is a clinician's, else ``patient``."""
    return "clinician" if _CLINICAL.search(text) and not _PERSONAL.search(text) else "patient"


_PERSONAL = re.compile(
    r"\b(?:my|i|me|i'm|mum|mom|dad|mi|mis|yo|tengo|me duele)\b|আমার|আমি|আমাকে", re.IGNORECASE
)
_CLINICAL = re.compile(
    r"\b(?:patients?|differential|a?etiolog\w*|prognos\w*|efficacy|cytolog\w*|enhancement|"
    r"intrathecal|leptomening\w*|pleocytosis|incidence|prevalence|first-line|contraindicat\w*|"
    r"management|pacientes?|pron[oó]stico|realce|intratecal|diferencial|eficacia)\b",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """A question without its brackets, marks at the ends and double spaces."""
    bare = re.sub(r"\(are\)", "", text)
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", bare)
    bare = re.sub(r"[?¿!¡।]+", " ", bare).replace("’", "'")
    return " ".join(bare.split()).strip(" .:;,-–—·")


_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|should|has|have|will|would|may|might)\b",
    re.IGNORECASE,
)
"""A question that begins so asks yes or no, whatever "treatment of" or the like stands in it."""


def _outside(bare: str, match: re.Match[str]) -> str:
    """What stands behind a match, or before it where nothing does."""
    behind = strip_focus(bare[match.end() :])
    return behind or strip_focus(bare[: match.start()])


_EDGE = re.compile(
    r"^(?:(?:of|for|in|on|with|about|to|by|from|is|are|the|a|an|my|people|patients?|someone|de|"
    r"del|la|el|los|las|un|una|en|con|por|para|mi)\s+)+|"
    r"(?:\s+(?:is|are|be|work|used|done|for|in|of|to|do|does|please))+$",
    re.IGNORECASE,
)
_BANGLA_EDGE = re.compile(r"(?:\s+(?:এর|র|হলে|হয়|হয়|রোগের|রোগে|জন্য|কী|কি|কীভাবে|কিভাবে|করা))+$")


def strip_focus(text: str) -> str:
    """A focus without the articles and prepositions at its ends."""
    before = None
    while before != text:
        before = text
        text = _BANGLA_EDGE.sub("", _EDGE.sub("", text.strip(" .:;,-–—·")))
    return text.strip(" .:;,-–—·")


def _foci(focus: str, kind: QuestionType) -> tuple[str, ...]:
    """One focus, or the two that a comparison names."""
    if kind.name == "comparison":
        parts = re.split(
            r"\s+(?:and|versus|vs\.?|with|to|y|e|frente a|এবং|ও|আর)\s+", focus, maxsplit=1
        )
        if len(parts) == 2:
            return tuple(strip_focus(part) for part in parts)
    return (strip_focus(focus),)


def _modifier(found: str, bare: str) -> str:
    """``rare``, ``common`` or nothing."""
    if re.search(r"\b(?:rare|uncommon|rar[ao]s|poco frecuentes)\b|বিরল", found or "", re.I):
        return "rare"
    if re.search(r"\b(?:common|usual|comunes|frecuentes)\b|সাধারণ", found or "", re.I):
        return "common"
    if re.match(r"what (?:are|is) the (?:rare|uncommon)\b", bare, re.I):
        return "rare"
    return ""


@cache
def types() -> dict[str, QuestionType]:
    """The types of questions, in the order they are tried."""
    text = (files("piamater.answers") / "data" / "question_types.toml").read_text("utf-8")
    return {name: _compiled(name, entry) for name, entry in tomllib.loads(text).items()}


def _compiled(name: str, entry: dict[str, object]) -> QuestionType:
    ask = entry["ask"]
    assert isinstance(ask, list)
    start = r"^(?:and |so |please |y |pero )?" if name in ("yes-no", "definition") else ""
    return QuestionType(
        name,
        tuple(re.compile(_bounded(one, start), re.IGNORECASE) for one in ask),
        _any_of(entry["heading"]),
        _any_of(entry["cue"]),
        bool(entry.get("list", False)),
        entry["again"],  # type: ignore[arg-type]
    )


def _bounded(pattern: str, start: str) -> str:
    """A pattern that neither begins nor ends within a word."""
    if start and pattern.startswith(("(?:কী", "মানে", "কাকে", "(?:এটা", "what (?P")):
        start = ""
    return rf"{start}(?<![\w\u0980-\u09ff])(?:{pattern})(?![\w\u0980-\u09ff])"


def _any_of(patterns: object) -> re.Pattern[str] | None:
    assert isinstance(patterns, list)
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
