"""``piamater digest``: what waits for the staff, on the screen, by mail or as a feed."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import print_json
from piamater.cli.opened import open_library

EXAMPLES = """\b
Examples:
  piamater --library shelf digest
  piamater --library shelf digest --send editors@example.org
  piamater --library shelf digest --feed /srv/staff/waiting.atom
"""


@click.command(epilog=EXAMPLES)
@click.option("--send", "to", multiple=True, metavar="ADDRESS", help="Mail it there; several.")
@click.option(
    "--feed", "feed", type=click.Path(path_type=Path, dir_okay=False), help="Write an Atom feed."
)
@click.option("--json", "as_json", is_flag=True, help="The machine form on standard output.")
@click.pass_context
def command(ctx: click.Context, to: tuple[str, ...], feed: Path | None, as_json: bool) -> int:
    """Tell what waits: readers' questions, reviews, new evidence.

    Counts, days, guides and addresses; never what a reader asked. Exit 1 where an address was
    refused.
    """
    from piamater.corpus.library import write_whole
    from piamater.exchange.digest import digest
    from piamater.exchange.digest_forms import as_feed, as_html, as_text, subject
    from piamater.exchange.mailing import send

    library = open_library(ctx)
    found = digest(library)
    if feed is not None:
        home = library.settings.base_url or f"piamater:{library.settings.name}"
        before = feed.read_bytes() if feed.is_file() else b""
        write_whole(feed, as_feed(found, home, before))
    refused: dict[str, str] = {}
    if to:
        refused = send(library.settings, to, subject(found), as_text(found), as_html(found))
        for address, reason in refused.items():
            click.echo(f"piamater: {address} was refused: {reason}", err=True)
    if as_json:
        print_json({**found.to_json(), "refused": refused})
    elif to or feed:
        click.echo(subject(found))
    else:
        click.echo(as_text(found), nl=False)
    return 1 if refused else 0
