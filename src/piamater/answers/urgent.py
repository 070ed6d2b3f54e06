"""Urgent: a question with a danger sign gets the urgent card before anything else."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from piamater.answers.answer import Urgent
from piamater.answers.messages import message
from piamater.answers.phrases import elsewhere, told_sign
from piamater.vocabulary import Concept, Vocabulary

DANGER = "danger-sign"
"""The type of the vocabulary's concepts that are danger signs."""


def urgent_card(text: str, language: str, country: str, vocabulary: Vocabulary) -> Urgent | None:
    """The card for a text that names a danger sign; None for one that names none.

    A sign that is named at all counts, asked about or not, unless the text denies it: a card too
    many is a smaller harm than one too few.
    """
    sign = _named_sign(text, language, vocabulary)
    if sign is None:
        return None
    phone = emergency_number(country)
    where = phone or message("urgent.anywhere", language)
    return Urgent(
        "emergency",
        message("urgent.title", language),
        message("urgent.text", language, sign=sign.label(language), phone=where),
        phone,
    )


def _named_sign(text: str, language: str, vocabulary: Vocabulary) -> Concept | None:
    """The danger sign of a text: by its name, by all the signs it is made of, or in plain words."""
    past = elsewhere(text, language)
    named = {
        one.concept
        for one in vocabulary.mentions(text, language)
        if not one.negated and not any(one.start in sentence for sentence in past)
    }
    concepts = [concept for one in sorted(named) if (concept := vocabulary.get(one))]
    for concept in concepts:
        if concept.id in _alone() or (concept.type == DANGER and concept.id != DANGER):
            return concept
    for concept in vocabulary.of_type(DANGER):
        parts = set(concept.parents) - {DANGER}
        if len(parts) > 1 and parts <= named:
            return concept
    told = told_sign(text, language)
    return vocabulary.get(told) if told else None


def emergency_number(country: str) -> str:
    """The emergency number of a country by its ISO 3166-1 code; empty where none is known."""
    return _numbers().get(country.upper(), "")


@cache
def _alone() -> frozenset[str]:
    """Concepts that are danger signs whenever they are named, with nothing beside them."""
    text = (files("piamater.answers") / "data" / "danger_alone.toml").read_text("utf-8")
    return frozenset(one["concept"] for one in tomllib.loads(text)["sign"])


@cache
def _numbers() -> dict[str, str]:
    text = (files("piamater.answers") / "data" / "emergency_numbers.toml").read_text("utf-8")
    return {
        country: entry["phone"]
        for entry in tomllib.loads(text)["number"]
        for country in entry["countries"]
    }
