"""EV003: one reference that carries every claim of a section."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Citation, Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Passage

FEWEST = 6
"""Statements of a section that one reference must carry before it is told."""
_SUBJECTS = 4
"""Diseases or treatments that these statements speak of: one source on one thing is in order."""
_TYPES = frozenset({"disease", "cancer"})


def check(page: Page) -> Iterator[Hit]:
    """Sections whose statements about several diseases all cite one label."""
    if page.form != "page" or len(page.citations) < FEWEST:
        return
    least = int(page.settings.option("EV003", "fewest", FEWEST))
    sections: dict[int, list[tuple[Passage, tuple[Citation, ...]]]] = {}
    for one in page.content():
        if cites := page.cited(one):
            sections.setdefault(one.section, []).append((one, cites))
    for some in sections.values():
        labels = {label for _, cites in some for each in cites for label in each.labels}
        if len(some) >= least and len(labels) == 1 and _subjects(page, some) >= _SUBJECTS:
            yield _hit(page, some, labels.pop())


def _subjects(page: Page, some: list[tuple[Passage, tuple[Citation, ...]]]) -> int:
    """How many diseases the statements speak of, a narrower one and its broader one being one."""
    known = vocabulary()
    named = {
        mention.concept
        for one, _ in some
        for mention in page.mentions(one)
        if (concept := known.get(mention.concept)) and concept.type in _TYPES
    }
    broader = {parent for one in named for parent in known.ancestors(one)}
    return len(named - broader - set(page.topic))


def _hit(page: Page, some: list[tuple[Passage, tuple[Citation, ...]]], label: str) -> Hit:
    first = some[0][1][0]
    heading = page.section(some[0][0]).heading
    where = f"“{heading[:60]}”" if heading else "a section"
    return Hit(
        first.start,
        first.end,
        f"reference {label} alone carries all {len(some)} cited statements of {where}, which "
        "speak of several diseases",
        "cite for each statement the source that says it; one source seldom says all",
    )


RULE = Rule(
    "EV003",
    "one-reference-for-all",
    Severity.WARNING,
    "One reference carries every statement of a section about several diseases.",
    "A number put behind every sentence is decoration: nobody can tell which of them it supports.",
    "DISCERN question 4, a main statement is accompanied by a reference to its source of evidence, "
    "http://www.discern.org.uk/question_4.php",
    Example(
        "# Rare causes of headache\n\n## From the guidelines\n\n"
        "- Neurosarcoidosis affects 5% of people.[1]\n- Lymphoma is rare in the brain.[1]\n"
        "- Bacterial meningitis is an emergency.[1]\n- Multiple sclerosis seldom causes it.[1]\n"
        "- Tuberculous meningitis comes slowly.[1]\n- Stroke may begin with headache.[1]\n\n"
        "## References\n\n1. Archer B. Headache. Lancet 2021.\n"
    ),
    Example(
        "# Rare causes of headache\n\n## From the guidelines\n\n"
        "- Neurosarcoidosis affects 5% of people.[1]\n- Lymphoma is rare in the brain.[2]\n"
        "- Bacterial meningitis is an emergency.[3]\n- Multiple sclerosis seldom causes it.[1]\n"
        "- Tuberculous meningitis comes slowly.[2]\n- Stroke may begin with headache.[3]\n\n"
        "## References\n\n1. Archer B. Headache. Lancet 2021.\n2. Lee P. Headache. BMJ 2022.\n"
        "3. Moss K. Fever. JAMA 2023.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="the one finding on five seed pages; none on 60 PDQ and 150 journal pages",
    options=(("fewest", FEWEST, "cited statements from which one reference is too few"),),
)
