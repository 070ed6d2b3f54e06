"""The documentation is whole and true: what exists is in it, and what it shows runs."""

from __future__ import annotations

import inspect
import os
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
import yaml

from piamater import errors
from piamater.cli.main import COMMANDS, cli, run
from piamater.corpus import settings
from piamater.sources import Kind

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


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_and_option_is_documented(path: str, command: click.Command) -> None:
    page = text("commands.md")
    name = path.rsplit(" ", 1)[-1]
    assert f"## {path}" in page or f"`{name}" in page
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(f"`{one}" in page for one in parameter.opts), f"{path} {parameter.opts}"


def test_every_setting_is_documented() -> None:
    page = text("settings.md")
    for table, entries in settings._KNOWN.items():
        for name in entries:
            assert f"`{table}.{name}`" in page
    for kind in Kind:
        assert f"`{kind.value}`" in page


@pytest.mark.parametrize(
    ("group", "page"),
    [("piamater.readers", "readers.md"), ("piamater.vocabularies", "vocabularies.md")],
)
def test_every_plug_is_documented(group: str, page: str) -> None:
    names = [point.name for point in entry_points(group=group)]
    assert names
    for name in names:
        assert f"| `{name}` |" in text(page)


def test_every_error_is_documented() -> None:
    page = text("python.md")
    for name, value in inspect.getmembers(errors, inspect.isclass):
        if issubclass(value, errors.PiamaterError):
            assert f"`{name}`" in page


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

    found = {str(one.relative_to(DOCS)) for one in DOCS.rglob("*.md")}
    assert set(listed(held["nav"])) == found


def test_links_between_pages_resolve() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUNNING = [one for one in PAGES if BLOCK.search(one.read_text("utf-8")) and one.name != "README.md"]


@pytest.mark.parametrize("page", RUNNING, ids=lambda page: page.name)
def test_every_block_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    names: dict[str, object] = {"__name__": "page"}
    for language, body in BLOCK.findall(page.read_text("utf-8")):
        if language == "python":
            exec(compile(body, str(page), "exec"), names)
            continue
        for line in body.splitlines():
            if not line.startswith("$ "):
                continue
            words = shlex.split(line[2:], comments=True)
            if words[0] == "export":
                name, value = words[1].split("=", 1)
                monkeypatch.setenv(name, value)
                continue
            expected = int(found.group(1)) if (found := re.search(r"# exit (\d)$", line)) else 0
            assert words[0] == "piamater"
            code = run(words[1:])
            assert code == expected, f"{line}: {capsys.readouterr().err}"
