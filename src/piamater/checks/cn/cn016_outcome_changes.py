"""CN016: what became of the one patient of a case is told in two ways."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.checks.cn.cn007_patient_changes import SEVERAL
from piamater.checks.cn.parts import abstract
from piamater.checks.cn.statements import short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.values import number_words
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_KINDS = ("died", "alive", "home")
_DAYS = {"d": 1, "w": 7, "s": 7, "m": 30, "y": 365, "a": 365}
"""Days by the first letter of a unit: day, week or semana, month, year or año."""
_TITLE = re.compile(
    r"(?<!near[- ])(?<!potentially )\b(?:fatal|mortal) (?:case|outcome|course)\b"
    r"|\b(?:caso|desenlace|curso) (?:fatal|mortal)\b"
)
_ONCE = re.compile(r"(?:was|remained)\b(?!.*\blast\b)")
"""How a state of some day is told, which a later death does not make false."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An outcome that the text tells, where, and after how many days if it says so."""

    kind: str
    start: int
    end: int
    text: str
    days: int


def check(page: Page) -> Iterator[Hit]:
    """A patient who is alive after the death, or whose abstract ends otherwise than the case."""
    if page.type != "case-report" or page.language not in _words():
        return
    some = [
        one
        for one in page.content(Form.SENTENCE, Form.ITEM)
        if one.language == page.language and page.kind(one) in ("case", "summary", "conclusion", "")
    ]
    if SEVERAL.search(fold(" ".join(page.said(one) for one in some))):
        return
    head = {one.start for one in abstract(page)[0]}
    first = list(_told(page, [one for one in some if one.start in head]))
    rest = list(_told(page, [one for one in some if one.start not in head]))
    yield from _again(first)
    yield from _again(rest)
    yield from _between(page, first, rest)


def _again(told: Sequence[_Told]) -> Iterator[Hit]:
    """One who is alive or goes home behind the sentence that tells of the death."""
    death = next((one for one in told if one.kind == "died"), None)
    if death is None:
        return
    for one in told:
        later = one.start > death.start and not (one.days and one.days < death.days)
        if later and one.kind in ("alive", "home"):
            yield _hit(one, death)
            return


def _between(page: Page, first: Sequence[_Told], rest: Sequence[_Told]) -> Iterator[Hit]:
    """An abstract that ends otherwise than the case."""
    kinds, others = {one.kind for one in first}, {one.kind for one in rest}
    death = next((one for one in (*first, *rest) if one.kind == "died"), None)
    if death is None:
        if (kinds or others) and _TITLE.search(fold(page.title)):
            yield _hit((*first, *rest)[-1], None)
    elif "died" in kinds and others and "died" not in others:
        yield _hit(death, rest[-1])
    elif "died" in others and "died" not in kinds:
        for one in first:
            if _against(page, one, death) or (one.kind == "home" and "home" not in others):
                yield _hit(one, death)
                return


def _against(page: Page, one: _Told, death: _Told) -> bool:
    """Whether somebody who is said to be alive cannot have died as told elsewhere."""
    if one.kind != "alive" or (one.days and death.days and one.days < death.days):
        return False
    return not _ONCE.match(fold(page.text[one.start : one.end]))


def _hit(one: _Told, other: _Told | None) -> Hit:
    elsewhere = f"elsewhere: {short(other.text, 140)}" if other else "the title calls it fatal"
    return Hit(
        one.start,
        one.end,
        f"the patient {_SAYS[one.kind]} here and {_SAYS[other.kind] if other else 'dies'} "
        f"{elsewhere}",
        "compare with the patient's record, and tell one outcome",
    )


_SAYS = {"died": "dies", "alive": "is alive", "home": "goes home"}


def _told(page: Page, passages: Sequence[Passage]) -> Iterator[_Told]:
    words = _words()[page.language]
    for one in passages:
        said = page.said(one)
        low = fold(said)
        if words["unreal"].search(low):
            continue
        for kind in _KINDS:
            if found := words[kind].search(low):
                start, end = one.start + found.start(), one.start + found.end()
                yield _Told(kind, start, end, said, _days(low, words["time"], page.language))


def _days(low: str, pattern: re.Pattern[str], language: str) -> int:
    """The longest time that a sentence names, in days; 0 where it names none."""
    known = number_words(language)
    times = [0]
    for number, unit in pattern.findall(low):
        value = float(number) if number.isdigit() else known.get(number, 1.0)
        times.append(int(value * _DAYS[unit[0]]))
    return max(times)


@cache
def _words() -> dict[str, dict[str, re.Pattern[str]]]:
    text = (files("piamater.checks") / "data" / "outcomes.toml").read_text("utf-8")
    return {
        language: {
            name: re.compile(pattern.replace("PATIENT", some["patient"]))
            for name, pattern in some.items()
        }
        for language, some in tomllib.loads(text).items()
    }


RULE = Rule(
    "CN016",
    "outcome-changes",
    Severity.ERROR,
    "A case report tells two outcomes of its one patient.",
    "Whether the patient lived is what a reader takes away from a case; told in two ways, it is "
    "worth nothing and may be counted for the wrong side.",
    "CARE guidelines checklist, items 3 (main outcomes) and 10 (follow-up and outcomes), "
    "https://jmedicalcasereports.biomedcentral.com/articles/10.1186/1752-1947-7-223/tables/1",
    Example(
        "# Wexford fever: a case report\n\n## Abstract\n\nA 34-year-old woman with Wexford fever "
        "was treated with doxycycline. The patient died after two weeks.\n\n## Case report\n\n"
        "A 34-year-old woman had a fever. She took doxycycline for 14 days. She was discharged "
        "home and remains well a year later.\n"
    ),
    Example(
        "# Wexford fever: a case report\n\n## Abstract\n\nA 34-year-old woman with Wexford fever "
        "was treated with doxycycline. The patient died after two years.\n\n## Case report\n\n"
        "A 34-year-old woman had a fever. She took doxycycline for 14 days and was discharged "
        "home. She was well at a follow-up of 3 months. Two years later she died of a stroke.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 1,000 Spanish case reports nor on 962 of them with their last sentences as "
        "an abstract (289 of 291 outcomes turned round there were found); known by its planted "
        "faults only"
    ),
)
