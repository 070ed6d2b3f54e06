"""What the subcommands share: the library's reviews, its key, and telling what was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import print_json
from piamater.cli.opened import open_library

if TYPE_CHECKING:
    from piamater.guides.review import Entry, Key, Reviews

by_option = click.option(
    "--by", required=True, metavar="PERSON", help="The registered person who acts."
)
guide_argument = click.argument("guide", metavar="GUIDE")


def reviews_of(ctx: click.Context) -> Reviews:
    """The reviews of the library that the command line names."""
    from piamater.guides.review import Reviews

    return Reviews(open_library(ctx))


def open_key(folder: Path) -> Key:
    """The library's key; the passphrase is asked for where nothing else tells it."""
    from piamater.guides.review import find_passphrase, load_key

    def ask() -> str:
        return str(click.prompt("Passphrase of the signing key", hide_input=True, err=True))

    return load_key(folder, lambda: find_passphrase(folder, ask))


@contextmanager
def acting(ctx: click.Context) -> Iterator[tuple[Reviews, Key]]:
    """The reviews of the library, held for writing, with the key: who is asked for the passphrase
    keeps nobody else waiting.
    """
    reviews = reviews_of(ctx)
    key = open_key(reviews.ledger.folder)
    with reviews.writing():
        yield reviews, key


def tell(entry: Entry, as_json: bool, words: str) -> int:
    """Say that an entry was made."""
    if as_json:
        print_json({"entry": entry.number, "act": entry.act, "hash": entry.hash})
    else:
        click.echo(f"entry {entry.number}: {words}")
    return 0


def warn_of_ledger(folder: Path) -> None:
    """Say on standard error that a library's ledger does not verify, so that nothing is approved.

    Raises:
        LibraryError: ``PIAMATER_LEDGER_KEY`` holds no key.
    """
    from piamater.guides.review import Ledger
    from piamater.guides.review.pin import kept_key

    kept_key()
    broken = Ledger.of(folder).proof().broken
    if broken:
        click.echo(
            f"piamater: no approval is shown: the review ledger, entry {broken.entry}: "
            f"{broken.what} (piamater review verify tells more)",
            err=True,
        )
