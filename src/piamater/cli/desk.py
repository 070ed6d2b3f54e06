"""``piamater desk``: the editors' desk, in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library
from piamater.errors import PiamaterError, UnknownNameError

EXAMPLES = """\b
Examples:
  piamater --library shelf desk account r-haque
  piamater --library shelf desk --port 8001
  piamater --library shelf desk account r-haque --new-app
  piamater --library shelf desk contact l-gil l.gil@example.org
  piamater --library shelf desk log --since 2026-11-01
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, help="The port; 0 for a free one.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where accounts, secret and log are kept, outside of the library.",
)
@click.pass_context
def command(ctx: click.Context, host: str, port: int, state: Path | None) -> int:
    """Open the desk where editors write and reviewers sign, until it is stopped (Ctrl+C).

    It is for staff alone: put it on a host of its own behind https, never on the readers' one.
    """
    if state is not None:
        os.environ["PIAMATER_DESK_STATE"] = str(state.resolve())
    if ctx.invoked_subcommand is not None:
        return 0
    _open(ctx)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from piamater.cli.review import open_key, warn_of_ledger
    from piamater.cli.serve import free_port
    from piamater.desk import audit
    from piamater.desk.setup import set_up
    from piamater.desk.shelf import reviews
    from piamater.guides.review.keys import VARIABLE, find_passphrase

    folder = reviews().ledger.folder
    open_key(folder)  # a wrong passphrase is told here, not at the first signature
    warn_of_ledger(reviews().library.folder)
    if not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = find_passphrase(
            folder, lambda: str(click.prompt("Once more, for the desk", hide_input=True, err=True))
        )
    pulled = set_up()
    for name in pulled.both:
        click.echo(f"{name} was changed at the desk and in the folder: see its history", err=True)
    for told in pulled.refused:
        click.echo(f"not taken in: {told}", err=True)
    place = free_port(host, port)
    audit.note("started")
    click.echo(f"the desk is open at http://{host}:{place}/  (stop with Ctrl+C)")
    Granian(
        "piamater.desk.wsgi:application",
        address=host,
        port=place,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0


@command.command()
@click.argument("person")
@click.option("--superuser", is_flag=True, help="A superuser of Wagtail; it signs nothing more.")
@click.option("--new-app", is_flag=True, help="Forget the authenticator app and recovery codes.")
@click.pass_context
def account(ctx: click.Context, person: str, superuser: bool, new_app: bool) -> int:
    """Give a registered person an account, or a new password; PIAMATER_PASSWORD may give it.

    All sessions of the person end.
    """
    _open(ctx)
    from piamater.desk.setup import make_account, set_up

    set_up()
    password = os.environ.get("PIAMATER_PASSWORD") or str(
        click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    )
    new = make_account(person, password, superuser, new_app)
    click.echo(f"{person}: {'an account was made' if new else 'the password was changed'}")
    if new_app:
        click.echo("the next visit begins with a new authenticator app")
    return 0


@command.command()
@click.argument("person")
@click.argument("address", required=False, default="")
@click.pass_context
def contact(ctx: click.Context, person: str, address: str) -> int:
    """Keep the mail ADDRESS that a reviewer's codes go to; without one, forget it.

    It is not in the ledger, and nobody at the desk sees it or changes it.
    """
    _open(ctx)
    from piamater.desk.setup import set_contact, set_up

    set_up()
    set_contact(person, address)
    click.echo(f"{person}: codes go to {address}" if address else f"{person}: no address is kept")
    return 0


@command.command()
@click.option("--since", default="", metavar="DAY", help="From this day on, such as 2026-11-21.")
@click.option("--person", default="", help="What this account did, and what was done to it.")
@click.option("--act", default="", help="This act alone, such as locked-out.")
@as_json_option
@click.pass_context
def log(ctx: click.Context, since: str, person: str, act: str, as_json: bool) -> int:
    """Tell who came in, failed, and did what at the desk, the oldest first."""
    _open(ctx)
    from piamater.desk import audit

    if act and act not in audit.ACTS:
        raise UnknownNameError(
            f"there is no act {act!r}", where="desk log", todo=f"known: {', '.join(audit.ACTS)}"
        )
    lines = audit.read(since, act, person)
    if as_json:
        print_json({"lines": lines})
        return 0
    for line in lines:
        rest = [
            f"{key}={line[key]}" for key in line if key not in ("at", "act", "by") and line[key]
        ]
        click.echo(" ".join([line["at"], line["act"], line["by"] or "-", *rest]))
    return 0


def _open(ctx: click.Context) -> None:
    """Configure the desk for the library that the command line names."""
    library = open_library(ctx)
    os.environ["PIAMATER_LIBRARY"] = str(library.folder.resolve())
    try:
        from piamater.desk.configure import configure

        configure()
    except ImportError as error:
        raise PiamaterError(
            f"the desk's packages are not installed ({error.name})",
            where="piamater desk",
            todo="pip install 'piamater[desk]'",
        ) from error
