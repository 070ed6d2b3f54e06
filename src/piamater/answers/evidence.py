"""Evidence: passages weighed as answers: what they are about, what they say of it, how firmly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from piamater.answers.focus import Focus
from piamater.answers.question import Question, read_as_heading, tidy, types
from piamater.search import Found
from piamater.search.analysis import term_set
from piamater.sources import Kind
from piamater.text import Form
from piamater.vocabulary import Vocabulary

STRENGTH = {
    Kind.GUIDELINE: 1.0,
    Kind.SYSTEMATIC_REVIEW: 0.95,
    Kind.TRIAL: 0.9,
    Kind.COHORT: 0.85,
    Kind.DRUG_LABEL: 0.85,
    Kind.REFERENCE: 0.85,
    Kind.NARRATIVE_REVIEW: 0.8,
    Kind.PATIENT_INFORMATION: 0.8,
    Kind.CASE_REPORT: 0.65,
    Kind.ANSWER_PAGE: 0.6,
}
"""Order of kinds of evidence, strongest first; it orders, it does not exclude."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage weighed as an answer.

    ``about``: how far it is about the focus, 0 to 1; ``fits``: how far it answers the type of
    question, 0 to 1; ``score``: both with its retrieval score, 0 to 1; ``alone``: whether it can
    stand without what is around it.
    """

    found: Found
    about: float
    fits: float
    score: float
    alone: bool
    terms: frozenset[str]

    @property
    def key(self) -> tuple[int, int]:
        """The corpus key of the passage."""
        return self.found.passage.number, self.found.passage.position


class Judge:
    """Weighs passages for one question; ``focus`` is one of the things it is about."""

    def __init__(
        self,
        question: Question,
        focus: Focus,
        everything: Focus,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self.question = question
        self.focus = focus
        self.everything = everything
        self._overs: dict[tuple[int, int, str], float] = {}
        self._open = question.type.name in ("general", "yes-no")

    def weigh(self, found: Sequence[Found], top: float) -> list[Evidence]:
        """The passages that answer, best first; ``top`` is the best retrieval score."""
        weighed = (self._weigh(one, top) for one in found)
        return sorted((one for one in weighed if one is not None), key=by_worth)

    def _weigh(self, found: Found, top: float) -> Evidence | None:
        passage = found.passage
        terms = term_set(passage.text, passage.language)
        if len(terms) < 2 and passage.form is Form.SENTENCE:
            return None
        about = self.about(found, terms)
        fits = self.fits(found, terms)
        if about <= 0 or fits <= 0 or _asks(passage.text):
            return None
        alone = stands_alone(passage.text, passage.form)
        share = min(found.score / top, 1.0) if top else 0.0
        score = about * fits * (0.75 + 0.25 * share) * (1.0 if alone else 0.9)
        if passage.language != self.question.language:
            score *= _FOREIGN
        return Evidence(found, about, fits, score, alone, terms)

    def about(self, found: Found, terms: frozenset[str]) -> float:
        """How far a passage is about the focus: by title and headings, or by its own words."""
        passage = found.passage
        language = passage.language
        title = tidy(found.version.record.title)
        over = self._over(found)
        if self._open:
            return self._open_about(found, terms)
        named = self.focus.coverage(terms, language)
        whole = self.focus.coverage(
            terms.union(term_set(title, language), *(term_set(p, language) for p in passage.path)),
            language,
        )
        if whole < 0.8 or (self.focus.numbers and not self._has_numbers(found)):
            return 0.0
        own = 0.85 * named * named if named >= 0.85 else 0.0
        subject = own > over and self._is_subject(passage.text, language)
        if subject and self.question.type.name == "definition":
            own = 0.95
        elif own > over and self._elsewhere(found):
            own *= 1.0 if subject else 0.75
        elif own > over and named >= 0.95 and self._on_type(found):
            own = 0.93
        return max(over, own)

    def _on_type(self, found: Found) -> bool:
        """Whether a heading over a passage, or the passage itself, names the type of question."""
        kind = self.question.type
        named = bool(kind.heading and kind.heading.search(found.passage.text))
        return named or kind.name in section_types(found)

    def _elsewhere(self, found: Found) -> bool:
        """Whether the nearest heading that names a subject names another than the focus."""
        for heading in reversed(headings(found)):
            kinds, subject = read_as_heading(heading)
            if kinds and subject:
                return self.focus.aboutness(subject, found.passage.language) < 0.75
        return False

    def _is_subject(self, text: str, language: str) -> bool:
        """Whether a sentence begins with the focus, as in "Psoriasis is a skin disease"."""
        before = tidy(_VERB.split(text, maxsplit=1)[0]) if _VERB.search(text) else ""
        return bool(before) and self.focus.aboutness(before, language) >= 0.9

    def _over(self, found: Found) -> float:
        """The aboutness of title and headings."""
        language = found.passage.language
        record = found.version.record
        key = found.passage.number, found.passage.section, language
        if key in self._overs:
            return self._overs[key]
        heads = [read_as_heading(record.title)[1], tidy(record.title)]
        heads += [*_synonyms(found)]
        heads += [about for h in found.passage.path if (about := read_as_heading(h)[1])]
        best = max((self.focus.aboutness(one, language) for one in heads if one), default=0.0)
        self._overs[key] = best
        return best

    def _has_numbers(self, found: Found) -> bool:
        where = f"{found.version.record.title} {' '.join(found.passage.path)} {found.passage.text}"
        return all(re.search(rf"\b{re.escape(one)}\b", where) for one in self.focus.numbers)

    def _open_about(self, found: Found, terms: frozenset[str]) -> float:
        """For questions without a type: how many of all its words the passage meets."""
        passage = found.passage
        language = passage.language
        over = term_set(tidy(found.version.record.title), language).union(
            *(term_set(one, language) for one in passage.path)
        )
        named = self.everything.coverage(terms, language)
        whole = self.everything.coverage(terms | over, language)
        if whole < 0.6 or named < 0.2:
            return 0.0
        return min(1.0, _OPEN_SCALE * (0.6 * whole + 0.4 * named))

    def fits(self, found: Found, terms: frozenset[str]) -> float:
        """How far a passage answers this type of question: its heading says so, or its words."""
        kind = self.question.type
        passage = found.passage
        cued = bool(kind.cue and kind.cue.search(passage.text))
        said = section_types(found)
        if "limits" in said:
            return 0.0
        if self._open:
            headed = bool(kind.heading and any(kind.heading.search(h) for h in passage.path))
            return 1.0 if headed or cued or kind.cue is None else 0.9
        if self._other_list(found) or self._denied(passage.text):
            return 0.0
        if kind.name == "definition":
            return self._defines(found, cued)
        if kind.name == "comparison":
            defines = types()["definition"].cue
            return 1.0 if cued or (defines and defines.search(passage.text)) else 0.0
        if kind.name in said:
            base = 1.0 if cued or passage.form is not Form.SENTENCE else 0.85
        elif cued and not heading_types(found) - _LOOSE:
            base = 0.93
        elif cued:
            base = 0.55
        else:
            return 0.0
        return base * self._modified(found)

    def _denied(self, text: str) -> bool:
        """Whether a passage denies what a list of causes, symptoms or treatments would affirm."""
        kind = self.question.type
        if not kind.is_list or kind.cue is None:
            return False
        if _HYPOTHETICAL.match(text) or self._of_others(text):
            return True
        cues = list(kind.cue.finditer(text))
        return bool(cues) and all(_DENIAL.search(text[: one.start()]) for one in cues)

    def _of_others(self, text: str) -> bool:
        """Whether all that a text names beside the focus is denied, or is a relative's."""
        if self._vocabulary is None:
            return False
        named = [
            one
            for one in self._vocabulary.mentions(text, self.question.language)
            if one.concept not in self.focus.concepts
        ]
        return bool(named) and all(one.negated or one.experiencer == "other" for one in named)

    def _defines(self, found: Found, cued: bool) -> float:
        """Whether a passage says what the focus is: under such a heading, or as its subject."""
        passage = found.passage
        if any(_DEFINING.search(heading) for heading in passage.path):
            return 1.0 if cued else 0.85
        subject = cued and self._is_subject(passage.text, passage.language)
        return 0.95 if subject else 0.0

    def _other_list(self, found: Found) -> bool:
        """Whether a list item stands under a heading that is on something else."""
        passage = found.passage
        if passage.form is Form.SENTENCE or not passage.path:
            return False
        nearest, _ = read_as_heading(passage.path[-1])
        return bool(nearest) and self.question.type.name not in nearest

    def _modified(self, found: Found) -> float:
        """Less for a section on common causes where rare ones are asked for, and the reverse."""
        modifier = self.question.modifier
        if not modifier:
            return 1.0
        where = " ".join((found.version.record.title, *found.passage.path)).lower()
        has = {
            "rare": bool(re.search(r"\b(?:rare|uncommon|unusual|rar[ao]s?)\b|বিরল", where)),
            "common": bool(re.search(r"(?<!un)\bcommon\b|\bfrecuentes?\b|সাধারণ", where)),
        }
        other = "common" if modifier == "rare" else "rare"
        if has[other] and not has[modifier]:
            return 0.4
        says = re.search(r"\b(?:rare|uncommon|rar[ao])\b|বিরল", found.passage.text.lower())
        return 1.0 if has[modifier] or (modifier == "rare" and says) else 0.8


_LOOSE = frozenset({"yes-no", "definition", "general", "research"})
"""Types that headings such as "Results" and "Background" have, whatever the work is on."""


def headings(found: Found) -> tuple[str, ...]:
    """The headings over a passage, without the title where it stands among them.

    A title that is a question stays: it is what the page answers.
    """
    title = found.version.record.title
    if title.rstrip().endswith("?"):
        return found.passage.path
    return tuple(one for one in found.passage.path if tidy(one) != tidy(title))


def heading_types(found: Found) -> frozenset[str]:
    """The question types that the nearest telling heading answers, the title left out."""
    for heading in reversed(headings(found)):
        kinds, _ = read_as_heading(heading)
        if kinds - _LOOSE:
            return kinds
    return frozenset()


def section_types(found: Found) -> frozenset[str]:
    """The question types that the nearest telling heading over a passage answers."""
    loose: frozenset[str] = frozenset()
    for heading in (*reversed(found.passage.path), found.version.record.title):
        kinds, _ = read_as_heading(heading)
        if kinds - _LOOSE:
            return kinds | loose
        loose |= kinds
    return loose


def _synonyms(found: Found) -> Iterable[str]:
    """Other names of its subject that a source states."""
    custom = found.version.record.csl.get("custom")
    if not isinstance(custom, dict):
        return ()
    names = custom.get("synonyms", ())
    return tuple(str(one) for one in names)[:12] if isinstance(names, list) else ()


_HYPOTHETICAL = re.compile(r"if\s.+\bcaused\b", re.IGNORECASE)

_DENIAL = re.compile(
    r"\b(?:not|never|neither|nor|no|without|cannot|can't|don't|doesn't|sin|nunca|ning[uú]n[ao]?)\b"
    r"(?:\s+[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)
"""A denial that reaches to the end of what stands before a word."""

_FOREIGN = 0.93
"""What a passage in another language than the question's counts beside one in its own."""

_OPEN_SCALE = 1.12
"""Few sentences have all the words of a question; this brings good ones to the common scale."""

_DEFINING = re.compile(
    r"definition|what (?:is|are)|information about|meaning|definici[oó]n|qu[eé] (?:es|son)|সংজ্ঞা|"
    r"কী\b",
    re.IGNORECASE,
)

_VERB = re.compile(
    r"\s(?:is|are|was|were|can|may|means?|refers?|occurs?|causes?|affects?|has|have|es|son|puede|"
    r"pueden|significa|afecta|একটি|হলো|হল|মানে|এমন)\s",
    re.IGNORECASE,
)

_DEPENDENT = re.compile(
    r"^(?:it|its|this|these|those|that|they|their|such|he|she|his|her|here|there|however|"
    r"moreover|furthermore|therefore|thus|also|but|and|or|in (?:this|these|addition|contrast)|"
    r"another|other|both|the (?:former|latter|same|following|disorder|condition|disease)|"
    r"for example|as a result|sometimes|esto|esta|este|estos|estas|ello|adem[aá]s|sin embargo|"
    r"por (?:ello|tanto)|tambi[eé]n|no obstante|se)\b|^(?:এটি|এটা|এই|এগুলো|তবে|কিন্তু|এছাড়া|"
    r"তারা|তাই|এর)(?=\s)",
    re.IGNORECASE,
)


def stands_alone(text: str, form: Form) -> bool:
    """Whether a passage can be read without what stands before it."""
    if form in (Form.ITEM, Form.ROW):
        return False
    return not _DEPENDENT.match(text.lstrip("\"'“‘([ ")) and not text.rstrip().endswith(":")


def _asks(text: str) -> bool:
    """Whether a passage is itself a question: that answers nothing."""
    return text.rstrip().endswith(("?", "？"))


def by_worth(one: Evidence) -> tuple[float, float, str, tuple[int, int]]:
    """Relevance in steps of a tenth, then strength of evidence, then currency, then place."""
    record = one.found.version.record
    newest = max(record.updated, record.reviewed, record.published)
    year = int(newest[:4]) if newest[:4].isdigit() else 0
    return (
        -round(one.score, 1),
        -STRENGTH[record.kind] - 0.0005 * (year - 2000 if year else 0),
        f"{1 - one.score:.6f}",
        one.key,
    )
