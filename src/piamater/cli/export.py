"""``piamater export``: the library given out in a registered format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library

EXAMPLES = """\b
Examples:
  piamater --library shelf export quality evidence.zip
  piamater --library shelf export quality evidence.zip --force --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("form", metavar="FORMAT")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace OUT where it exists.")
@as_json_option
@click.pass_context
def command(ctx: click.Context, form: str, out: Path, force: bool, as_json: bool) -> int:
    """Give the library out as OUT. FORMAT quality: evidence for PIF TICK and the NHS standard.

    Exit 1 where something is wrong with the library or could not be read; what is merely
    missing is told and counts as done.
    """
    from piamater.exchange.exporters import EXPORTERS, export

    EXPORTERS.named(form)
    report = export(form, open_library(ctx), out, force=force, told=_step)
    _step("")
    if as_json:
        print_json({"format": form, "file": str(out), **report.to_json()})
        return 1 if report.problems else 0
    click.echo(f"{out}: {report.files} files, {report.size:,} bytes")
    for one in report.missing:
        click.echo(f"missing: {one}")
    for one in report.problems:
        click.echo(f"piamater: {one}", err=True)
    return 1 if report.problems else 0


def _step(name: str) -> None:
    """Show on a terminal what is being read; an empty name clears the line."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{f'reading: {name}' if name else ''}")
        sys.stderr.flush()
