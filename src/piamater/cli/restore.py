"""``piamater restore``: a library back from its copy."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.backup import Kilobytes, size
from piamater.cli.doctor import Watching, show
from piamater.cli.main import as_json_option, print_json
from piamater.cli.progress import Progress

EXAMPLES = """\b
Examples:
  piamater restore shelf.tar.gz shelf
  piamater --library shelf restore shelf.tar.gz
  piamater restore shelf.tar.gz shelf --database postgresql://librarian@db.example.org/shelf
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="FILE")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option(
    "--database",
    default="",
    help="Where the documents go: sqlite, or an empty postgresql://… The settings follow.",
)
@click.option("--schema", default="", help="The schema of that PostgreSQL database.")
@as_json_option
@click.pass_context
def command(
    ctx: click.Context, file: str, folder: str | None, database: str, schema: str, as_json: bool
) -> int:
    """Unpack a backup into DIR, a new or empty folder, and check all of it.

    DIR is the library that --library names where it is not given. The search index is made anew.
    Nothing is in DIR before every file has been held against the backup's own record.
    """
    from piamater.corpus import Library
    from piamater.keeping import Place, declared, examine, rebuild_index, restore

    place = folder or ctx.obj
    if not place:
        raise click.UsageError("say where to: piamater restore FILE DIR, or with --library DIR")
    with Progress("unpacking", "kB", declared(Path(file)) // 1000) as progress:
        done = restore(Path(file), Path(place), Kilobytes(progress), place=Place(database, schema))
    library = Library(done.folder)
    if "corpus.sqlite3" in done.manifest.files and not library.index_folder.is_dir():
        with Progress("indexing", "documents", library.corpus.last_number()) as progress:
            rebuild_index(library, progress.advance)
    if "corpus" in library.__dict__:
        library.corpus.close()
    with Watching() as watch:
        health = examine(done.folder, watch=watch)
    if as_json:
        print_json({**done.to_json(), "doctor": health.to_json()})
        return 0 if health.sound else 1
    click.echo(
        f"{done.manifest.library}, as it was at {done.manifest.created}, is back in {done.folder}:"
        f" {len(done.manifest.files):,} files, {size(done.manifest.size)}, all as they were"
    )
    if done.documents != "sqlite":
        click.echo(f"the documents are in {done.documents}")
    for path, reason in done.manifest.left_out.items():
        click.echo(f"not in the copy: {path}: {reason}")
    show(health)
    return 0 if health.sound else 1
