"""LG010: a medicine is named in one version of a sentence and not in the other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from piamater.checks.align import Pair, Unit, aligned, cognate
from piamater.checks.lg.compare import comparable, differences, listed, quoted
from piamater.checks.lg.examples import TRANSLATION_ERRORS, twins
from piamater.checks.page import Page
from piamater.checks.rule import Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_WORD = re.compile(r"(?:\bnon-?)?([a-z]{5,})")


_ALIKE = 0.45
"""Likeness under which one medicine more is another sentence."""


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Medicines, known by the ending of their names, that only one side names."""
    if not {original.language, version.language} <= {"en", "es"}:
        return
    pairs = aligned(original, version)
    lost = {id(one.pair): one.missing for one in differences(pairs, _medicines, _words)}
    for place, (one, fit) in enumerate(zip(pairs, comparable(pairs), strict=True)):
        if not fit:
            continue
        missing = _alone(one.original, one.version)
        other = _alone(one.version, one.original)
        if one.likeness < _ALIKE and len(missing) != len(other):
            continue
        if not other:
            near = {word for each in pairs[max(0, place - 4) : place + 5] for unit in each.version
                    for word in _words(unit)}  # fmt: skip
            sure = set(lost.get(id(one), ())) - near - _all(version.title)
            missing = [each for each in missing if each in sure]
        if missing:
            yield _hit(one, missing, other)


def _alone(some: tuple[Unit, ...], others: tuple[Unit, ...]) -> list[str]:
    """The medicines of units that no word of the others is like."""
    heard = {word for unit in others for word in _words(unit)}
    return sorted({one for unit in some for one in _medicines(unit)} - heard)


def _hit(one: Pair, missing: list[str], other: list[str]) -> Hit:
    names = listed(_written(each, one.original) for each in missing)
    told = f"this version does not name {names}"
    if other:
        instead = listed(_written(each, one.version) for each in other)
        told = f"this version names {instead} where the original names {names}"
    return Hit(
        one.start,
        one.end,
        f"{told}: {quoted(one.original)}",
        "name the same medicines in all versions",
    )


def _medicines(unit: Unit) -> frozenset[str]:
    return _named(unit.text, unit.language)


@lru_cache(maxsize=4096)
def _named(text: str, language: str) -> frozenset[str]:
    pattern = _endings().get(language)
    if pattern is None:
        return frozenset()
    return frozenset(cognate(one) for one in _WORD.findall(fold(text)) if pattern.search(one))


@lru_cache(maxsize=4096)
def _all(text: str) -> frozenset[str]:
    return frozenset(cognate(one) for one in _WORD.findall(fold(text)))


def _words(unit: Unit) -> frozenset[str]:
    return _all(unit.text)


def _written(stem: object, units: tuple[Unit, ...]) -> str:
    for unit in units:
        for one in _WORD.findall(fold(unit.text)):
            if cognate(one) == stem:
                return str(one)
    return str(stem)


@cache
def _endings() -> dict[str, re.Pattern[str]]:
    text = (files("piamater.checks") / "data" / "drug_stems.toml").read_text("utf-8")
    return {
        language: re.compile(rf"[a-z]{{2,}}(?:{'|'.join(map(fold, some))})s?$")
        for language, some in tomllib.loads(text).items()
    }


RULE = Rule(
    "LG010",
    "version-medicine-differs",
    Severity.WARNING,
    "A medicine is named in one language version of a sentence and not in the other.",
    "A reader cannot know that the medicine they take is meant.",
    TRANSLATION_ERRORS,
    twins(
        "Doxycycline and erythromycin cure the fever in 14 days.",
        "La doxiciclina y la azitromicina curan la fiebre en 14 días.",
    ),
    twins(
        "Doxycycline and erythromycin cure the fever in 14 days.",
        "La doxiciclina y la eritromicina curan la fiebre en 14 días.",
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "the one finding on 26 unchanged pairs of PDQ summaries (8,926 pairs of sentences) "
        "was read; none on the clean guides"
    ),
)
