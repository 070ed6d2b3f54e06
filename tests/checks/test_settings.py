"""Settings: what is believed, and what is told to be wrong instead of being passed over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from piamater.checks import CheckSettings, check_page, open_page, page_from_text, rules
from piamater.checks.settings import find_settings, read_settings
from piamater.cli.main import run
from piamater.errors import InputError

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "check.md"


def read(text: str) -> CheckSettings:
    return read_settings(tomllib.loads(text), "piamater.toml")


def test_what_is_written_is_what_holds() -> None:
    said = read(
        'select = ["pl", "TX010"]\nignore = ["ALL"]\ncountry = "gb"\naudience = "patient"\n'
        '[options.pl002]\nen = 12\n[per-file-ignores]\n"old/*.md" = ["rv"]\n'
    )
    assert said.select == ("PL", "TX010")
    assert said.country == "GB"
    assert said.option("PL002", "en", 30) == 12
    assert said.per_file_ignores == {"old/*.md": ("RV",)}


@pytest.mark.parametrize(
    ("text", "why"),
    [('select = ["NOPE"]', "no rule NOPE"), ('ignore = ["TX010", ""]', "no rule"),
     ('extend-select = ["XX"]', "no rule XX"), ('select = "TX"', "list of rule ids"),
     ('country = "United Kingdom"', "the United Kingdom is GB"), ('country = "ZZZ"', "ISO 3166-1"),
     ("country = 44", "ISO 3166-1"), ('audience = "nurse"', "no audience"),
     ("audience = 3", "no audience"), ("options = 3", "options is no table"),
     ("options.PL002 = 3", "PL002 is no table"), ("options.PL999.en = 3", "no rule PL999"),
     ("options.PL002.words = 25", "known: en, "), ("options.RV001.x = 1", "RV001 has no options"),
     ('options.PL002.en = "x"', "no number"), ("options.PL002.en = true", "no number"),
     ("options.PL002.en = nan", "no number"), ("options.PL002.en = -1", "no number"),
     ("per-file-ignores = []", "is no table"), ('per-file-ignores = {"x" = 3}', "list of rule"),
     ('per-file-ignores = {"x" = ["QQ1"]}', "no rule QQ1"), ("selct = []", "no setting 'selct'")],
)  # fmt: skip
def test_what_means_nothing_is_told(text: str, why: str) -> None:
    with pytest.raises(InputError, match=re.escape(why)):
        read(text)


@pytest.mark.parametrize(
    "text", ["tool = 3", 'tool.piamater = "x"', "tool.piamater.check = 3", "[tool", "\x00"]
)
def test_a_file_that_is_none_ends_the_check(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    page = tmp_path / "page.md"
    page.write_text("# Fever\n\nFever is common.\n")
    assert run(["check", str(page)]) == 2
    assert "pyproject.toml" in capsys.readouterr().err


def test_a_file_of_others_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.other]\ncheck = 3\n[project]\nname = "x"\n')
    assert find_settings(tmp_path).select == ()


def test_the_documented_option_is_one_and_counts() -> None:
    found = re.search(r"`\[check\.options\.(\w+)\] (\w+) = (\d+)`", DOCS.read_text("utf-8"))
    assert found is not None
    settings = read(f"[options.{found[1]}]\n{found[2]} = {found[3]}\n")
    words = " ".join(["They rest at home because the fever"] + ["and the cough"] * 7) + " go away."
    text = f"---\nkind: patient-information\n---\n# Fever\n\n{words}\n"
    for chosen, told in ((settings, True), (CheckSettings(), False)):
        page = page_from_text(text, settings=replace(chosen, select=(found[1],)))
        assert bool(check_page(page).findings) is told


def test_a_rule_asks_for_no_option_that_it_does_not_name(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {one.id: {name for name, _, _ in one.options} for one in rules().values()}
    asked: list[tuple[str, str]] = []

    def option(_self: CheckSettings, rule: str, name: str, otherwise: float) -> float:
        asked.append((rule, name))
        return otherwise

    monkeypatch.setattr(CheckSettings, "option", option)
    for rule in rules().values():
        for example in (rule.bad, rule.good):
            settings = CheckSettings(select=(rule.id,), audience="patient")
            check_page(page_from_text(example.text, example.name, settings))
    assert asked
    assert [one for one in asked if one[1] not in known[one[0]]] == []


@pytest.mark.parametrize(
    ("pattern", "left"),
    [("old/*.md", ["new"]), ("page.md", []), ("./old/page.md", ["new"]), ("*.md", []),
     ("other/*.md", ["new", "old"]), ("site/old/*.md", ["new", "old"])],
)  # fmt: skip
def test_files_are_named_from_the_settings_on(
    pattern: str, left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    for name in ("new", "old"):
        (site / name).mkdir(parents=True)
        (site / name / "page.md").write_text("# Fever\n\nFever is is common.\n")
    (site / "piamater.toml").write_text(f'[check.per-file-ignores]\n"{pattern}" = ["TX010"]\n')
    monkeypatch.chdir(tmp_path)
    told = []
    for name in ("new", "old"):
        path = Path("site") / name / "page.md"
        settings = replace(find_settings(path.resolve()), select=("TX010",))
        told += [name] * len(check_page(open_page(path, settings)[0]).findings)
    assert told == left


def test_each_thing_has_the_settings_above_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: Mapping[str, Any] = {"one": "TX010", "two": "RV001"}
    for name, rule in table.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text("# Fever\n\nIt is is mild. Next review: 2020\n")
        (tmp_path / name / "piamater.toml").write_text(f'[check]\nselect = ["{rule}"]\n')
    run(["check", "--format", "github", *(str(tmp_path / one) for one in table)])
    out = capsys.readouterr().out
    assert out.count("TX010") == 1
    assert "RV001" in out
