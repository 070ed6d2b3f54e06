"""People: register one, list them, say that one takes part no more."""

from __future__ import annotations

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.review.common import acting, reviews_of, tell


@click.command("person")
@click.argument("id_", metavar="ID")
@click.option("--name", required=True, help="As readers see it.")
@click.option(
    "--role", "roles", multiple=True, required=True, metavar="ROLE",
    help="writer, editor, reviewer, clinical, language:xx, publisher, administrator; several.",
)  # fmt: skip
@click.option("--credential", default="", help="What the person is by profession.")
@click.option("--checked", default="", help="How the credential was checked, and when.")
@as_json_option
@click.pass_context
def add_person(
    ctx: click.Context,
    id_: str,
    name: str,
    roles: tuple[str, ...],
    credential: str,
    checked: str,
    as_json: bool,
) -> int:
    """Register a person, or what has changed about one."""
    from piamater.guides.review import person

    one = person(id_, name, roles, credential, checked)
    with acting(ctx) as (reviews, key):
        entry = reviews.register(key, one)
    return tell(entry, as_json, f"{one.shown}: {', '.join(one.roles)}")


@click.command()
@as_json_option
@click.pass_context
def people(ctx: click.Context, as_json: bool) -> int:
    """List the registered people."""
    known = reviews_of(ctx).book.people
    if as_json:
        print_json([one.to_json() for one in known.values()])
        return 0
    for one in known.values():
        ended = " (takes part no more)" if one.ended else ""
        click.echo(f"{one.id}\t{one.shown}\t{', '.join(one.roles)}{ended}")
    if not known:
        click.echo("nobody is registered")
    return 0


@click.command("end")
@click.argument("id_", metavar="ID")
@as_json_option
@click.pass_context
def end_person(ctx: click.Context, id_: str, as_json: bool) -> int:
    """Say that a person takes part no more; what they signed stands."""
    with acting(ctx) as (reviews, key):
        entry = reviews.end(key, id_)
    return tell(entry, as_json, f"{id_} takes part no more")
