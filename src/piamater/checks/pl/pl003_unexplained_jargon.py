"""PL003: a hard medical word that a patient page never explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from piamater.checks.page import Page, vocabulary
from piamater.checks.pl.reading import familiarity
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import LANGUAGES, folded, patient_passages
from piamater.guides.glossary import Glossary
from piamater.text import Form
from piamater.vocabulary.fold import WORD, fold

_RARE = 3.4
"""A word below this level stands in fewer than three of a million words that patients read."""
_LEARNED_RARE = 4.3
"""The same for learned words, which are seldom everyday ones."""
_LEARNED = re.compile(
    r"(?:itis|osis|oma|a?emia|pathy|pathic|algia|uria|plegia|paresis|a?esthesia|phagia|phasia"
    r"|ectomy|otomy"
    r"|ostomy|scopy|o?edema|rrh(?:o?ea|age|agic)|sten(?:osis|otic)|sclero\w*|isch?a?em\w+|taxia"
    r"|palsy|syncope"
    r"|pnoea|pnea|penia|trophy|lysis|lytic|megaly|plasia|genic|cele|spasm|rrhythmia|opia|mnesia"
    r"|icterus)s?\b"
    r"|\b(?:dys|hyper|hypo|peri|endo|intra|sub|poly|para|tachy|brady|hemi|neuro|cardio|nephro"
    r"|hepat|gastro|derm"
    r"|arthr|myel|cerebr|crani|enceph|pneumo|pulmon|ren|thromb|embol|necro|lymph|ha?em|ur"
    r"|ophthalm|oto|nas|crani"
    r"|mening|lepto|vaso|ventricul|hydroceph|papill|nuch|prurit|erythem|paraesthes|paresthes"
    r"|nystag|vertig)\w{4,}"
)
"""The endings and beginnings of learned words; rare words of everyday English have none."""
_KNOWN_WELL = frozenset({"ct", "radiotherapy", "median", "cohort", "palliative", "proton"})
"""Words of the glossary that readers know, or that have another sense in everyday English."""
_NAMES = re.compile(
    r"also called|other names|also known|keywords|se llama|otros nombres|palabras clave|অন্য নাম"
    r"|মূল শব্দ"
)
_KINDS = frozenset(
    {"symptom", "sign", "danger-sign", "disease", "procedure", "test", "anatomy", "finding"}
)
_BEFORE = (
    r"(?:called|known as|termed|named|means|meaning|or|is|are|llamad[oa]s?|conocid[oa]s? como"
    r"|se llama"
    r"|denominad[oa]s?|es decir|o|নামে পরিচিত|বলা হয়|বা|অর্থাৎ)[\s,:]+(?:an? |the |un |una |el "
    r"|la )?[\"'“‘]?$"
)
_AFTER = (
    r"^[\"'”’]?(?:s|es)?(?:\s*\[[\d,\s]+\])?(?:\s*[(:–—]|\s-\s|,? (?:which|that|a|an|the|or"
    r"|where|when|means?|meaning|is|are|also called|in which"
    r"|refers to|happens|occurs|que|un|una|o|es|son|significa|se produce|quiere decir)\b"
    r"|\s*(?:হলো|হল|মানে|বা|অর্থাৎ|\())"
)
_BEFORE_RE, _AFTER_RE = re.compile(_BEFORE), re.compile(_AFTER)
_IN_BRACKETS = re.compile(r"\([^()]{0,60}$")


@dataclass(frozen=True, slots=True)
class _Term:
    """A hard term in place, with the plain words to put beside it."""

    id: str
    start: int
    end: int
    plain: tuple[str, ...]


def check(page: Page) -> Iterator[Hit]:
    """The first place of each hard term that is explained nowhere on the page."""
    if page.audience != "patient":
        return
    places: dict[str, list[_Term]] = {}
    for one in _terms(page):
        places.setdefault(one.id, []).append(one)
    text = folded(page.text)
    title = fold(page.title)
    linked = [(one.start, one.end) for one in page.links]
    for terms in places.values():
        first = terms[0]
        said = text[first.start : first.end]
        if said in title or any(_explained(text, one, linked) for one in terms):
            continue
        if any(fold(plain) in text for plain in first.plain if " " not in plain or len(plain) < 40):
            continue
        yield Hit(
            first.start,
            first.end,
            f"“{page.text[first.start : first.end]}” is a hard medical word that this page never "
            "explains",
            f"say it in plain words first: {'; '.join(first.plain[:2])}",
        )


def _terms(page: Page) -> Iterator[_Term]:
    """Hard words of the glossary, and learned words of the vocabulary that have a lay word."""
    if page.language not in LANGUAGES:
        return
    words, hard = Glossary.load(page.language), _hard_words()
    taken: set[int] = set()
    for one in patient_passages(page):
        if (
            one.form is Form.ROW
            or one.language != page.language
            or _NAMES.search(fold(page.section(one).heading))
        ):
            continue
        for found in words.find(page.said(one)):
            start, end = one.start + found.start, one.start + found.end
            taken.add(start)
            if found.word.id in hard and not page.text[start:end].isupper():
                yield _Term(f"word:{found.word.id}", start, end, (found.word.definition,))
        for mention in page.mentions(one) if page.language == "en" else ():
            said = page.text[mention.start : mention.end]
            if mention.start not in taken and said.islower() and _is_rare(said, _LEARNED_RARE):
                lay = _lay(mention.concept, fold(said)) if _LEARNED.search(fold(said)) else ()
                if lay:
                    yield _Term(mention.concept, mention.start, mention.end, lay)


@cache
def _hard_words() -> frozenset[str]:
    """The words of the glossary that are rare in what patients read."""
    return frozenset(
        one.id
        for one in Glossary.load("en").words
        if _is_rare(one.label) and not one.label.isupper() and one.id not in _KNOWN_WELL
    )


@cache
def _is_rare(said: str, below: float = _RARE) -> bool:
    """Whether a term has a word that patients seldom meet."""
    return any(familiarity(word) < below for word in WORD.findall(said) if word.isalpha())


@cache
def _lay(concept: str, said: str) -> tuple[str, ...]:
    """The lay words for a concept in English, none where the words said are such."""
    known = vocabulary().get(concept)
    if known is None or known.type not in _KINDS:
        return ()
    lay = tuple(one.text for one in known.terms if one.lay and one.language == "en")
    return () if any(fold(one) == said for one in lay) else lay


def _explained(text: str, term: _Term, linked: list[tuple[int, int]]) -> bool:
    """Whether words around a place say what it means, or it leads to a page that does."""
    before, after = text[max(0, term.start - 70) : term.start], text[term.end : term.end + 40]
    return bool(
        _BEFORE_RE.search(before)
        or _AFTER_RE.search(after)
        or (_IN_BRACKETS.search(before) and ")" in after)
        or any(start <= term.start < end for start, end in linked)
    )


RULE = Rule(
    "PL003",
    "unexplained-jargon",
    Severity.INFO,
    "A hard medical word on a page for patients is never explained.",
    "Words that a reader does not know are skipped or guessed, and guesses go wrong.",
    "NHS service manual, how we write: a plain term first, then the medical one, "
    "https://service-manual.nhs.uk/content/how-we-write",
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\nTell the nurse about paraesthesia "
        "in your hands.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\nTell the nurse about pins and "
        "needles (paraesthesia) in your hands. Paraesthesia may pass.\n"
    ),
    page=check,
    precision=0.92,
    reviewed="all 23 findings in 701 MedQuAD answers and 2 on five library pages; wrong: parts "
    "of names",
)
