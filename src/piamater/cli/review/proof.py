"""Proof: begin the ledger, verify it, record the policy, give the key out."""

from __future__ import annotations

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library
from piamater.cli.review.common import acting, by_option, open_key, reviews_of, tell
from piamater.errors import InputError


@click.command()
@click.option("--keyring", is_flag=True, help="Keep the passphrase in your keyring.")
@click.pass_context
def init(ctx: click.Context, keyring: bool) -> int:
    """Make the library's signing key and begin its ledger.

    The key is kept in review/key.pem under a passphrase; keep a copy of both apart from the
    library: without them nothing can be signed any more. PIAMATER_PASSPHRASE gives it where
    nobody can be asked. The fingerprint that is printed belongs in PIAMATER_LEDGER_KEY wherever the
    library is served or signed: a ledger with another key then shows no approval.
    """
    from piamater.guides.review import Key, keep_in_keyring, load_key
    from piamater.guides.review.pin import VARIABLE, kept_key

    reviews = reviews_of(ctx)
    folder = reviews.ledger.folder
    if kept_key() and not reviews.ledger.path.is_file():
        raise InputError(
            f"{VARIABLE} names the key of a ledger that was begun, and it is not here",
            where=str(folder),
            todo=f"take the ledger back from a copy; to begin another one, unset {VARIABLE}",
        )
    if reviews.ledger.exists:
        raise InputError("the ledger was begun already", where=str(folder))
    with reviews.library.writing():
        if (folder / "key.pem").exists():  # a key without a ledger: the last try ended between
            key = open_key(folder)
        else:
            passphrase = keep_in_keyring(folder) if keyring else _new_passphrase()
            Key.create().save(folder, passphrase)
            key = load_key(folder, lambda: passphrase)
        reviews.found(key)
    click.echo(f"the ledger is begun: {reviews.ledger.path}")
    click.echo(f"fingerprint of its key: {key.fingerprint}")
    click.echo("keep that and a copy of key.pem apart from the library; where piamater runs, set")
    click.echo(f"{VARIABLE}={key.fingerprint}")
    return 0


def _new_passphrase() -> str:
    import os

    from piamater.guides.review.keys import VARIABLE

    return os.environ.get(VARIABLE) or str(
        click.prompt(
            "A passphrase for the signing key", hide_input=True, confirmation_prompt=True, err=True
        )
    )


@click.command()
@click.option(
    "--key", default=None, metavar="FILE|FINGERPRINT",
    help="The key that you kept: the ledger must have been begun with it; by default that of "
    "PIAMATER_LEDGER_KEY.",
)  # fmt: skip
@click.option(
    "--head", "heads", multiple=True, metavar="FILE|HASH",
    help="A head that you kept: the ledger must still hold what it names; several.",
)  # fmt: skip
@as_json_option
@click.pass_context
def verify(ctx: click.Context, key: str | None, heads: tuple[str, ...], as_json: bool) -> int:
    """Prove the ledger, the editions and the evidence under them; exit 1 with a fault.

    Nothing is asked of the network. The first broken link is named. What was replaced as a whole is
    found with a key that was kept elsewhere, what was put back to an earlier day with a head.
    """
    from dataclasses import asdict

    from piamater.guides.review import verify as prove
    from piamater.guides.review.pin import VARIABLE

    found = prove(open_library(ctx), key, heads)
    if as_json:
        print_json(asdict(found))
        return 1 if found.faults else 0
    for one in found.faults:
        click.echo(f"{one.where}: {one.what}")
    click.echo(
        f"{found.entries} entries, {found.editions} editions, {found.evidence} pieces of evidence: "
        + (f"{len(found.faults)} faults" if found.faults else "all as it was signed")
    )
    if found.unfinished:
        click.echo("the last line was begun and never finished: it counts for nothing")
    if not found.pinned:
        click.echo(
            "the key was not held against one that is kept elsewhere: whoever can write here could "
            f"have begun another ledger (give --key, or set {VARIABLE})"
        )
    click.echo(f"head {found.head}")
    return 1 if found.faults else 0


@click.command()
@by_option
@as_json_option
@click.pass_context
def policy(ctx: click.Context, by: str, as_json: bool) -> int:
    """Record review/policy.toml as it is now; until then no approval is shown.

    It takes an administrator: whoever can change the file cannot change what binds.
    """
    with acting(ctx) as (reviews, key):
        entry = reviews.adopt_policy(key, by)
    return tell(entry, as_json, f"the policy is recorded, {entry.body['policy'][:12]}")


@click.command("key")
@click.option("--fingerprint", is_flag=True, help="What to set PIAMATER_LEDGER_KEY to.")
@click.pass_context
def show_key(ctx: click.Context, fingerprint: bool) -> int:
    """Print the public key, as a file that readers can verify with."""
    from piamater.guides.review.keys import PUBLIC_FILE
    from piamater.guides.review.pin import kept_key

    path = reviews_of(ctx).ledger.folder / PUBLIC_FILE
    if not path.is_file():
        raise InputError(
            "this library has no key", where=str(path), todo="piamater review init makes one"
        )
    click.echo(f"{kept_key(str(path))}\n" if fingerprint else path.read_text("ascii"), nl=False)
    return 0
