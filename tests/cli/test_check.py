"""``piamater check`` as a user meets it."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
import yaml

from piamater.checks import rules
from piamater.checks.run import SUFFIXES
from piamater.cli.main import run

BAD = "# Seizure\n\nNext review due: 30 August 2020\n\n## Treatment\n\nLevetiracetam stops seizures.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.md"
    file.write_text(BAD, "utf-8")
    return file


def test_the_contract(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", "--on", "2026-11-21", str(page)]) == 1
    form = json.loads(capsys.readouterr().out)
    assert set(form) == {"checked", "findings", "rules_run"}
    assert {"RV001", "ST004"} <= {one["rule"] for one in form["findings"]}
    for one in form["findings"]:
        assert set(one) == {
            "rule", "name", "severity", "start", "end", "quote", "message", "suggestion",
        }  # fmt: skip
        assert one["severity"] in ("error", "warning", "info")
    assert set(form["rules_run"]) <= set(rules())


def test_rules_are_chosen(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--select", "RV001", "--on", "2026-11-21", str(page)]) == 1
    assert "RV001" in capsys.readouterr().out
    assert run(["check", "--select", "RV", "--ignore", "RV001", "--on", "2019-01-01", str(page)]) in (0, 1)  # fmt: skip
    assert "RV001" not in capsys.readouterr().out
    assert run(["check", "--select", "XX9", str(page)]) == 2
    assert "there is no rule XX9" in capsys.readouterr().err


def test_the_day_of_the_check_counts(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--select", "RV001", "--on", "2020-08-30", str(page)]) == 0
    assert run(["check", "--select", "RV001", "--on", "2020-08-31", str(page)]) == 1
    assert run(["check", "--on", "tomorrow", str(page)]) == 2
    capsys.readouterr()


def test_settings_are_found_above_the_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page.parent / "pyproject.toml").write_text('[tool.piamater.check]\nselect = ["RV001"]\n')
    run(["check", "--format", "json", str(page)])
    assert json.loads(capsys.readouterr().out)["rules_run"] == ["RV001"]
    run(["check", "--format", "json", "--isolated", str(page)])
    assert len(json.loads(capsys.readouterr().out)["rules_run"]) > 30
    (page.parent / "pyproject.toml").write_text('[tool.piamater.check]\nselct = ["RV001"]\n')
    assert run(["check", str(page)]) == 2
    assert "no setting 'selct'" in capsys.readouterr().err


def test_a_comment_silences_with_its_reason(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(f"<!-- piamater: ignore-page RV001 - archived on purpose -->\n\n{BAD}", "utf-8")
    assert run(["check", "--select", "RV001", "--on", "2026-11-21", str(page)]) == 0
    capsys.readouterr()


def test_every_rule_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--list-rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rules())
    assert run(["check", "--explain", "ev001"]) == 0
    assert "claim-without-citation" in capsys.readouterr().out
    assert run(["check", "--explain", "ZZ1"]) == 2


def test_what_cannot_be_read_is_told_and_the_rest_is_checked(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = page.parent / "empty.md"
    empty.write_text("")
    assert run(["check", "--on", "2026-11-21", str(empty), str(page), str(page.parent / "none.md")]) == 2  # fmt: skip
    told = capsys.readouterr()
    assert "empty.md" in told.err
    assert "none.md" in told.err
    assert "RV001" in told.out


@pytest.mark.parametrize("text", ["<p>Fever is is common.</p>", "# Fever\n\nFever is is common.\n"])
def test_standard_input(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(text))
    assert run(["check", "--isolated", "--select", "TX010", "-"]) == 1
    assert "TX010" in capsys.readouterr().out


def test_nothing_named_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 2
    assert "name what to check" in capsys.readouterr().err


def test_a_baseline_is_written_only_where_one_is_named(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--write-baseline", str(page)]) == 2
    assert "--baseline" in capsys.readouterr().err


def test_pages_are_told_apart_by_their_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name / "page.md" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(BAD, "utf-8")
    run(["check", "--format", "json", *map(str, paths)])
    form = json.loads(capsys.readouterr().out)
    assert [one["checked"] for one in form["pages"]] == [str(one) for one in paths]


@pytest.mark.parametrize(
    ("what", "why"),
    [("guide:foo", "give --library"), ("answer:foo", "give --library"),
     ("ftp://x.y", "ftp://x.y: it is no web address"), ("file:///etc/hosts", "no web address")],
)  # fmt: skip
def test_what_names_nothing_says_why(
    what: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--isolated", what]) == 2
    assert why in capsys.readouterr().err


def test_an_empty_folder_is_not_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "nothing that can be checked" in told.err
    assert "No findings" not in told.out


@pytest.mark.parametrize(
    ("options", "why"),
    [(["--country", "ZZZ"], "no country code"), (["--country", "UK"], "the United Kingdom is GB"),
     (["--select", "TX,nope"], "no rule NOPE")],
)  # fmt: skip
def test_what_is_said_wrongly(
    options: list[str], why: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *options, str(page)]) == 2
    assert why in capsys.readouterr().err


def test_where_the_report_goes(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    common = ["check", "--isolated", "--select", "RV001", "--on", "2026-11-21", str(page)]
    missing = tmp_path / "missing" / "x.html"
    assert run([*common, "--output", str(missing)]) == 2
    assert f"{missing}: the report cannot be written" in capsys.readouterr().err
    assert run([*common, "--output", "-"]) == 1
    assert "RV001" in capsys.readouterr().out
    assert not (tmp_path / "-").exists()
    assert run([*common, "--format", "html", "--output", "x.html"]) == 1
    assert "RV001" in (tmp_path / "x.html").read_text("utf-8")
    capsys.readouterr()


@pytest.mark.parametrize(
    ("name", "text"),
    [("deep.html", "<div>" * 20_000 + "asthma" + "</div>" * 20_000), ("q.txt", '"' * 3000),
     ("q.md", "> " * 5000 + "asthma is bad"), ("empty.html", ""), ("nul.md", "\x00")],
)  # fmt: skip
def test_a_file_that_gives_no_text_is_named(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text)
    assert run(["check", "--isolated", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err


def test_what_was_read_only_in_part_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "deep.html"
    file.write_text("<h1>Asthma</h1><p>It is is common.</p>" + "<div>" * 5000 + "<p>More.</p>")
    assert run(["check", "--isolated", "--select", "TX010", str(file)]) == 1
    assert f"{file}: it is nested too deeply" in capsys.readouterr().err


def test_the_hook_takes_what_a_folder_is_searched_for() -> None:
    [hook] = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    for suffix in SUFFIXES:
        assert bool(re.search(hook["files"], f"pages/leaflet{suffix}")) is (suffix != ".xml")
    assert not re.search(hook["files"], "pages/leaflet.png")
    assert hook["entry"] == "piamater check"
