"""``piamater guides``: the guides of a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from piamater.cli.from_answer import command as from_answer
from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library
from piamater.errors import InputError

if TYPE_CHECKING:
    from piamater.guides import Finding, GuideFolder

EXAMPLES = """\b
Examples:
  piamater --library shelf guides list
  piamater --library shelf guides lint
  piamater --library shelf guides pin leptomeningeal-metastases es
  piamater --library shelf guides publish --note "two causes added"
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, check, translate and publish guides; show editions."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


def _folder(ctx: click.Context, folder: str) -> GuideFolder:
    from piamater.guides import GuideFolder

    return GuideFolder(Path(folder) if folder else open_library(ctx).folder / "guides")


folder_option = click.option(
    "--folder", default="", metavar="DIR", help="Read guides from here, not the library's guides/."
)


@command.command("list")
@folder_option
@as_json_option
@click.pass_context
def listing(ctx: click.Context, folder: str = "", as_json: bool = False) -> int:
    """List the guides with their type and languages."""
    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "type": str(one.original.type),
            "title": one.original.title,
            "languages": sorted(one.versions),
        }
        for one in _folder(ctx, folder).all()
    ]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        click.echo(f"{row['id']}\t{row['type']}\t{','.join(row['languages'])}\t{row['title']}")
    if not rows:
        click.echo("no guides")
    return 0


@command.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@folder_option
@as_json_option
@click.pass_context
def lint(ctx: click.Context, ids: tuple[str, ...], folder: str, as_json: bool) -> int:
    """Check structure, citations, quotes and the parity of languages; exit 1 with findings."""
    from dataclasses import asdict

    from piamater.guides import library_texts

    guides = _folder(ctx, folder)
    found = guides.lint(library_texts(open_library(ctx)), list(ids))
    if as_json:
        print_json(
            {"checked": list(ids) or guides.ids(), "findings": [asdict(one) for one in found]}
        )
        return 1 if found else 0
    for one in found:
        click.echo(f"{one.name}:{one.line}: {one.severity} [{one.rule}] {one.message}")
    click.echo(_summary(len(list(ids) or guides.ids()), found))
    return 1 if found else 0


def _summary(checked: int, found: list[Finding]) -> str:
    errors = sum(one.severity == "error" for one in found)
    return f"{checked} guides checked: {errors} errors, {len(found) - errors} warnings"


@command.command()
@click.argument("id_", metavar="ID")
@click.argument("language")
@folder_option
@click.pass_context
def pin(ctx: click.Context, id_: str, language: str, folder: str) -> int:
    """Say that a translation now says what its original says: pin its blocks to the original's."""
    from piamater.corpus.library import write_whole
    from piamater.guides import pin as pinned

    guides = _folder(ctx, folder).load(id_)
    guide = guides.versions.get(language)
    if guide is None or not guide.is_translation:
        raise InputError(
            f"there is no translation of {id_} into {language}",
            where=str(guides.folder),
            todo=f"languages: {', '.join(guides.versions)}",
        )
    write_whole(guides.folder / f"{language}.md", pinned(guide.text, guides.original).encode())
    click.echo(f"{guide.name}: {len(guide.blocks)} blocks pinned")
    return 0


@command.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@folder_option
@click.option("--note", default="", help="What changed, in a sentence that readers see.")
@click.option("--by", default="", metavar="PERSON", help="The registered person who publishes.")
@click.option("--edition", type=int, default=0, help="Publish this older edition again.")
@as_json_option
@click.pass_context
def publish(
    ctx: click.Context,
    ids: tuple[str, ...],
    folder: str,
    note: str,
    by: str,
    edition: int,
    as_json: bool,
) -> int:
    """Freeze guides as editions that readers see; nothing is published with an error in it.

    A page says that a person reviewed it only when one has signed it. Where the library has a
    review ledger, each edition is recorded in it, and the key's passphrase is needed.
    """
    from piamater.cli.review import open_key
    from piamater.guides import publish as freeze
    from piamater.guides import publish_again
    from piamater.guides.review import Reviews

    library = open_library(ctx)
    guides = _folder(ctx, folder)
    if edition and len(ids) != 1:
        raise InputError("--edition goes with one guide", where="piamater guides publish")
    reviews = Reviews(library, guides)
    key = open_key(reviews.ledger.folder) if reviews.ledger.exists else None
    with reviews.writing():
        if edition:
            done = [publish_again(library, ids[0], edition, note, key, by)]
        else:
            done = freeze(library, guides, ids, note, key, by)
    rows: list[dict[str, Any]] = [
        {
            "id": one.edition.guide,
            "edition": one.edition.number,
            "hash": one.edition.hash,
            "published": one.edition.published,
            "new": one.new,
        }
        for one in done
    ]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        state = "published" if row["new"] else "unchanged"
        click.echo(f"{row['id']}\tedition {row['edition']}\t{state}")
    return 0


@command.command()
@click.argument("id_", metavar="ID")
@click.option("--lang", "language", default="en", show_default=True, help="en, es or bn.")
@as_json_option
@click.pass_context
def show(ctx: click.Context, id_: str, language: str, as_json: bool) -> int:
    """Show the newest edition of a guide with its citations and state of review."""
    from piamater.exchange import guide_edition
    from piamater.guides import EditionStore

    library = open_library(ctx)
    edition = EditionStore(library.folder / "editions").latest(id_)
    form = guide_edition(library, edition, edition.versions.get(language, edition.original))
    if as_json:
        print_json(form)
        return 0
    review = form["review"]
    overdue = ", overdue" if review["overdue"] else ""
    click.echo(f"{form['title']}\nedition {form['edition']} of {form['published']}, {form['hash']}")
    click.echo(f"{review['state']}, review due {review['next_due']}{overdue}")
    for block in form["blocks"]:
        click.echo(f"\n{block['heading']}")
        for view in ("patient", "clinical"):
            for one in block[view]:
                marks = "".join(f"[{label}]" for label in one["citations"])
                click.echo(f"  {view[0]}  {one['text']} {marks}".rstrip())
    return 0


@command.command()
@click.argument("id_", metavar="ID")
@click.option("--lang", "language", default="en", show_default=True, help="en, es or bn.")
@click.pass_context
def history(ctx: click.Context, id_: str, language: str) -> int:
    """List the editions of a guide, newest first, with what changed in each."""
    from itertools import pairwise

    from piamater.guides import EditionStore, differences

    editions = EditionStore(open_library(ctx).folder / "editions").history(id_)
    for later, earlier in [*pairwise(editions), (editions[-1], None)]:
        click.echo(f"edition {later.number}  {later.published}  {later.hash[:12]}  {later.note}")
        if earlier is None:
            continue
        now = later.versions.get(language, later.original)
        for change in differences(earlier.versions.get(language, earlier.original), now):
            click.echo(f"    {change.what}: {change.heading}")
    return 0


command.add_command(from_answer)
