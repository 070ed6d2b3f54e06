"""PL006: instructions that stack up what not to do, or that turn on two negatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, folded, patient_passages
from piamater.text import Form, Passage

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
    r"(?:^\W*(?:please )?(?:do not|never)|\b(?:must not|should not)|\byou (?:do|can"
    r"|may) not) [^.;:?]{2,60}?\b(?:without|unless)\b"
    r"|\bnot (?:un(?!der|til|ited|ion|ique|iform|less|iversal)[a-z]{3,}|in(?:frequent"
    r"|significant|advisable|sufficient|capable)[a-z]*|im(?:possible|probable))\b"
    r"|\bno (?:fewer|less) than\b|\bno (?!se\b)[a-z]{3,} [^.;:?]{2,60}? (?:sin (?!embargo)"
    r"|a menos que|salvo que)"
    r"|\bno (?:es|son|esta|sea) (?:in|im)(?:frecuente|habitual|posible|probable|usual)"
    r"|(?:ছাড়া|ব্যতীত|না নিয়ে|না জানিয়ে) [^।]{2,50}(?:বেন|যাবে|উচিত) না"
)


def check(page: Page) -> Iterator[Hit]:
    """Runs of at least so many prohibitions in one section, and sentences with two negatives."""
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
            yield from _stack(run, least)
            run = []
        if negative and (run or not _same_list(text, before, one)):
            run.append(one)
        before = one
        yield from _doubles(page, one, said)
    yield from _stack(run, least)


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
    for match in _DOUBLE.finditer(said):
        start, end = one.start + match.start(), one.start + match.end()
        yield Hit(
            start,
            end,
            f"“{page.text[start:end]}” makes the reader take one negative back by another",
            "say what to do, and when: “Ask a doctor before you …”",
        )


def _stack(run: list[Passage], least: float) -> Iterator[Hit]:
    if len(run) >= least:
        yield Hit(
            run[0].start,
            run[-1].end,
            f"{len(run)} rules in a row say what not to do",
            "say what to do instead, and why; keep “do not” for what would do harm",
        )


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
    reviewed="all 10 findings on MedQuAD, guides and five library pages: a small sample",
    options=(("stack", _STACK, "prohibitions in a row that are too many"),),
)
