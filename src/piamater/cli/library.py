"""``piamater init``: make a library."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json


@click.command(epilog="\b\nExample:\n  piamater init my-library --name 'Meninges shelf'")
@click.argument("folder", metavar="DIR")
@click.option("--name", default="", help="The library's name; the folder's by default.")
@click.option(
    "--store", default="sqlite", help="Where documents are kept: sqlite, or postgresql://…"
)
@as_json_option
def init(folder: str, name: str, store: str, as_json: bool) -> None:
    """Make a library in DIR, a new or empty folder."""
    from piamater.corpus import Library

    library = Library.create(Path(folder), name, store)
    if as_json:
        print_json({"library": str(library.folder), "name": library.settings.name})
        return
    click.echo(f"made the library {library.folder}")
    click.echo(f"next: piamater --library {folder} add FILE...")
