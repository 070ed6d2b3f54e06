"""``piamater desk``: the editors' desk, in a process of its own."""

from __future__ import annotations

import os

import click

from piamater.cli.opened import open_library
from piamater.errors import PiamaterError

EXAMPLES = """\b
Examples:
  piamater --library shelf desk account r-haque
  piamater --library shelf desk --port 8001
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, help="The port; 0 for a free one.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int) -> int:
    """Open the desk where editors write and reviewers sign, until it is stopped (Ctrl+C).

    It is for staff alone: put it on a host of its own behind https, never on the readers' one.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    _open(ctx)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from piamater.cli.review import open_key
    from piamater.cli.serve import free_port
    from piamater.desk.setup import set_up
    from piamater.desk.shelf import reviews
    from piamater.guides.review.keys import VARIABLE, find_passphrase

    folder = reviews().ledger.folder
    open_key(folder)  # a wrong passphrase is told here, not at the first signature
    if not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = find_passphrase(
            folder, lambda: str(click.prompt("Once more, for the desk", hide_input=True, err=True))
        )
    pulled = set_up()
    for told in pulled.refused:
        click.echo(f"not taken in: {told}", err=True)
    place = free_port(host, port)
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
@click.pass_context
def account(ctx: click.Context, person: str, superuser: bool) -> int:
    """Give a registered person an account, or a new password; PIAMATER_PASSWORD may give it."""
    _open(ctx)
    from piamater.desk.setup import make_account, set_up

    set_up()
    password = os.environ.get("PIAMATER_PASSWORD") or str(
        click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    )
    new = make_account(person, password, superuser)
    click.echo(f"{person}: {'an account was made' if new else 'the password was changed'}")
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
