"""As guide: an answer's statements, with their quotes, as the draft of a question guide.

What a person wrote to one reader and what the library answered become guides in the same way: only
statements with a citation are taken over, none that tells who somebody is, and never the question;
an editor gives the title. From there it goes the way of every guide: lint, review, publish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from piamater.answers.answer import Citation
from piamater.answers.inbox_record import ReaderQuestion
from piamater.answers.masking import identifiers
from piamater.answers.reply import sentences
from piamater.corpus import Library
from piamater.corpus.library import write_whole
from piamater.errors import InputError, QuoteError, UnknownNameError
from piamater.guides import LANGUAGES, parse_guide
from piamater.guides.lint import SHORTEST_QUOTE
from piamater.guides.statements import CITE_MARK
from piamater.text import split_sentences

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VIEWS = {"patient": "patient", "caregiver": "patient", "clinician": "clinical"}
_ABOUT = {
    "en": "What the sources of this library say about this question.",
    "es": "Lo que dicen las fuentes de esta biblioteca sobre esta pregunta.",
    "bn": "এই প্রশ্ন নিয়ে এই গ্রন্থাগারের উৎসগুলো যা বলে।",
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&!#])")
_LIST_START = re.compile(r"^(\d+)([.)])|^([-+=])")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an answer, and the quotes behind it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a guide is made of; ``sections`` are headings, which may be empty, with sentences."""

    language: str
    view: str
    authors: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Told, ...]], ...]


@dataclass(frozen=True, slots=True)
class GuideDraft:
    """A guide that was made: its file, how many sentences it has, and those it left out."""

    path: Path
    taken: int
    left_out: tuple[str, ...] = field(default=())


def outline_of_question(one: ReaderQuestion) -> Outline:
    """The outline of a reader's question that was answered and signed.

    Raises:
        InputError: it is not signed yet.
    """
    if one.state != "signed":
        raise InputError(
            f"question {one.id} has no signed answer",
            where="questions",
            todo=f"piamater questions sign {one.id} --by PERSON",
        )
    held = {each.number: each for each in one.citations}
    told = tuple(
        Told(text, tuple(held[mark] for mark in marks if mark in held))
        for text, marks in sentences(one.answer, one.language)
    )
    authors = tuple(dict.fromkeys(filter(None, (one.answered_by, one.signed_by))))
    return Outline(one.language, _VIEWS.get(one.reader, ""), authors, (("", told),))


def outline_of_answer(form: Mapping[str, Any], authors: Sequence[str]) -> Outline:
    """The outline of an answer of the library, from its machine form."""
    language = str(form["language"])
    sections = tuple(
        (
            str(section["heading"]),
            tuple(each for one in section["statements"] for each in _told(one, language)),
        )
        for section in form["sections"]
    )
    view = _VIEWS.get(str(form["reader"]), "")
    return Outline(language, view, tuple(authors), sections)


def _told(form: Mapping[str, Any], language: str) -> Iterable[Told]:
    """A statement's sentences; each has all its quotes."""
    text = " ".join(str(form["text"]).split())
    cited = tuple(Citation(**one) for one in form["citations"])
    for start, end in split_sentences(text, language):
        yield Told(text[start:end], cited)


def make_guide(
    library: Library, id_: str, title: str, outline: Outline, description: str = ""
) -> GuideDraft:
    """Write the draft of a question guide into the library's folder of guides.

    Raises:
        InputError: the id cannot be one, there is such a guide, the title tells who somebody is,
            or no sentence can be taken over.
        QuoteError: a quote does not stand in its source.
    """
    folder = library.folder / "guides" / id_
    _refuse_bad(folder, id_, title, description)
    taken, left_out = _sorted_out(outline)
    if not any(told for _, told in taken):
        raise InputError(
            "no sentence of the answer cites a quote, so there is nothing for a guide",
            where=id_,
            todo="answer with the marks of the draft's quotes, such as [1]",
        )
    text = _text(library, id_, title.strip(), outline, taken, description)
    parse_guide(text, name=f"{id_}/{outline.language}.md")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{outline.language}.md"
    write_whole(path, text.encode("utf-8"), mode=0o644)
    return GuideDraft(path, sum(len(told) for _, told in taken), left_out)


def _refuse_bad(folder: Path, id_: str, title: str, description: str) -> None:
    if not _ID.fullmatch(id_) or len(id_) > 100:
        raise InputError(
            f"{id_!r} cannot be a guide's id",
            where="guides",
            todo="small letters, digits and single hyphens, such as headache-after-puncture",
        )
    if any((folder / f"{one}.md").exists() for one in LANGUAGES):
        raise InputError("there is such a guide already", where=str(folder), todo="give another id")
    for what, text in (("title", title), ("description", description)):
        if what == "title" and not any(one.isalnum() for one in text):
            raise InputError("the guide needs a title", where=id_, todo="give --title")
        if found := identifiers(text):
            raise InputError(
                f"the {what} tells who somebody is ({found[0].kind})",
                where=id_,
                todo="ask the question as anybody could ask it",
            )


Sections = list[tuple[str, list[Told]]]


def _sorted_out(outline: Outline) -> tuple[Sections, tuple[str, ...]]:
    """What can be taken over, each sentence once, and the sentences that cannot."""
    taken: Sections = []
    left_out: list[str] = []
    seen: set[str] = set()
    for heading, told in outline.sections:
        kept = []
        for one in told:
            own = not any(one.text in each.quote for each in one.citations)
            if not one.citations or (own and identifiers(one.text)):
                left_out.append(one.text)
            elif one.text not in seen:
                kept.append(one)
            seen.add(one.text)
        taken.append((heading, kept))
    return taken, tuple(left_out)


def _text(
    library: Library, id_: str, title: str, outline: Outline, taken: Sections, description: str
) -> str:
    from piamater.guides.review import load_policy

    months = load_policy(library.folder / "review").proposed
    front: dict[str, object] = {
        "guide": "piamater-guide/1",
        "id": id_,
        "language": outline.language,
        "title": title,
        "description": description.strip() or _ABOUT[outline.language],
        "type": "question",
        "concepts": [],
        "authors": list(outline.authors) or [library.settings.name],
        "submitted": library.today.isoformat(),
        "review-due": _later(library.today, months).isoformat(),
    }
    lines = ["---", *(f"{key}: {_yaml(value)}" for key, value in front.items()), "---", ""]
    lines += ["## answer", ""] + ([f"### {outline.view}", ""] if outline.view else [])
    labels = _Labels(library)
    for heading, told in taken:
        if heading and told:
            lines += [f"#### {_escaped(heading)}", ""]
        for one in told:
            marks = dict.fromkeys(x for each in one.citations for x in labels.of(each))
            lines.append(f"- {_escaped(one.text)}{''.join(f'[^{each}]' for each in marks)}")
        lines += [""] if told else []
    return "\n".join([*lines, *labels.lines, ""])


def _yaml(value: object) -> str:
    """A value of the front matter; JSON is YAML, and a date stands bare."""
    text = str(value)
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else json.dumps(value, ensure_ascii=False)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28))


def _escaped(text: str) -> str:
    """A text as Markdown that gives the same text, without marks that a guide takes for its own."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(CITE_MARK.sub("", text).split()))
    return _LIST_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", plain)


class _Labels:
    """Labels for quotes, and the lines that define them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.known: dict[tuple[str, str], str] = {}

    def of(self, one: Citation) -> list[str]:
        """The labels of a quote: one for each of its lines.

        Raises:
            QuoteError: it does not stand in its source.
        """
        try:
            text = self.library.corpus.text(one.source, one.version)
        except UnknownNameError:
            text = ""
        if text[one.start : one.end] != one.quote:
            raise QuoteError("a quote of the answer does not stand in its source", where=one.source)
        pieces = [part for part in one.quote.split("\n") if part.strip()]
        if len(pieces) == 1 and len(one.quote) < SHORTEST_QUOTE:
            pieces = [_whole_line(text, one.start, one.end)]
        return [self._label(one.source, piece) for piece in pieces]

    def _label(self, source: str, quote: str) -> str:
        return self.known.setdefault((source, quote), f"quote-{len(self.known) + 1}")

    @property
    def lines(self) -> list[str]:
        """The definitions, in the order of their numbers."""
        return [f'[^{label}]: @{source} "{quote}"' for (source, quote), label in self.known.items()]


def _whole_line(text: str, start: int, end: int) -> str:
    """The line that a short quote stands in."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)]
