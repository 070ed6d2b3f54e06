"""``piamater doctor``: whether the library is sound, and the mending of what can be rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.progress import Progress
from piamater.errors import LibraryError

if TYPE_CHECKING:
    from piamater.keeping import Check, DoctorReport

EXAMPLES = """\b
Examples:
  piamater --library shelf doctor
  piamater --library shelf doctor --mend
  piamater --library shelf doctor --json
"""


@click.command(epilog=EXAMPLES)
@click.option("--mend", is_flag=True, help="Rebuild what can be rebuilt from the rest.")
@as_json_option
@click.pass_context
def command(ctx: click.Context, mend: bool, as_json: bool) -> int:
    """Check every hash, quote, edition, review and file of the library, and its index.

    Without --mend nothing is changed. The exit code is 0 where the library is sound, 1 where
    there is an error or a warning.
    """
    from piamater.keeping import examine

    if not ctx.obj:
        raise LibraryError(
            "no library is named",
            where="piamater",
            todo="give --library DIR or set PIAMATER_LIBRARY",
        )
    with Watching() as watch:
        report = examine(Path(ctx.obj), mend=mend, watch=watch)
    if as_json:
        print_json(report.to_json())
    else:
        show(report)
    return 0 if report.sound else 1


class Watching:
    """A progress line for the check that runs; the next one takes its place, the end clears it."""

    def __init__(self) -> None:
        self._line: Progress | None = None

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._line:
            self._line.__exit__(None, None, None)

    def __call__(self, check: Check) -> Callable[[int], None]:
        """Begin a check; gives what counts its progress."""
        self.__exit__()
        self._line = Progress(f"checking: {check.about}", check.unit)
        return self._line.advance


def show(report: DoctorReport) -> None:
    """What the doctor found, a line each, errors first."""
    for done in report.mended:
        click.echo(f"mended: {done}")
    order = ("error", "warning", "info")
    for one in sorted(report.findings, key=lambda one: order.index(one.severity)):
        click.echo(f"{one.where}: {one.severity} [{one.check}] {one.what} ({one.todo})")
    looked = report.looked_at
    told = ", ".join(
        f"{looked.get(name, 0):,} {what}"
        for name, what in (
            ("texts", "texts"),
            ("originals", "originals"),
            ("editions", "editions"),
            ("quotes", "quotes"),
        )
    )
    errors, warnings = (
        sum(one.severity == kind for one in report.findings) for kind in ("error", "warning")
    )
    if report.sound:
        click.echo(f"sound: {len(looked)} checks, {told}")
        return
    click.echo(f"not sound: {errors} errors, {warnings} warnings; {told} looked at")
    if any(one.mendable for one in report.findings):
        click.echo("what can be mended: piamater doctor --mend")
