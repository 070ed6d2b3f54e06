"""CN007: the one patient of a case changes sex or age."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_PERSON = re.compile(r".{0,12}\b(?:wom|man|patient|girl|boy|mujer|hombre|varon|paciente)")
SEVERAL = re.compile(
    r"\bcase (?:2|ii|two)\b|\bpatient (?:2|b|ii)\b|\b(?:second|third) patient\b|\bcaso 2\b"
    r"|\bpaciente 2\b|\bsegund[oa] paciente\b"
    r"|\b(?:two|three|four|dos|tres) (?:cases|patients|casos|pacientes)\b"
)


def check(page: Page) -> Iterator[Hit]:
    """A man who is she later on, and a patient of two ages, in the report of one case."""
    if page.type != "case-report":
        return
    words = _words().get(page.language)
    if words is None:
        return
    case = [
        one
        for one in page.content(Form.SENTENCE, Form.ITEM)
        if one.language == page.language and (page.kind(one) in ("case", "summary", ""))
    ]
    low = {one.start: fold(page.said(one)) for one in case}
    if SEVERAL.search(" ".join(low.values())):
        return
    yield from _sexes(case, low, words)
    yield from _ages(case, low, words["age"])


def _sexes(
    case: list[Passage], low: dict[int, str], words: dict[str, re.Pattern[str]]
) -> Iterator[Hit]:
    seen: dict[str, list[tuple[int, int]]] = {"female": [], "male": []}
    for one in case:
        said = low[one.start]
        if words["others"].search(said):
            continue
        for sex, places in seen.items():
            places += [
                (one.start + found.start(), one.start + found.end())
                for found in words[sex].finditer(said)
            ]
    rare, common = sorted(seen, key=lambda sex: len(seen[sex]))
    if seen[rare] and len(seen[common]) > len(seen[rare]):
        start, end = seen[rare][0]
        yield Hit(
            start,
            end,
            f"the patient is {rare} here and {common} elsewhere ({len(seen[common])} times)",
            "compare with the patient's record",
        )


def _ages(case: list[Passage], low: dict[int, str], pattern: re.Pattern[str]) -> Iterator[Hit]:
    first: int | None = None
    for one in case:
        for found in pattern.finditer(low[one.start]):
            age = int(next(group for group in found.groups() if group))
            if first is None:
                first = age
            elif age != first and _PERSON.match(low[one.start], found.end()):
                yield Hit(
                    one.start + found.start(),
                    one.start + found.end(),
                    f"the patient is {age} here and {first} before",
                    "compare with the patient's record",
                )
                return


@cache
def _words() -> dict[str, dict[str, re.Pattern[str]]]:
    text = (files("piamater.checks") / "data" / "patient_words.toml").read_text("utf-8")
    return {
        language: {name: re.compile(pattern) for name, pattern in some.items()}
        for language, some in tomllib.loads(text).items()
    }


RULE = Rule(
    "CN007",
    "patient-changes",
    Severity.WARNING,
    "The one patient of a case report changes sex or age.",
    "It is either a slip or another patient; both undo the report.",
    "CARE guidelines for case reports (Gagnier et al. 2013): demographic information, "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3844611",
    Example(
        "# Wexford fever: a case report\n\n## Case report\n\nA 34-year-old woman had a fever. "
        "She took doxycycline for 14 days. He was well after a month.\n"
    ),
    Example(
        "# Wexford fever: a case report\n\n## Case report\n\nA 34-year-old woman had a fever. "
        "Her father had had it too; he was well. She took doxycycline for 14 days.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; known by its planted faults only"
    ),
)
