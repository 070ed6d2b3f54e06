"""Concept, Term and Mention: the entries of an open vocabulary and where a text speaks of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A label or synonym of a concept in one language; ``lay`` for a patient's word."""

    text: str
    language: str
    preferred: bool = False
    lay: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the vocabulary.

    ``id`` is unique in the library (``leptomeningeal-metastases``, ``HP:0000001``); ``type`` is
    disease, symptom, test, drug and so on; ``parents`` are the ids of broader concepts;
    ``xrefs`` the same notion in other vocabularies; ``source`` names the vocabulary it is from;
    ``definition`` is what that vocabulary says it means, or empty.
    """

    id: str
    type: str
    terms: tuple[Term, ...]
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    source: str = ""
    definition: str = ""

    def label(self, language: str) -> str:
        """The preferred term in a language, or in English, or the first there is."""
        for wanted in (language, "en"):
            for term in self.terms:
                if term.language == wanted and term.preferred:
                    return term.text
        return self.terms[0].text


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text speaks of a concept: code-point offsets, and its context.

    ``negated``, ``uncertain`` and ``historical`` as the ConText method finds them (Harkema et
    al. 2009); ``experiencer`` is ``patient`` or ``other``.
    """

    concept: str
    start: int
    end: int
    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    experiencer: str = "patient"

    @property
    def affirmed(self) -> bool:
        """Whether the text says that it is so: neither negated, uncertain nor of a relative."""
        return not (self.negated or self.uncertain) and self.experiencer == "patient"
