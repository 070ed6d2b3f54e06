"""``piamater digest``: what waits for the staff, on the screen, by mail or as a feed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library

if TYPE_CHECKING:
    from piamater.corpus import Library
    from piamater.exchange.digest import Digest

EXAMPLES = """\b
Examples:
  piamater --library shelf digest --lang es
  piamater --library shelf digest --subscribe ana@example.org --lang es
  piamater --library shelf digest --mail
  piamater --library shelf digest --send editors@example.org
  piamater --library shelf digest --feed /srv/staff/waiting.atom
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "es", "bn"]),
    default="en",
    help="In which language.",
)
@click.option("--send", "to", multiple=True, metavar="ADDRESS", help="Mail it there; several.")
@click.option("--mail", "mail", is_flag=True, help="Mail it to all who subscribed.")
@click.option("--subscribe", metavar="ADDRESS", help="Put on the list, with --lang.")
@click.option("--unsubscribe", metavar="ADDRESS", help="Take off the list.")
@click.option("--subscribers", "listing", is_flag=True, help="List who subscribed.")
@click.option(
    "--feed", "feed", type=click.Path(path_type=Path, dir_okay=False), help="Write an Atom feed."
)
@as_json_option
@click.pass_context
def command(
    ctx: click.Context,
    language: str,
    to: tuple[str, ...],
    mail: bool,
    subscribe: str | None,
    unsubscribe: str | None,
    listing: bool,
    feed: Path | None,
    as_json: bool,
) -> int:
    """Tell what waits: readers' questions, reviews, new evidence.

    Counts, days, guides and addresses; never what a reader asked. Exit 1 where an address was
    refused.
    """
    library = open_library(ctx)
    if subscribe or unsubscribe or listing:
        return _list(library, subscribe, unsubscribe, language, as_json)
    from piamater.corpus.library import write_whole
    from piamater.exchange.digest import digest
    from piamater.exchange.digest_forms import as_feed, as_text, subject

    found = digest(library)
    if feed is not None:
        home = library.settings.base_url or f"piamater:{library.settings.name}"
        before = feed.read_bytes() if feed.is_file() else b""
        write_whole(feed, as_feed(found, home, before, language=language))
    refused = _mailed(library, found, to, language, mail) if to or mail else {}
    for address, reason in refused.items():
        click.echo(f"piamater: {address} was refused: {reason}", err=True)
    if as_json:
        print_json({**found.to_json(), "refused": refused})
    elif to or feed or mail:
        click.echo(subject(found, language))
    else:
        click.echo(as_text(found, language), nl=False)
    return 1 if refused else 0


def _mailed(
    library: Library, found: Digest, to: tuple[str, ...], language: str, mail: bool
) -> dict[str, str]:
    """Mail it to those named, and to all who subscribed in the language of each."""
    from piamater.exchange.digest_forms import as_html, as_text, subject
    from piamater.exchange.mailing import send
    from piamater.exchange.subscribers import subscribers

    batches = [(list(to), language, False)] if to else []
    held = subscribers(library.folder) if mail else []
    for each in dict.fromkeys(one.language for one in held):
        batches.append(([one.address for one in held if one.language == each], each, True))
    if mail and not held:
        click.echo("piamater: nobody has subscribed", err=True)
    refused: dict[str, str] = {}
    for addresses, each, stop in batches:
        text, html = as_text(found, each, stop=stop), as_html(found, each, stop=stop)
        refused |= send(
            library.settings, addresses, subject(found, each), text, html, each, stop=stop
        )
    return refused


def _list(
    library: Library, add: str | None, remove: str | None, language: str, as_json: bool
) -> int:
    """Change the list of those who get the digest, and tell it."""
    from dataclasses import asdict

    from piamater.exchange import subscribers as held

    if add or remove:
        with library.writing():
            if remove:
                held.unsubscribe(library.folder, remove)
            if add:
                held.subscribe(library.folder, add, language, library.today.isoformat())
    found = held.subscribers(library.folder)
    if as_json:
        print_json([asdict(one) for one in found])
        return 0
    for one in found:
        click.echo(f"{one.address}\t{one.language}\tsince {one.since}")
    if not found:
        click.echo("nobody has subscribed")
    return 0
