"""CN017: a figure in the text is not the one in the cell of a table that the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.cn.statements import Statement, short, statements
from piamater.checks.cn.tables import Cell, Table, stems, tables
from piamater.checks.nu.figures import frequencies, percentages
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.values import values
from piamater.guides.numbers import numbers
from piamater.vocabulary.fold import fold

_PER_CENT = re.compile(r"%|\bper ?cent|\bporcentaje|শতাংশ")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_COUNT_AND_SHARE = re.compile(r"\d+ ?\((\d+(?:[.,·]\d+)?) ?%?\)")
_OTHER = re.compile(
    r"\bCI\b|\bIC\b|±|\b(?:SD|SE|HR|RR|OR)\b|[<>≤≥=]|increased|higher", re.IGNORECASE
)
"""What makes a figure another than the one that a cell gives plainly."""
_LOOSE = re.compile(
    r"\b(?:up to|exceed\w*|more than|less than|over|under|at least|at most|as (?:high|low) as"
    r"|or more|above|below|hasta|mas de|menos de|al menos)\b|বেশি|কম"
)
_NAMING = frozenset({"disease", "cancer", "drug", "procedure", "test", "organism"})
Given = tuple[float, float, str]
"""The least, the most, and the unit of a figure."""


def check(page: Page) -> Iterator[Hit]:
    """Sentences with one share or dose that name one row and one column with another there."""
    held = list(tables(page))
    if not held:
        return
    for one in statements(page):
        given = _given(one)
        if given is None:
            continue
        said = stems(one.text)
        for table in held:
            cell = _named(table, said)
            other = _cell_given(cell, given[2], page.language) if cell else None
            if cell and other and not _agree(given, other) and not _another(page, one, cell):
                yield _hit(one, cell)
                break


def _hit(one: Statement, cell: Cell) -> Hit:
    return Hit(
        one.start,
        one.end,
        f"the table has {short(cell.text)} for {short(cell.row)}, {short(cell.column)}",
        "find out which of the two the source says, and give it in both places",
    )


def _given(one: Statement) -> Given | None:
    """The one share, in per cent, or the one dose that a sentence gives."""
    low = fold(one.text)
    if _OTHER.search(one.text) or _LOOSE.search(low):
        return None
    found = {(each.low, each.high) for each in (*percentages(low), *frequencies(low))}
    doses = one.values.doses
    if len(found) == 1 and not doses:
        return (*next(iter(found)), "%")
    if len(doses) == 1 and not found:
        dose = next(iter(doses))
        return dose.value, dose.value, dose.unit
    return None


def _cell_given(cell: Cell, unit: str, language: str) -> Given | None:
    """The one figure of a cell in a unit; the per cent may stand in the head of the column."""
    if _OTHER.search(cell.text):
        return None
    low = fold(cell.text)
    if unit != "%":
        doses = values(cell.text, language).doses
        found = [one.value for one in doses if one.unit == unit]
        return (found[0], found[0], unit) if len(doses) == len(found) == 1 else None
    shares = {(one.low, one.high) for one in percentages(low)}
    if len(shares) == 1:
        return (*next(iter(shares)), unit)
    if shares or not _PER_CENT.search(fold(cell.column)) or re.search(r"[a-z]{2}", low):
        return None
    if both := _COUNT_AND_SHARE.fullmatch(low.strip()):
        low = both[1]
    found = [value for one in _NUMBER.findall(low) for value in numbers(one)]
    return (min(found), max(found), unit) if 1 <= len(found) <= 2 and max(found) <= 100 else None


def _agree(one: Given, other: Given) -> bool:
    """Whether two figures are the same, rounded, or one lies within the other."""
    slack = 1.0 if one[2] == "%" else 1e-6
    return one[0] - slack < other[1] and other[0] - slack < one[1]


def _named(table: Table, said: frozenset[str]) -> Cell | None:
    """The one cell whose row and column a sentence names; none where it names several."""
    fits = [one for one in table.cells if one.rows and one.rows <= said]
    longest = max((len(one.rows) for one in fits), default=0)
    fits = [one for one in fits if len(one.rows) == longest]
    if len({one.passage.start for one in fits}) != 1:
        return None
    named = [one for one in fits if one.columns and one.columns <= said]
    return named[0] if len(named) == 1 else None


def _another(page: Page, one: Statement, cell: Cell) -> bool:
    """Whether the sentence names a disease, drug or test that is not the table's or the page's."""
    known = vocabulary()
    near = " ".join((cell.row, cell.column, page.title, *page.section(cell.passage).path))
    mine = set(page.topic) | {each.concept for each in known.mentions(near, page.language)}
    return any(
        each.concept not in mine
        and (concept := known.get(each.concept)) is not None
        and concept.type in _NAMING
        for each in page.mentions(one.passage)
    )


RULE = Rule(
    "CN017",
    "text-against-table",
    Severity.WARNING,
    "The text gives a figure that differs from the cell of the page's own table that it names.",
    "One of the two is wrong, and nobody can tell which; of the abstracts of large journals 18 to "
    "68% held figures that the text or tables do not.",
    "Pitkin et al., Accuracy of data in abstracts of published research articles, JAMA 1999, "
    "https://jamanetwork.com/journals/jama/fullarticle/189139",
    Example(
        "# Wexford fever\n\n| Symptom | Children (%) | Adults (%) |\n|---|---|---|\n"
        "| Headache | 35 | 60 |\n| Rash | 80 | 20 |\n\n"
        "Headache is seen in 53% of children with the fever.\n"
    ),
    Example(
        "# Wexford fever\n\n| Symptom | Children (%) | Adults (%) |\n|---|---|---|\n"
        "| Headache | 35 | 60 |\n| Rash | 80 | 20 |\n\n"
        "Headache is seen in 35% of children with the fever. Rash in adults is seen in one in "
        "five.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 999 MedQuAD pages, 269 journal articles (331 tables) "
        "and the clean pages; known by its planted faults only"
    ),
)
