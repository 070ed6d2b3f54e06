"""``piamater backup``: the library in one file."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library
from piamater.cli.progress import Progress

EXAMPLES = """\b
Examples:
  piamater --library shelf backup shelf.tar.gz
  piamater --library shelf backup --with-questions --force /mnt/safe/shelf.tar.gz
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@click.option("--with-index", is_flag=True, help="Copy the search index, which can be rebuilt.")
@click.option(
    "--with-questions",
    is_flag=True,
    help="Copy readers' questions. One that is deleted later lives on in FILE.",
)
@click.option(
    "--with-keys",
    is_flag=True,
    help="Copy private keys. Who has FILE can then try passphrases on them.",
)
@click.option(
    "--with-accounts",
    is_flag=True,
    help="Copy the desk's accounts, log and drafts. Who has FILE can then try passwords on them.",
)
@as_json_option
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    force: bool,
    with_index: bool,
    with_questions: bool,
    with_keys: bool,
    with_accounts: bool,
    as_json: bool,
) -> int:
    """Copy the library into FILE, one archive, while others read and write.

    Left out unless asked for: the search index, readers' questions, private keys, the desk's
    accounts.
    """
    from piamater.keeping import Choice, backup, estimate

    folder = open_library(ctx).folder
    choice = Choice(with_index, with_questions, with_keys, with_accounts)
    total = estimate(folder, choice)
    with Progress("copying", "kB", total // 1000) as progress:
        done = backup(
            folder, Path(file), choice, force=force, progress=Kilobytes(progress), total=total
        )
    for path in done.missed:
        click.echo(f"piamater: not copied: {path}: {done.left_out[path]}", err=True)
    if as_json:
        print_json(done.to_json())
        return 1 if done.missed else 0
    click.echo(f"{done.files:,} files, {size(done.bytes)}, are in {done.file} ({size(done.size)})")
    for path, reason in done.left_out.items():
        if path not in done.missed:
            click.echo(f"left out: {path}: {reason}")
    click.echo(f"this copy is {done.digest}")
    return 1 if done.missed else 0


class Kilobytes:
    """Counts bytes and tells a progress bar thousands of them."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._rest = progress, 0

    def __call__(self, more: int) -> None:
        """Count more bytes."""
        whole, self._rest = divmod(self._rest + more, 1000)
        self._progress.advance(whole)


def size(count: int) -> str:
    """A number of bytes as people say it."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"
