"""Reply: what a person answers a reader with; its marks ``[1]`` name quotes of the draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import regex

from piamater.answers.answer import Answer, Citation, Statement
from piamater.errors import InputError
from piamater.text import split_sentences

MARK = regex.compile(r"\[(\d{1,3})\]")
"""A mark, in the digits of any script."""

_MARKS = regex.compile(r"(?:\s*\[\d{1,3}\])+")


def quotes_of(answer: Answer) -> tuple[Citation, ...]:
    """The quotes under an answer, each once, numbered from 1 in their order."""
    found: dict[tuple[str, str, int, int], Citation] = {}
    for statement in _told(answer):
        for one in statement.citations:
            key = (one.source, one.version, one.start, one.end)
            found.setdefault(key, _numbered(one, len(found) + 1))
    return tuple(found.values())


def draft_text(answer: Answer) -> str:
    """A draft for the person who answers: statements with marks, gaps, the quotes in full."""
    quotes = quotes_of(answer)
    number = {(one.source, one.version, one.start, one.end): one.number for one in quotes}
    titles = {one.source: one for one in answer.references}

    def line(one: Statement) -> str:
        cited = (number[(c.source, c.version, c.start, c.end)] for c in one.citations)
        context = f"{one.context}: " if one.context else ""
        text = _MARKS.sub("", context + one.text)  # the source's own marks, not ours
        return f"- {' '.join(text.split())} " + "".join(
            f"[{mark}]" for mark in dict.fromkeys(cited)
        )

    out = [f"!! {answer.urgent.title}: {answer.urgent.text}"] if answer.urgent else []
    for section in answer.sections:
        out += ["", section.heading, *map(line, section.statements)]
    for one in answer.disagreements:
        out += ["", one.about, *map(line, one.positions)]
    if answer.gaps:
        out += ["", *(f"- {gap}" for gap in answer.gaps)]
    out += [""] if quotes else []
    for quote in quotes:
        held = titles.get(quote.source)
        about = f"{held.title} ({quote.source}; {held.standing})" if held else quote.source
        out.append(f"[{quote.number}] {about}: “{quote.quote}”")
    out += ["", answer.notice]
    return "\n".join(out).strip()


def reply_text(answer: Answer) -> str:
    """The draft's statements alone, with their marks: an answer that says what the library says."""
    return "\n".join(one for one in draft_text(answer).splitlines() if _stated(one))


def _stated(line: str) -> bool:
    return line.startswith("- ") and bool(MARK.search(line))


def _told(answer: Answer) -> Iterator[Statement]:
    yield from answer.statements
    for one in answer.disagreements:
        yield from one.positions


def _numbered(one: Citation, number: int) -> Citation:
    return Citation(number, one.source, one.version, one.start, one.end, one.quote)


def cited(text: str, quotes: Iterable[Citation]) -> tuple[Citation, ...]:
    """The quotes that a reply's marks name.

    Raises:
        InputError: a mark names none of them.
    """
    held = {one.number: one for one in quotes}
    marks = list(dict.fromkeys(int(one) for one in MARK.findall(text)))
    if missing := [one for one in marks if one not in held]:
        raise InputError(
            f"the draft has no quote [{missing[0]}]",
            where="the answer",
            todo=f"marks are [1] to [{max(held)}]" if held else "draft it first, or take it out",
        )
    return tuple(held[one] for one in sorted(marks))


def sentences(text: str, language: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of a reply without their marks, each with the numbers behind it."""
    found = []
    for line in text.splitlines():
        plain, marks = _unmarked(line.strip().removeprefix("- "))
        spans = split_sentences(plain, language)
        for index, (start, end) in enumerate(spans):
            following = spans[index + 1][0] if index + 1 < len(spans) else len(plain) + 1
            numbers = [one for at, one in marks if start < at <= max(end, following - 1)]
            if any(one.isalnum() for one in plain[start:end]):
                found.append((plain[start:end], tuple(dict.fromkeys(numbers))))
    return found


def _unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A line without its marks, and where each stood in what is left."""
    out, marks, at, length = [], [], 0, 0
    for match in _MARKS.finditer(line):
        out.append(line[at : match.start()])
        length += match.start() - at
        marks += [(length, int(one)) for one in MARK.findall(match[0])]
        at = match.end()
    return "".join([*out, line[at:]]), marks


def to_json(quotes: Iterable[Citation]) -> str:
    """Quotes as they are kept."""
    return json.dumps([asdict(one) for one in quotes], ensure_ascii=False)


def from_json(kept: str) -> tuple[Citation, ...]:
    """Quotes back from how they are kept."""
    return tuple(Citation(**one) for one in json.loads(kept)) if kept else ()
