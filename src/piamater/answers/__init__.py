"""Answers: from a question to an Answer whose every statement stands on its quote."""

from piamater.answers.answer import (
    Answer,
    AnswerSection,
    Citation,
    CitedSource,
    Disagreement,
    ReviewState,
    Statement,
    Urgent,
)
from piamater.answers.ask import Asker
from piamater.answers.question import Question, understand

__all__ = [
    "Answer",
    "AnswerSection",
    "Asker",
    "Citation",
    "CitedSource",
    "Disagreement",
    "Question",
    "ReviewState",
    "Statement",
    "Urgent",
    "understand",
]
