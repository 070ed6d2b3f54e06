"""Answers: from a question to an Answer whose every statement stands on its quote."""

from piamater.answers.answer import Answer, Citation, CitedSource, Statement, Urgent
from piamater.answers.ask import Asker
from piamater.answers.question import Question, understand

__all__ = [
    "Answer",
    "Asker",
    "Citation",
    "CitedSource",
    "Question",
    "Statement",
    "Urgent",
    "understand",
]
