"""Urgent: a question with a danger sign gets the urgent card before anything else."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from piamater.answers.answer import Urgent
from piamater.answers.messages import message
from piamater.vocabulary import Vocabulary

DANGER = "danger-sign"
"""The type of the vocabulary's concepts that are danger signs."""


def urgent_card(text: str, language: str, country: str, vocabulary: Vocabulary) -> Urgent | None:
    """The card for a text that names a danger sign; None for one that names none.

    A sign that is named at all counts, asked about or not, unless the text denies it: a card too
    many is a smaller harm than one too few.
    """
    for mention in vocabulary.mentions(text, language):
        concept = vocabulary.get(mention.concept)
        if concept is not None and concept.type == DANGER and not mention.negated:
            phone = emergency_number(country)
            return Urgent(
                "emergency",
                message("urgent.title", language),
                message(
                    "urgent.text",
                    language,
                    sign=concept.label(language),
                    phone=phone or message("urgent.anywhere", language),
                ),
                phone,
            )
    return None


def emergency_number(country: str) -> str:
    """The emergency number of a country by its ISO 3166-1 code; empty where none is known."""
    return _numbers().get(country.upper(), "")


@cache
def _numbers() -> dict[str, str]:
    text = (files("piamater.answers") / "data" / "emergency_numbers.toml").read_text("utf-8")
    return {
        country: entry["phone"]
        for entry in tomllib.loads(text)["number"]
        for country in entry["countries"]
    }
