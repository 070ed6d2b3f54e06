"""Every rule finds its bad example and leaves its good one alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from piamater.checks import (
    CheckSettings,
    Example,
    Page,
    Rule,
    check_library,
    check_page,
    check_versions,
    page_from_text,
    rules,
)

RULES = list(rules().values())


def pages(example: Example, rule: Rule) -> list[Page]:
    # What judges the other rules' findings has something to judge only where they run.
    chosen = ("ALL",) if rule.after else (rule.id,)
    settings = CheckSettings(select=chosen, today=date.fromisoformat(example.on))
    return [
        replace(page_from_text(one.text, one.name, settings), group="example")
        for one in (example, *example.beside)
    ]


def found(example: Example, rule: Rule) -> list[str]:
    first, *rest = pages(example, rule)
    results = [check_page(first)] if rule.page or rule.after else []
    if rule.versions:
        results += check_versions(first, rest)
    if rule.library:
        results += check_library([first, *rest])
    return [one.rule for result in results for one in result.findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_the_bad_example_is_found_and_the_good_one_left_alone(rule: Rule) -> None:
    assert rule.id in found(rule.bad, rule)
    assert rule.id not in found(rule.good, rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_a_rule_says_why_and_where_that_is_published(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert rule.reason.endswith(".")
    assert "http" in rule.source
    assert rule.page or rule.versions or rule.library or rule.after
    assert rule.id[:2].isupper()
    assert rule.id[2:].isdigit()
    assert rule.default or (rule.precision is not None and rule.precision < 0.9), (
        "a rule that is off by default says its precision"
    )
    assert rule.precision is None or rule.reviewed


def test_ids_and_names_are_each_one_rules() -> None:
    assert len({one.name for one in RULES}) == len(RULES)
    assert all(one.id < other.id for one, other in pairwise(RULES))
