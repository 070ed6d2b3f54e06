"""Baseline, fixes and watching."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from piamater.checks import Checked, CheckSettings, Fix, check_page, open_page, page_from_text
from piamater.checks.baseline import read_baseline, without_known, write_baseline
from piamater.checks.fixing import fix_file, fixed
from piamater.checks.watch import watch
from piamater.cli.main import run
from piamater.errors import InputError

BAD = "# Wexford fever\n\nIt is mild in in children.\n\nTODO: write this.\n\nNext review due: 2020-01-01\n\nTicks carry it from deer to people, and people do not give it to one another.\n"


def checked(path: Path, *select: str) -> Checked:
    return check_page(open_page(path, CheckSettings(select=select))[0])


def test_a_known_finding_stays_known_when_lines_move(tmp_path: Path) -> None:
    page, baseline = tmp_path / "page.md", tmp_path / "known.json"
    page.write_text(BAD, "utf-8")
    before = checked(page, "TX", "RV001")
    assert before.findings
    assert write_baseline(baseline, [before]) == len(before.findings)
    page.write_text("\n\n\n" + BAD + "\nMost get well within days.\n", "utf-8")
    [left], known = without_known([checked(page, "TX", "RV001")], read_baseline(baseline))
    assert not left.findings
    assert known == len(before.findings)
    page.write_text(BAD + "\nTODO: another fault here, which is new.\n", "utf-8")
    [new], _ = without_known([checked(page, "TX", "RV001")], read_baseline(baseline))
    assert len(new.findings) == 1


@pytest.mark.parametrize("text", ["", "[]", '{"format": "x"}', '{"format": 3}', "\x00"])
def test_what_is_no_baseline(tmp_path: Path, text: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    with pytest.raises(InputError, match="it is no baseline"):
        read_baseline(file)


def test_a_fix_changes_its_place_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    original = "# জ্বর 🙂\r\n\r\nIt is *mild* in in children.\r\n"
    page.write_bytes(original.encode())
    result = checked(page, "TX")
    assert result.fixes
    page.chmod(0o644)
    assert fix_file(page, result) >= 1
    assert page.stat().st_mode & 0o777 == 0o644
    assert page.read_bytes().decode() == original.replace("in in", "in")
    assert fix_file(page, checked(page, "TX")) == 0


def test_fixes_that_overlap_or_have_no_place_are_left_out() -> None:
    page = page_from_text("# Fever\n\nIt is mild.\n", "page.md")
    at = page.text.index("mild")
    overlapping = (Fix(at, at + 4, "harmless"), Fix(at + 2, at + 4, "xx"), Fix(10_000, 10_001, "y"))
    text, done = fixed(Checked(page, (), overlapping))
    assert done == 1
    assert text.count("mild") + text.count("harmless") + text.count("mixx") == 1


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(BAD, "utf-8")
    result = checked(page, "TX")
    page.write_text("# Another\n", "utf-8")
    assert fix_file(page, result) == 0
    assert page.read_text("utf-8") == "# Another\n"


def test_watching_does_it_once_for_each_change(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n")
    done: list[str] = []

    def do() -> None:
        done.append(page.read_text())
        if len(done) == 1:
            page.write_text("# Two, longer\n")

    watch([tmp_path], do, every=0.01, looks=6)
    assert done == ["# One\n", "# Two, longer\n"]


def test_the_command_mends_and_remembers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, known = tmp_path / "page.md", tmp_path / "known.json"
    page.write_text(BAD, "utf-8")
    common = ["check", "--isolated", "--select", "TX", str(page)]
    assert run([*common, "--fix"]) == 1
    assert "in in" not in page.read_text("utf-8")
    assert run([*common, "--baseline", str(known), "--write-baseline"]) == 0
    assert run([*common, "--baseline", str(known)]) == 0
    assert "known findings are left out" in capsys.readouterr().err


def test_what_has_no_end_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    for one in (str(pipe), "/dev/zero"):
        assert run(["check", "--isolated", one]) == 2
        assert "no file that has an end" in capsys.readouterr().err
