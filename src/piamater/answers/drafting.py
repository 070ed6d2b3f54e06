"""Drafting: what the library says to a reader's question to people, which is often a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from piamater.answers.answer import Answer
from piamater.answers.ask import Asker
from piamater.answers.inbox_record import ReaderQuestion
from piamater.answers.question import LONGEST
from piamater.errors import QuestionError
from piamater.text import split_sentences

MOST_SENTENCES = 12
_LEVELS = {
    "patient": "patient",
    "caregiver": "patient",
    "clinician": "clinician",
    "student": "clinician",
}
_ASKS = ("?", "？")


def draft_answer(asker: Asker, one: ReaderQuestion) -> Answer:
    """The library's answer to the question; to the first of its sentences that has one else.

    Sentences that ask come before those that tell. Where none has an answer, it is that to the
    whole, which says so.
    """
    level = _LEVELS.get(one.reader, "")
    whole = asker.ask(one.text[:LONGEST], level, one.language, one.country)
    if whole.sections:
        return whole
    for sentence in _sentences(one):
        try:
            found = asker.ask(sentence[:LONGEST], level, one.language, one.country)
        except QuestionError:
            continue
        if found.sections:
            return replace(found, urgent=whole.urgent)
    return whole


def _sentences(one: ReaderQuestion) -> Iterator[str]:
    text = " ".join(one.text.split())
    found = [text[start:end] for start, end in split_sentences(text, one.language)]
    if len(found) > 1:
        yield from sorted(found, key=lambda each: not each.endswith(_ASKS))[:MOST_SENTENCES]
