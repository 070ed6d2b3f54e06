"""A person's answer to a reader as HTML: each mark opens the passage that it names."""

from __future__ import annotations

import re
from html import escape

from piamater.answers.inbox_record import ReaderQuestion
from piamater.answers.reply import MARK
from piamater.corpus import Library
from piamater.errors import QuoteError, UnknownNameError
from piamater.guides import Evidence
from piamater.site.references import References

_RUN = re.compile(r"(\s*(?:\[\d{1,3}\]\s*)*\[\d{1,3}\])")


def answer_html(question: ReaderQuestion, references: References) -> str:
    """The answer, escaped, with links in the place of its marks.

    Raises:
        QuoteError: a quote does not stand in its source.
    """
    held = {}
    for one in question.citations:
        _verify(references.library, one.source, one.version, one.start, one.end, one.quote)
        held[one.number] = Evidence("", one.source, one.version, one.start, one.end, one.quote)
    out = []
    for place, piece in enumerate(_RUN.split(question.answer)):
        cited = [held[int(one)] for one in MARK.findall(piece) if int(one) in held]
        out.append(references.links(cited) if place % 2 and cited else escape(piece))
    return "".join(out)


def _verify(library: Library, source: str, version: str, start: int, end: int, quote: str) -> None:
    try:
        text = library.corpus.text(source, version)
    except UnknownNameError:
        text = ""
    if text[start:end] != quote:
        raise QuoteError("a quote of an answer does not stand in its source", where=source)
