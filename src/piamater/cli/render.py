"""An answer for the terminal: the urgent card first, numbers beside sentences, sources below."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

from piamater.answers import Answer, CitedSource, Statement

_LABELS = {
    "en": (
        "References",
        "Disagreements",
        "What is missing",
        "You may also ask",
        "passages searched: {}, sources: {}",
    ),
    "es": (
        "Referencias",
        "Desacuerdos",
        "Lo que falta",
        "También puede preguntar",
        "pasajes buscados: {}, fuentes: {}",
    ),
    "bn": ("তথ্যসূত্র", "মতভেদ", "যা নেই", "আরও জিজ্ঞাসা করতে পারেন", "খোঁজা অংশ: {}, উৎস: {}"),
}


def render(answer: Answer, color: bool = False) -> str:
    """The answer as lines for a terminal of the present width."""
    width = min(shutil.get_terminal_size((88, 24)).columns, 100)
    text = "\n".join(_lines(answer, width))
    return text if color else click.unstyle(text)


def _lines(answer: Answer, width: int) -> Iterator[str]:
    references, disagree, missing, more, searched = _LABELS[answer.language]
    if answer.urgent:
        yield click.style(f"!! {answer.urgent.title}", fg="red", bold=True)
        yield from _wrapped(answer.urgent.text, width, "   ")
        yield ""
    yield click.style(answer.question, bold=True)
    yield ""
    for section in answer.sections:
        yield click.style(section.heading, bold=True, underline=True)
        yield from _statements(section.statements, width)
        yield ""
    if answer.disagreements:
        yield click.style(disagree, bold=True)
        for one in answer.disagreements:
            yield from _wrapped(one.about, width, "  ")
            yield from _statements(one.positions, width)
        yield ""
    if answer.gaps:
        yield click.style(missing, bold=True)
        for gap in answer.gaps:
            yield from _wrapped(gap, width, "  – ", "    ")
        yield ""
    if answer.references:
        yield click.style(references, bold=True)
        for reference in answer.references:
            yield from _wrapped(_reference(reference), width, "  ", "     ")
        yield ""
    if answer.related_questions:
        yield click.style(more, bold=True)
        for question in answer.related_questions:
            yield from _wrapped(question, width, "  – ", "    ")
        yield ""
    looked = searched.format(*(f"{answer.searched[one]:,}" for one in ("passages", "sources")))
    end = f"[{answer.outcome} · {answer.review.state} · {looked}] {answer.notice}"
    yield from _wrapped(end, width, "")


def _statements(statements: tuple[Statement, ...], width: int) -> Iterator[str]:
    context = ""
    for one in statements:
        if one.context != context:
            context = one.context
            if context:
                yield from _wrapped(context, width, "  ", "  ")
        numbers = dict.fromkeys(citation.number for citation in one.citations)
        marks = "".join(f"[{number}]" for number in numbers)
        yield from _wrapped(f"{one.text} {marks}", width, "  • ", "    ")


def _reference(reference: CitedSource) -> str:
    authors = ", ".join(reference.authors[:3]) + (" et al." if len(reference.authors) > 3 else "")
    what = [reference.kind, "evidence note" if reference.evidence_note else ""]
    what += [reference.standing if reference.standing != "current" else ""]
    parts = [authors, reference.title, reference.published, ", ".join(filter(None, what))]
    told = ". ".join(part.rstrip(".") for part in parts if part)
    return f"[{reference.number}] {told}. {reference.url} ({reference.source})".replace("  ", " ")


def _wrapped(text: str, width: int, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
