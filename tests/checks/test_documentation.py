"""The pages of the rules are made from the rules, and are up to date."""

from __future__ import annotations

from pathlib import Path

from piamater.checks import rules
from piamater.checks.documentation import GROUPS, pages

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rules"
TODO = "python -m piamater.checks.documentation docs/reference/rules makes them anew"


def test_the_pages_are_what_the_rules_say() -> None:
    made = pages()
    assert {one.name for one in FOLDER.glob("*.md")} == set(made), TODO
    for name, text in made.items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name}: {TODO}"


def test_every_rule_is_in_a_group_that_the_index_shows() -> None:
    index = pages()["index.md"]
    for one in rules().values():
        assert one.group in GROUPS
        assert f"({one.id}.md)" in index
