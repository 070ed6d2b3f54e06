"""GitHub annotations: workflow commands that put findings beside the lines of a pull request.

The form and its escapes are those of GitHub's "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piamater.checks.engine import Checked
from piamater.checks.places import Places
from piamater.checks.report.common import clean, named
from piamater.checks.rule import Finding

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github_report(some: Sequence[Checked]) -> str:
    """A command for each finding, a line each; empty where there is none."""
    return "".join(f"{line}\n" for one in some for line in _commands(one))


def _commands(checked: Checked) -> Iterator[str]:
    if not checked.findings:
        return
    places = Places(checked.page)
    for one in checked.findings:
        fields = {"file": named(checked.page), **_where(places, one)}
        fields["title"] = f"{one.rule} {one.name}"
        said = ",".join(f"{key}={_field(str(value))}" for key, value in fields.items())
        more = f"\n{one.suggestion}" if one.suggestion else ""
        yield f"::{COMMANDS[one.severity]} {said}::{_data(one.message + more)}"


def _where(places: Places, one: Finding) -> dict[str, int]:
    place = places.find(one.start, one.end)
    if place is None:
        return {"line": places.line(one.start)}
    if place.line != place.end_line:
        return {"line": place.line, "endLine": place.end_line}
    return {
        "line": place.line, "endLine": place.line,
        "col": place.column, "endColumn": max(place.column, place.end_column - 1),
    }  # fmt: skip


def _data(text: str) -> str:
    return clean(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
