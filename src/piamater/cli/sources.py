"""``piamater sources``: what the library holds."""

from __future__ import annotations

import sys

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library

EXAMPLES = """\b
Examples:
  piamater --library shelf sources list --kind guideline
  piamater --library shelf sources show pmid:35866534
  piamater --library shelf sources text pmid:35866534 > text.txt
  piamater --library shelf sources withdraw pmid:35866534 --reason "errors in table 2"
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the sources; show, print, or withdraw one."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


@command.command("list")
@click.option("--kind", default="", help="Only sources of this kind.")
@click.option("--standing", default="", help="Only sources of this standing today.")
@as_json_option
@click.pass_context
def listing(ctx: click.Context, kind: str = "", standing: str = "", as_json: bool = False) -> int:
    """List all sources with their kind and standing."""
    from piamater.exchange import source_summary

    library = open_library(ctx)
    rows = [
        row
        for version in library.corpus.sources()
        if not kind or version.record.kind == kind
        if (row := source_summary(library, version))
        and (not standing or row["standing"] == standing)
    ]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        click.echo(f"{row['source']}\t{row['kind']}\t{row['standing']}\t{row['title']}")
    if not rows:
        click.echo("no sources" + (" of that kind or standing" if kind or standing else ""))
    return 0


@command.command("show")
@click.argument("source", metavar="ID")
@as_json_option
@click.pass_context
def show(ctx: click.Context, source: str, as_json: bool) -> int:
    """Show one source: its record as CSL-JSON, standing with the reason, and versions."""
    from piamater.exchange import source_record

    library = open_library(ctx)
    shown = source_record(library, library.corpus.version(source))
    if as_json:
        print_json(shown)
        return 0
    for key, value in shown.items():
        if key == "versions":
            for one in value:
                mark = "current" if one["current"] else "earlier"
                click.echo(f"version         {one['version']} {mark}, added {one['added']}")
        elif value and key != "csl":
            click.echo(f"{key:<15} {value}")
    return 0


@command.command("text")
@click.argument("source", metavar="ID")
@click.option("--version", default="", help="A version by its SHA-256, or 8 or more digits of it.")
@click.pass_context
def text(ctx: click.Context, source: str, version: str) -> int:
    """Print the exact text that offsets count in, in code points; nothing is added to it."""
    data = open_library(ctx).corpus.text(source, version)
    sys.stdout.buffer.write(data.encode("utf-8"))
    return 0


@command.command("status")
@as_json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> int:
    """Count the sources by standing today, and list those that are not current."""
    from piamater.exchange import source_summary

    library = open_library(ctx)
    rows = [source_summary(library, version) for version in library.corpus.sources()]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["standing"]] = counts.get(row["standing"], 0) + 1
    moved = [row for row in rows if row["standing"] != "current"]
    if as_json:
        print_json({"standing": counts, "not_current": moved, **library.corpus.counts()})
        return 0
    for name, count in sorted(counts.items()):
        click.echo(f"{count:>7,} {name}")
    for row in moved[:50]:
        click.echo(f"  {row['standing']}: {row['source']} {row['title']}")
    if len(moved) > 50:
        click.echo(f"  … and {len(moved) - 50:,} more; --json lists them all")
    return 0


@command.command("withdraw")
@click.argument("source", metavar="ID")
@click.option("--reason", default="", help="Why: told wherever the source was cited.")
@click.option("--undo", is_flag=True, help="Take a withdrawal back.")
@as_json_option
@click.pass_context
def withdraw(ctx: click.Context, source: str, reason: str, undo: bool, as_json: bool) -> int:
    """Withdraw one source from retrieval; what quoted it still resolves, and says so."""
    if not reason and not undo:
        raise click.UsageError("say why, with --reason")
    from piamater.exchange import source_summary

    library = open_library(ctx)
    with library.writing():
        decision = "restore" if undo else "withdraw"
        library.corpus.decide(source, decision, reason, library.today.isoformat())
    row = source_summary(library, library.corpus.version(source))
    if as_json:
        print_json(row)
    else:
        click.echo(f"{source} is now {row['standing']}")
        if not undo:
            click.echo(f"take it back with: piamater sources withdraw {source} --undo")
    return 0
