"""``piamater review``: who signs what, and the ledger that proves it."""

from __future__ import annotations

import click

from piamater.cli.review import acts, looking, people, proof
from piamater.cli.review.common import open_key, warn_of_ledger

__all__ = ["command", "open_key", "warn_of_ledger"]

EXAMPLES = """\b
Examples:
  piamater --library shelf review init
  piamater --library shelf review person r-haque --name "R. Haque" --role clinical \\
      --credential "neurologist, BMDC A-12345" --checked "public register, 2026-11-21"
  piamater --library shelf review submit seizure --by ada
  piamater --library shelf review sign seizure --by r-haque --decision approve \\
      --interests none --lang en
  piamater --library shelf review queue
  piamater --library shelf review verify
"""


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Put guides forward, sign and withdraw; show the queue; prove the ledger."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(looking.show_queue)


for one in (
    proof.init,
    people.add_person,
    people.people,
    people.end_person,
    acts.submit,
    acts.start,
    acts.sign,
    acts.withdraw,
    acts.note,
    looking.show_queue,
    looking.show,
    looking.ledger,
    proof.verify,
    proof.policy,
    proof.show_key,
):
    command.add_command(one)
