"""Baseline, fixes and watching."""

from __future__ import annotations

import os
from dataclasses import replace
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


def test_pages_of_one_name_have_each_their_own_baseline(tmp_path: Path) -> None:
    paths = [tmp_path / name / "page.md" for name in ("a", "b")]
    for path, said in zip(paths, ("It is mild in in children.", "Rest is is good."), strict=True):
        path.parent.mkdir()
        path.write_text(f"# Fever\n\n{said}\n", "utf-8")
    baseline = tmp_path / "ci" / "known.json"
    baseline.parent.mkdir()
    before = [checked(path, "TX010") for path in paths]
    assert write_baseline(baseline, before) == 2
    _, known = without_known(before, read_baseline(baseline))
    assert known == 2
    paths[1].write_text(paths[0].read_text("utf-8"), "utf-8")
    after, known = without_known([checked(p, "TX010") for p in paths], read_baseline(baseline))
    assert [len(one.findings) for one in after] == [0, 1]


def test_a_baseline_holds_wherever_it_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, baseline = tmp_path / "site" / "page.md", tmp_path / "known.json"
    page.parent.mkdir()
    page.write_text(BAD, "utf-8")
    monkeypatch.chdir(tmp_path)
    write_baseline(Path("known.json"), [checked(Path("site/page.md"), "TX")])
    monkeypatch.chdir(page.parent)
    for path in (Path("page.md"), page):
        [left], known = without_known([checked(path, "TX")], read_baseline(baseline))
        assert known
        assert not left.findings
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    [left], _ = without_known(
        [checked(moved / "site" / "page.md", "TX")], read_baseline(moved / "known.json")
    )
    assert not left.findings


def test_a_guide_is_not_mended(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("# Fever\n\nIt is is mild.\n", "utf-8")
    result = checked(file, "TX")
    assert fix_file(file, replace(result, page=replace(result.page, form="guide"))) == 0


def test_settings_are_read_again_while_watching(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, settings = tmp_path / "page.md", tmp_path / "piamater.toml"
    page.write_text("# Fever\n\nIt is is mild.\n", "utf-8")
    settings.write_text("[check]\nselect = ['TX010']\n")
    turns: list[int] = []

    def sleep(_seconds: float) -> None:
        turns.append(1)
        if len(turns) == 1:
            settings.write_text("[check]\nselect = ['RV001', 'RV002']\n")
        if len(turns) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("piamater.checks.watch.time.sleep", sleep)
    assert run(["check", "--watch", "--format", "github", str(page)]) == 0
    out = capsys.readouterr().out
    assert "TX010" in out.splitlines()[0]
    assert "RV002" in out
    assert out.count("TX010") == 1


@pytest.mark.parametrize("what", ["-", "missing.md", "https://example.org/", "guide:x"])
def test_what_cannot_be_watched(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--watch", what]) == 2
    assert "cannot be watched" in capsys.readouterr().err
