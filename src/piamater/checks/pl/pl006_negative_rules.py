"""PL006: instructions that stack up what not to do, or that turn on two negatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, folded, patient_passages
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_STACK = 3.0
_NEGATIVE = re.compile(
    r"\W*(?:please )?(?:(?:do not|don['’]t|never|you (?:must|should|shall) not|you (?:mustn"
    r"|shouldn)['’]t"
    r"|must not|should not)\b|no (?=[a-z]+ing\b)"
    r"|(?:no|nunca|jamas) (?:[a-z]+(?:e|a|en|an|es|as|arse|erse|ar|er|ir)(?:lo|la|se|los|las)?)\b)"
)
_NEGATIVE_BANGLA = re.compile(
    r"(?:করবেন না|দেবেন না|নেবেন না|খাবেন না|যাবেন না|লুকাবেন না|বন্ধ করবেন না|বেন না"
    r"|কখনো .{2,40} না)\s*[।!.\[]?"
)
_DOUBLE = re.compile(
    r"\bnot (?:un(?!der|til|ited|ion|ique|iform|less|iversal|it\b|its\b|animous)[a-z]{3,}"
    r"|in(?:frequent|significant|advisable|sufficient|capable)[a-z]*|im(?:possible|probable))\b"
    r"|\bno (?:fewer|less) than\b"
    r"|\bno (?:es|son|esta|sea) (?:in|im)(?:frecuente|habitual|posible|probable|usual)"
    r"|(?:অস্বাভাবিক|অসম্ভব|অপ্রয়োজনীয়|অনুচিত) নয়"
)
_EXCEPTION = re.compile(
    r"(?:\b(?:not|never|cannot)\b|n['’]t\b)[^.;:?!]{2,60}\b(?:unless|except)\b[^.;:?!]{0,60}?"
    r"(?:\b(?:not|never|cannot|without)\b|n['’]t\b)"
    r"|\b(?:no|nunca)\b [^.;:?!]{2,60}\b(?:a menos que|salvo que|excepto si)\b[^.;:?!]{0,60}?\bno\b"
)
_HELPS = re.compile(
    r"first aid|primeros auxilios|প্রাথমিক চিকিৎসা|seiz|convuls|খিঁচুনি|\bfits?\b|\bburns?\b"
    r"|\bchok|\bbites?\b|unconscious|collaps"
)
"""Words of a heading or a lead under which prohibitions keep a helper from doing harm."""
_OTHER = re.compile(
    r"\b(?:them|their|the (?:person|casualty|patient|child|baby)|him|her|his)\b"
    r"|\ba la persona\b|\bsus? (?:boca|brazos)\b|(?:তাঁ|তা)(?:কে|র)\b|রোগীকে|মুখে"
)
"""Words of a prohibition that is about what a helper does to somebody else."""


def check(page: Page) -> Iterator[Hit]:
    """Runs of at least so many prohibitions in one section, and sentences with two negatives.

    "Do not stop unless your doctor says so" and what a helper must not do to a person in a seizure
    are right as they are.
    """
    if page.audience != "patient":
        return
    least = page.settings.option("PL006", "stack", _STACK)
    text = folded(page.text)
    run: list[Passage] = []
    before: Passage | None = None
    for one in patient_passages(page, *SHOWN):
        said = text[one.start : one.end]
        negative = _NEGATIVE.match(said) or _NEGATIVE_BANGLA.search(said[-60:])
        if run and (not negative or one.section != run[-1].section):
            yield from _stack(page, run, least)
            run = []
        if negative and (run or not _same_list(text, before, one)):
            run.append(one)
        before = one
        yield from _doubles(page, one, said)
    yield from _stack(page, run, least)


def _same_list(text: str, before: Passage | None, one: Passage) -> bool:
    """Whether an item follows, on its list, one that says what to do: a list of dos and don'ts."""
    if before is None or not before.form is one.form is Form.ITEM:
        return False
    said = text[before.start : before.end]
    return "\n\n" not in text[before.end : one.start] and _DO.search(said) is not None


_DO = re.compile(
    r"^\W*(?:stay|put|keep|call|lay|turn|remove|loosen|time|note|protect|take|tell|rest|eat|drink|use"
    r"|wash|move|make|cover|hold|wait|go|give|bring|write|look|check|try|sit|lie|ask"
    r"|quedese|ponga|coloque|afloje|gire|retire|anote|proteja|tome|diga|coma|beba|use|lave|espere"
    r"|vaya|traiga|mire|pregunte|llame|tumbe|sientese)\b"
    r"|ুন(?:\s?[।.])?(?:\[[\d,]+\])?$"
)


def _doubles(page: Page, one: Passage, said: str) -> Iterator[Hit]:
    for words, instead in (
        (_DOUBLE, "say it the plain way, such as “common” for “not uncommon”"),
        (_EXCEPTION, "say in one sentence what to do, and in another when that does not hold"),
    ):
        for match in words.finditer(said):
            start, end = one.start + match.start(), one.start + match.end()
            yield Hit(
                start,
                end,
                f"“{page.text[start:end]}” makes the reader take one negative back by another",
                instead,
            )


def _stack(page: Page, run: list[Passage], least: float) -> Iterator[Hit]:
    if len(run) >= least and not _first_aid(page, run):
        yield Hit(
            run[0].start,
            run[-1].end,
            f"{len(run)} rules in a row say what not to do",
            "say what to do instead, and why; keep “do not” for what would do harm",
        )


def _first_aid(page: Page, run: list[Passage]) -> bool:
    """Whether prohibitions are a helper's: under first aid, or about what is done to somebody."""
    text = folded(page.text)
    one = run[0]
    lead = page.document.passages[one.lead] if one.lead >= 0 else None
    above = " ".join([*page.section(one).path[1:], page.said(lead) if lead else ""])
    others = sum(_OTHER.search(text[each.start : each.end]) is not None for each in run)
    return _HELPS.search(fold(above)) is not None or 2 * others >= len(run)


RULE = Rule(
    "PL006",
    "negative-rules",
    Severity.INFO,
    "Instructions stack up what not to do, or turn on a double negative.",
    "A reader must turn each negative round to know what to do, and remembers the deed forbidden.",
    "Federal Plain Language Guidelines: avoid double negatives and exceptions to exceptions, "
    "http://ininet.org/federal-plain-language-guidelines.html?page=6",
    Example(
        "---\nkind: patient-information\n---\n# Back pain\n\n## Avoid these mistakes\n\n"
        "- Do not use antibiotics without advice.\n- Do not hide a pregnancy.\n"
        "- Do not delay emergency care.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Back pain\n\n## What to do\n\n"
        "- Ask a doctor before you take antibiotics.\n- Tell the doctor if you are pregnant.\n"
        "- Do not lift heavy things.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="4 read of 4 on 1,000 MedQuAD answers and 60 PDQ pages, and those of five library "
    "pages: a small sample",
    options=(("stack", _STACK, "prohibitions in a row that are too many"),),
)
