"""``piamater demo``: the starter library, asked its question."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from piamater.errors import LibraryError


@click.command(
    epilog="\b\nExamples:\n  piamater demo --dir my-first-library\n  piamater demo --no-serve"
)
@click.option("--dir", "folder", metavar="DIR", help="Where to make it; a new folder by default.")
@click.option("--serve/--no-serve", "site", default=True, help="Open its site at the end.")
@click.option("--port", default=8000, show_default=True, help="The site's port; 0: a free one.")
@click.pass_context
def command(ctx: click.Context, folder: str | None, site: bool, port: int) -> int:
    """Make the starter library, ask it one question, and open its site."""
    from piamater.answers import Asker
    from piamater.cli.add import _tell
    from piamater.cli.opened import open_vocabulary, update_index
    from piamater.cli.render import render
    from piamater.corpus import Library, add
    from piamater.guides import GuideFolder, publish
    from piamater.search import TantivyIndex
    from piamater.starter import QUESTION, notes_folder, put_guides

    place = Path(folder or tempfile.mkdtemp(prefix="piamater-")) / "starter"
    library = (
        Library(place)
        if (place / "piamater.toml").exists()
        else Library.create(place, "Starter shelf: leptomeningeal disease")
    )
    click.echo(f"the starter library: {place}")
    with library.writing():
        _tell(add(library, [str(notes_folder())]))
        vocabulary = open_vocabulary(library)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        update_index(library, index, vocabulary)
        index.close()
        put_guides(library.folder / "guides")
        done = publish(library, GuideFolder(library.folder / "guides"))
        languages = sum(len(one.edition.versions) for one in done)
        click.echo(f"{len(done)} guides published, {languages} texts in all languages")
    click.echo(f'\n$ piamater ask "{QUESTION}"\n')
    index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
    answer = Asker(library, index, vocabulary).ask(QUESTION)
    click.echo(render(answer, color=sys.stdout.isatty()))
    if not answer.sections:
        raise LibraryError("the starter library did not answer", where=str(place))
    command_name = "piamater" if shutil.which("piamater") else sys.argv[0]
    click.echo("\nGo on:")
    click.echo(f"  export PIAMATER_LIBRARY={place}")
    for words in (
        'ask "How is neurosarcoidosis treated?"',
        'ask "¿Qué es la punción lumbar?"',
        "sources list",
        "add YOUR-FILES...",
    ):
        click.echo(f"  {command_name} {words}")
    if site:
        from piamater.cli.serve import free_port, serve

        click.echo()
        serve(library.folder, "127.0.0.1", free_port("127.0.0.1", port, other=True))
    return 0
