"""``piamater doctor``: whether the library is sound, and the mending of what can be rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import print_json
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
@click.option("--json", "as_json", is_flag=True, help="The machine form on standard output.")
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
    report = examine(Path(ctx.obj), mend=mend, watch=watched)
    if as_json:
        print_json(report.to_json())
    else:
        show(report)
    return 0 if report.sound else 1


def watched(check: Check) -> Callable[[int], None]:
    """A progress line for one check; the next one writes over it."""
    progress = Progress(f"checking: {check.about}", check.unit)
    return progress.advance


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
