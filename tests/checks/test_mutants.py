"""Planted faults are found by their rule, and the pages they were planted in are clean."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from zlib import crc32

import pytest

from piamater.checks import CheckSettings, Page, check_library, check_page, check_versions
from piamater.checks import page_from_text as made
from tests.checks import mutants
from tests.checks.clean import clean, guides
from tests.checks.mutate import Mutator

TODAY = date(2026, 11, 21)
MUTATORS: list[Mutator] = [
    one
    for module in iter_modules(mutants.__path__)
    for one in getattr(import_module(f"tests.checks.mutants.{module.name}"), "MUTATORS", [])
]
IDS = [f"{one.rule}-{one.name}" for one in MUTATORS]
PAGES_A_MUTATOR = 3
"""Clean pages that each fault is planted in."""


def settings(*select: str, audience: str = "patient") -> CheckSettings:
    who = "patient" if audience == "patient" else "clinician"
    return CheckSettings(select=select, audience=who, today=TODAY)


@cache
def pages(language: str, audience: str) -> tuple[tuple[str, str], ...]:
    return tuple((id_, clean(id_, language, audience)) for id_ in guides())


def planted(mutator: Mutator) -> list[tuple[str, str, str]]:
    """Pages with the fault, beside their clean selves: id, language and text."""
    source = random.Random(crc32(f"{mutator.rule} {mutator.name}".encode()))
    everything = [
        (id_, language, text)
        for language in mutator.languages
        for id_, text in pages(language, mutator.audience)
    ]
    source.shuffle(everything)
    out = []
    for id_, language, text in everything:
        changed = mutator.apply(text, source)
        if changed is not None and changed != text:
            out.append((id_, language, changed))
        if len(out) == PAGES_A_MUTATOR:
            break
    return out


def rules_found(mutator: Mutator, id_: str, language: str, text: str) -> set[str]:
    chosen = settings(mutator.rule, audience=mutator.audience)
    page = made(text, f"{language}.md", chosen)
    if mutator.versions:
        original = made(clean(id_, "en", mutator.audience), "en.md", chosen)
        results = check_versions(original, [page])
    elif mutator.beside:
        other = made(clean(id_, language, mutator.audience), "other.md", chosen)
        results = check_library([other, page])
    else:
        results = [check_page(page)]
    return {one.rule for result in results for one in result.findings}


def test_there_are_enough_mutants() -> None:
    assert sum(len(planted(one)) for one in MUTATORS) >= 300


def test_planted_faults_are_found_by_the_right_rule() -> None:
    found: Counter[str] = Counter()
    missed: defaultdict[str, list[str]] = defaultdict(list)
    for mutator in MUTATORS:
        for id_, language, text in planted(mutator):
            if mutator.rule in rules_found(mutator, id_, language, text):
                found[mutator.rule] += 1
            else:
                missed[mutator.rule].append(f"{mutator.name} in {id_}/{language}")
    lost = sum(map(len, missed.values()))
    total = sum(found.values()) + lost
    assert found.total() / total >= 0.95, f"{lost} of {total} missed: {dict(missed)}"


@pytest.mark.parametrize("audience", ["patient", "clinical"])
@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_clean_pages_are_left_in_peace(language: str, audience: str) -> None:
    told = []
    for id_, text in pages(language, audience):
        page: Page = made(text, f"{id_}.{language}.md", settings(audience=audience))
        loud = [one for one in check_page(page).findings if one.severity != "info"]
        errors = [one for one in loud if one.severity == "error"]
        if errors or len(loud) > 1:
            told += [f"{id_}: {one.rule} {one.severity} {one.quote[:60]!r}" for one in loud]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(
    "text", ["", " ", "x", "#", "# ", "৳", "\u200b", "a" * 100_000, "<", "[1]"]
)
def test_no_rule_fails_on_any_text(text: str) -> None:
    from piamater.errors import InputError

    try:
        page = made(text, "page.md", settings("ALL"))
    except InputError:
        return
    check_page(page)
