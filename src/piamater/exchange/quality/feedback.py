"""Feedback: how the house deals with readers' questions, as its settings and its ledger say."""

from __future__ import annotations

from datetime import date
from statistics import median

from piamater.answers.inbox import FILE, Inbox
from piamater.corpus import Library
from piamater.corpus.settings import Settings
from piamater.exchange.quality.policies import QUESTIONS
from piamater.guides.review import Book

WORDS = QUESTIONS


def in_words(settings: Settings) -> str:
    """How readers' questions are dealt with, in plain English, from the settings in force."""
    people = (
        "One person writes the answer and another signs these very words; only then the reader "
        "sees it."
        if settings.persons == 2
        else "One person writes and signs the answer."
    )
    return f"""# How readers' questions are dealt with

What the library does by itself, with the settings in force. What the staff do when a question shows
that somebody is in danger, and how complaints are taken, is for the organisation to write down.

## Before a question is kept

- Danger signs are looked for first; where there is one the reader sees the emergency number before
  anything can be sent.
- Names, addresses, numbers and workplaces that are recognised are taken out, and the reader sees
  what is left and agrees to it. Masking misses some; docs/safety.md of Piamater says how many.
- Kept with it: the day, the language, the country and the kind of reader if given. No address, no
  e-mail, no time of day, no account.

## The answer

- {people}
- Where people are registered, the signature is an entry of the review ledger, with none of the
  words.
- {
        _days(
            settings.answer_days,
            "It is due after {} days; after that it is marked as late to the staff and "
            "to the reader.",
            "No day is set by which it is due.",
        )
    }
- A source under an answer that is retracted or replaced is told on the reader's receipt.

## How long it is kept

- {
        _days(
            settings.keep_days,
            "An answered question is deleted {} days after it was signed.",
            "An answered question is kept until somebody deletes it.",
        )
    }
- {
        _days(
            settings.unanswered_days,
            "One that nobody answers is deleted after {} days, and the receipt says so.",
            "One that nobody answers is kept until somebody deletes it.",
        )
    }
- The reader can delete it at any time. What is deleted is overwritten; copies of the library leave
  questions out unless asked for.
"""


def _days(days: int, some: str, none: str) -> str:
    return some.format(days) if days else none


def told(library: Library, book: Book) -> str:
    """How many answers were signed, how soon, and what is late; empty where there is nothing."""
    signed = [one.day for one in book.entries if one.act == "answer"]
    parts = []
    if signed:
        parts.append(
            f"Signatures under answers to readers on record in the ledger: {len(signed):,}, "
            f"{signed[0]} to {signed[-1]}; they stay when the questions go."
        )
    if (library.folder / FILE).is_file():
        inbox = Inbox(library.folder, library.today, library.settings)
        held = inbox.list()
        waits = [_between(one.received, one.signed) for one in held if one.state == "signed"]
        if waits:
            parts.append(f"Days to a signed answer: median {median(waits):g}, most {max(waits)}.")
        late = sum(inbox.deadlines.late(one) for one in held)
        if late:
            parts.append(f"Late today: {late}.")
    return " ".join(parts)


def _between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
