"""``piamater serve``: the readers' web site."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from piamater.cli.opened import open_library
from piamater.errors import InputError

EXAMPLES = """\b
Examples:
  piamater --library shelf serve
  piamater --library shelf serve --host 0.0.0.0 --port 8080 --workers 4
"""
BACKLOG = 1024
"""Connections that may wait."""


@click.command(epilog=EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--workers", default=0, help="Processes; one a processor by default.")
@click.option("--open", "show", is_flag=True, help="Open the site in the browser.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int, workers: int, show: bool) -> int:
    """Serve the library to readers until it is stopped (Ctrl+C).

    Nothing that readers ask or write is logged. Behind a proxy, set site.base_url and site.hosts
    in piamater.toml.
    """
    from piamater.cli.review import warn_of_ledger

    library = open_library(ctx)
    if workers < 0:
        raise click.UsageError("--workers must be 1 or more")
    warn_of_ledger(library.folder)
    serve(library.folder, host, free_port(host, port), workers, show)
    return 0


def free_port(host: str, port: int, other: bool = False) -> int:
    """The port to listen on; a free one for 0, and with ``other`` where it is taken.

    Raises:
        InputError: it cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except (OSError, OverflowError) as error:
            if other:
                return free_port(host, 0)
            raise InputError(
                f"cannot listen there: {error}",
                where=f"{host}:{port}",
                todo="choose another --host or --port",
            ) from error
        return int(one.getsockname()[1])


def serve(folder: Path, host: str, port: int, workers: int = 0, show: bool = False) -> None:
    """Serve a library until the process is stopped."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    count = workers or max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
                           else os.cpu_count() or 1)  # fmt: skip
    os.environ["PIAMATER_LIBRARY"] = str(folder.resolve())
    name = f"[{host}]" if ":" in host else host
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else name  # noqa: S104
    click.echo(f"the library is open at http://{shown}:{port}/  (stop with Ctrl+C)")
    if show:
        import threading
        import webbrowser

        threading.Timer(2.0, webbrowser.open, (f"http://{shown}:{port}/",)).start()
    Granian(
        "piamater.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=count,
        blocking_threads=4,
        backlog=BACKLOG,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
