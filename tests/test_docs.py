"""The documentation is whole and true: what exists is in it, and what it shows runs."""

from __future__ import annotations

import inspect
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
import yaml

from piamater import errors
from piamater.answers import answer
from piamater.cli.main import COMMANDS, LATER, cli, run
from piamater.corpus import Library, settings
from piamater.sources import Kind
from piamater.sources.note import OPTIONAL, REQUIRED
from piamater.sources.reader import Original
from piamater.sources.registry import read_original, readers

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
REFERENCE = DOCS / "reference"


def text(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand, with its path."""
    yield "piamater", cli
    for name, (module, _) in COMMANDS.items():
        found = import_module(f"piamater.cli.{module}")
        command = found.init if name == "init" else found.command
        yield f"piamater {name}", command
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                yield f"piamater {name} {inner.name}", inner


def part(path: str) -> str:
    """The part of commands.md under the heading of a command or subcommand."""
    parts = re.split(r"^##+ ", text("commands.md"), flags=re.MULTILINE)
    return next((one for one in parts if re.match(rf"{path}(?: [A-Z.\[\] ]+)?\n", one)), "")


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_has_a_part_and_every_option_a_line(
    path: str, command: click.Command
) -> None:
    told = part(path)
    assert told, f"commands.md has no heading for {path}"
    held = {
        parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)
    }
    lines = set(re.findall(r"^\| `(--[a-z-]+)", told, re.MULTILINE)) - {"--help"}
    assert lines == held, path


def test_commands_of_later_releases_are_told_and_not_in_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    page = text("commands.md").partition("## Not in this release")[2]
    assert {*LATER} == {*re.findall(r"`([a-z]+)`", page)}
    assert not [name for name in LATER if re.search(rf"^\s+{name}\b", told, re.MULTILINE)]


def test_every_setting_is_documented_with_its_default() -> None:
    rows = {one.split("`")[1]: one for one in text("settings.md").splitlines() if "| `" in one}
    known = {f"{table}.{name}" for table, entries in settings._KNOWN.items() for name in entries}
    periods = tomllib.loads((ROOT / "src/piamater/corpus/data/review_periods.toml").read_text())
    assert {*rows} == known | {f"review.{kind}" for kind in Kind} | {"PIAMATER_LIBRARY"}
    assert str(settings.Settings().max_bytes) in rows["sources.max_bytes"]
    for kind in Kind:
        months = str(periods[kind]["months"]) if kind in periods else "never"
        assert f"| {months} |" in rows[f"review.{kind}"]


@pytest.mark.parametrize(
    ("group", "page"),
    [("piamater.readers", "readers.md"), ("piamater.vocabularies", "vocabularies.md")],
)
def test_every_plug_is_documented(group: str, page: str) -> None:
    names = [point.name for point in entry_points(group=group)]
    assert names
    for name in names:
        assert f"| `{name}` |" in text(page)


def test_the_suffixes_of_readers_are_documented() -> None:
    for name, reader in readers().items():
        [row] = re.findall(rf"^\| `{name}` \|.*", text("readers.md"), re.MULTILINE)
        assert set(re.findall(r"\.[a-z]+\b", row.split("|")[2])) == set(reader.suffixes)


def test_the_fields_of_a_note_are_documented_and_the_example_reads() -> None:
    page = text("evidence-notes.md")
    told = page.partition("## The fields")[2].partition("## The text")[0]
    for name in (*REQUIRED, *OPTIONAL):
        assert f"`{name}`" in told
    example = page.partition("```markdown\n")[2].partition("```")[0]
    [reading] = read_original(Original("a.md", "a.md", data=example.encode()))
    assert reading.record.kind is Kind.TRIAL


def test_every_field_of_an_answer_is_documented() -> None:
    told = set(re.findall(r"`(\w+)`", text("answer.md")))
    shapes = [one for _, one in inspect.getmembers(answer, is_dataclass)]
    assert len(shapes) > 6
    assert {field.name for one in shapes for field in fields(one)} <= told


def test_every_error_is_documented() -> None:
    for name, value in inspect.getmembers(errors, inspect.isclass):
        if issubclass(value, errors.PiamaterError):
            assert f"`{name}`" in text("python.md")


def test_every_guard_of_the_safety_page_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (DOCS / "safety.md").read_text("utf-8"))
    assert len(named) > 25
    for file, function in named:
        source = (ROOT / file).read_text("utf-8")
        assert f"def {function}(" in source, f"{file}::{function}"


def test_the_navigation_and_the_pages_agree() -> None:
    held = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))

    def listed(entry: object) -> Iterator[str]:
        for one in entry if isinstance(entry, list) else entry.values():  # type: ignore[attr-defined]
            if isinstance(one, str):
                yield one
            else:
                yield from listed(one)

    pages = (one.relative_to(DOCS) for one in DOCS.rglob("*.md"))
    found = {str(one) for one in pages if one.parent.name != "rules" or one.stem == "index"}
    assert set(listed(held["nav"])) == found


def test_links_between_pages_resolve_and_their_anchors_are_headings() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)", page.read_text("utf-8")):
            if "://" in target or target.startswith(("guide:", "figures/")):
                continue
            path, _, anchor = target.partition("#")
            there = page.parent / path if path else page
            assert there.exists(), f"{page.name}: {target}"
            if anchor:
                heads = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
                slugs = [re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in heads]
                assert anchor in slugs, f"{page.name}: {target}"


BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUNNING = [one for one in PAGES if BLOCK.search(one.read_text("utf-8"))]


@pytest.mark.parametrize("page", RUNNING, ids=lambda page: page.name)
def test_every_block_runs_and_shows_what_comes_out(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "88")
    monkeypatch.delenv("PIAMATER_LIBRARY", raising=False)
    names: dict[str, object] = {"__name__": "page"}
    told = ""
    for language, body in BLOCK.findall(page.read_text("utf-8")):
        if language == "python":
            exec(compile(body, str(page), "exec"), names)
            continue
        for line in body.splitlines():
            if line.startswith("$ export "):
                monkeypatch.setenv(*line.removeprefix("$ export ").split("=", 1))
            elif line.startswith("$ piamater "):
                expected = int(found[1]) if (found := re.search(r"# exit (\d)$", line)) else 0
                code = run(shlex.split(line, comments=True)[2:])
                told, failure = capsys.readouterr()
                assert code == expected, f"{line}: {failure}"
            else:
                assert line in told.splitlines(), f"{page.name}: not in the output: {line}"
    if page.name == "README.md":
        [block] = re.findall(r"^```json\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
        corpus = Library(tmp_path / "shelf/starter").corpus
        for one in json.loads(block)["citations"]:
            stored = corpus.text(one["source"], one["version"])
            assert stored[one["start"] : one["end"]] == one["quote"]
