"""``piamater check`` as a user meets it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from piamater.checks import rules
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
