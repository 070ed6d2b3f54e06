"""``piamater vocabulary``: the concepts the library knows, and importers for the big lists."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library, open_vocabulary

EXAMPLES = """\b
Examples:
  piamater --library shelf vocabulary
  piamater --library shelf vocabulary find "carcinomatous meningitis"
  piamater --library shelf vocabulary import mesh desc2026.xml
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show the library's vocabulary, look a term up, or import a vocabulary."""
    if ctx.invoked_subcommand is None:
        vocabulary = open_vocabulary(open_library(ctx))
        for source, count in sorted(vocabulary.sources().items()):
            click.echo(f"{count:>8,} concepts  {source}")


@command.command("find")
@click.argument("term")
@as_json_option
@click.pass_context
def find(ctx: click.Context, term: str, as_json: bool) -> int:
    """Show the concepts that TERM names, with their terms in all languages."""
    vocabulary = open_vocabulary(open_library(ctx))
    found = vocabulary.by_term(term)
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "type": one.type,
                    "parents": list(one.parents),
                    "terms": [
                        {"text": t.text, "language": t.language, "lay": t.lay} for t in one.terms
                    ],
                }
                for one in found
            ]
        )
    for one in found if not as_json else ():
        click.echo(f"{one.id} ({one.type})")
        for term_ in one.terms:
            click.echo(f"  {term_.language}  {term_.text}{' (lay)' if term_.lay else ''}")
    if not found and not as_json:
        click.echo(f"no concept is called {term!r}")
    return 0 if found else 1


@command.command("import")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json_option
@click.pass_context
def import_(ctx: click.Context, name: str, files: tuple[Path, ...], as_json: bool) -> int:
    """Import the vocabulary NAME from its published FILES; the index is then made anew."""
    from piamater.vocabulary import import_vocabulary

    library = open_library(ctx)
    with library.writing():
        report = import_vocabulary(name, list(files), library.vocabulary_folder)
    if as_json:
        print_json({"name": name, "concepts": report.concepts, "terms": report.terms})
    else:
        click.echo(f"{report.concepts:,} concepts with {report.terms:,} terms from {name}")
        click.echo("the index takes them in at the next add or ask")
    return 0
