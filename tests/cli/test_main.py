from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from piamater.cli.main import COMMANDS, LATER, run

NOTE = """---
note: piamater-evidence-note/1
id: {id}
language: en
kind: {kind}
title: {title}
licence: CC-BY-4.0
looked-up: "2026-11-20"
---
# {title}

## Summary
Wexford fever is an infection that ticks carry.

## Treatment
Wexford fever is treated with doxycycline for {days} days.
"""


def note(folder: Path, name: str = "a", days: int = 10, kind: str = "trial") -> Path:
    """Write an evidence note."""
    path = folder / f"{name}.md"
    text = NOTE.format(id=name, kind=kind, title="Wexford fever", days=days)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "library")
    assert run(["init", folder]) == 0
    assert run(["-l", folder, "add", str(note(tmp_path))]) == 0
    capsys.readouterr()
    return folder


def out(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_help_lists_what_works_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    text = out(capsys)
    for name in COMMANDS:
        assert f"  {name} " in text
    for name in LATER:
        assert f"  {name} " not in text


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    text = out(capsys)
    assert "Example" in text
    assert f"piamater {name}" in text or f" {name}" in text


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_command_of_a_later_release_says_so(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name]) == 2
    assert "not in this release" in capsys.readouterr().err


def test_an_unknown_command_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["frobnicate"]) == 2
    assert "known: demo, init, add" in capsys.readouterr().err


def test_no_library_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIAMATER_LIBRARY", raising=False)
    assert run(["ask", "What is meningitis?"]) == 2
    assert "PIAMATER_LIBRARY" in capsys.readouterr().err


def test_a_folder_that_is_no_library_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-l", str(tmp_path), "ask", "What is meningitis?"]) == 2
    assert "piamater init" in capsys.readouterr().err


def test_init_leaves_a_full_folder_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run(["init", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_ask_answers_with_its_source(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "ask", "How is Wexford fever treated?"]) == 0
    text = out(capsys)
    assert "doxycycline for 10 days. [1]" in text
    assert "From the research" in text


def test_json_is_alone_on_standard_output(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "ask", "How is Wexford fever treated?", "--json"]) == 0
    answer = json.loads(out(capsys))
    one = answer["sections"][0]["statements"][0]["citations"][0]
    assert run(["-l", library, "sources", "text", one["source"], "--version", one["version"]]) == 0
    text = out(capsys)
    assert text[one["start"] : one["end"]] == one["quote"]


def test_no_answer_is_exit_code_1(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "ask", "How is Marlow's palsy treated?"]) == 1
    assert "Nothing in this library answers" in out(capsys)


@pytest.mark.parametrize("question", ["", "   ", "x" * 20_000])
def test_a_question_that_cannot_be_taken_is_one_line(
    library: str, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-l", library, "ask", question]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error


def test_a_batch_goes_on_after_a_bad_question(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("How is Wexford fever treated?\n?!\nWhat is Wexford fever?\n", "utf-8")
    assert run(["-l", library, "ask", "--batch", str(path)]) == 1
    lines = [json.loads(line) for line in out(capsys).splitlines()]
    assert [line.get("outcome", "error") for line in lines] == ["answered", "error", "answered"]


def test_a_new_version_takes_over_and_the_old_still_resolves(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["-l", library, "ask", "How is Wexford fever treated?", "--json"])
    before = json.loads(out(capsys))["references"][0]
    assert run(["-l", library, "add", str(note(tmp_path, days=14))]) == 0
    assert "1 new version" in out(capsys)
    run(["-l", library, "ask", "How is Wexford fever treated?"])
    text = out(capsys)
    assert "14 days" in text
    assert "10 days" not in text
    run(["-l", library, "sources", "text", before["source"], "--version", before["version"]])
    assert "10 days" in out(capsys)


def test_adding_again_changes_nothing(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-l", library, "add", str(note(tmp_path)), "--json"]) == 0
    report = json.loads(out(capsys))
    assert (report["added"], report["unchanged"]) == (0, 1)


def test_withdraw_and_undo(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "sources", "withdraw", "note:a:en"]) == 2
    assert run(["-l", library, "sources", "withdraw", "note:a:en", "--reason", "wrong"]) == 0
    assert run(["-l", library, "ask", "How is Wexford fever treated?"]) == 1
    run(["-l", library, "sources", "list", "--standing", "withdrawn"])
    assert "note:a:en" in out(capsys)
    assert run(["-l", library, "sources", "withdraw", "note:a:en", "--undo"]) == 0
    assert run(["-l", library, "ask", "How is Wexford fever treated?"]) == 0


def test_kind_can_be_given(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Wexford fever\n\nWexford fever is rare. Ticks carry it.\n", "utf-8")
    assert run(["-l", library, "add", str(path), "--kind", "guideline"]) == 0
    run(["-l", library, "sources", "show", "file:page.txt"])
    text = out(capsys)
    assert "guideline" in text
    assert "--kind" in text


def test_an_unknown_source_is_told(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "sources", "show", "pmid:404"]) == 2
    assert "pmid:404" in capsys.readouterr().err


def test_status_counts_by_standing(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "sources", "status", "--json"]) == 0
    assert json.loads(out(capsys))["standing"] == {"current": 1}


def test_an_unknown_suite_lists_the_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "poetry", str(tmp_path)]) == 2
    assert "known: retrieval" in capsys.readouterr().err


def test_a_missing_vocabulary_importer_lists_the_known(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-l", library, "vocabulary", "import", "umls", str(tmp_path)]) == 2
    assert "known: disease-ontology" in capsys.readouterr().err


def test_vocabulary_finds_a_term(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-l", library, "vocabulary", "find", "punción lumbar"]) == 0
    assert "lumbar-puncture" in out(capsys)
    assert run(["-l", library, "vocabulary", "find", "zzz"]) == 1


def test_a_wrong_setting_is_told(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(library) / "piamater.toml"
    path.write_text('[library]\nnaem = "x"\n', "utf-8")
    assert run(["-l", library, "ask", "How is Wexford fever treated?"]) == 2
    assert "unknown setting library.naem" in capsys.readouterr().err


def test_the_index_can_be_deleted_and_is_rebuilt(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    shutil.rmtree(Path(library) / "index")
    assert run(["-l", library, "ask", "How is Wexford fever treated?"]) == 0


def test_the_folder_can_be_moved(library: str, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    Path(library).rename(moved)
    assert run(["-l", str(moved), "ask", "How is Wexford fever treated?"]) == 0


def test_the_demo_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--no-serve", "--dir", str(tmp_path)]) == 0
    text = out(capsys)
    assert "From the research" in text
    assert "Go on:" in text
    assert run(["demo", "--no-serve", "--dir", str(tmp_path)]) == 0
    assert "unchanged" in out(capsys)


def test_importing_the_package_is_light() -> None:
    script = (
        "import sys, piamater, piamater.cli;"
        "heavy = {'django', 'numpy', 'torch', 'onnxruntime', 'lxml', 'tantivy', 'yaml'};"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
