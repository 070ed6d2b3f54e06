"""Acts on a guide: put forward, begin, sign, withdraw, note."""

from __future__ import annotations

from collections.abc import Iterable

import click

from piamater.cli.main import as_json_option
from piamater.cli.review.common import acting, by_option, guide_argument, tell
from piamater.errors import InputError


@click.command()
@guide_argument
@by_option
@click.option(
    "--writer", "writers", multiple=True, metavar="LANG=PERSON",
    help="Who wrote a language's text, where that is not --by; several.",
)  # fmt: skip
@click.option("--note", default="", help="A word to the reviewers.")
@as_json_option
@click.pass_context
def submit(
    ctx: click.Context, guide: str, by: str, writers: tuple[str, ...], note: str, as_json: bool
) -> int:
    """Put a guide of the folder forward for review, as it is now."""
    told: dict[str, list[str]] = {}
    for language, person in _pairs(writers, "--writer"):
        told.setdefault(language, []).append(person)
    with acting(ctx) as (reviews, key):
        entry = reviews.submit(key, guide, by, note, told)
    return tell(entry, as_json, f"{guide} was put forward, {entry.body['hash'][:12]}")


def _pairs(given: Iterable[str], option: str) -> list[tuple[str, str]]:
    found = [one.partition("=") for one in given]
    for name, sign, text in found:
        if not (name and sign and text):
            raise InputError(f"{option} wants NAME=VALUE", where=f"{name}{sign}{text}")
    return [(name, text) for name, _, text in found]


@click.command()
@guide_argument
@by_option
@as_json_option
@click.pass_context
def start(ctx: click.Context, guide: str, by: str, as_json: bool) -> int:
    """Say that you have begun to review a guide."""
    with acting(ctx) as (reviews, key):
        entry = reviews.start(key, guide, by)
    return tell(entry, as_json, f"the review of {guide} has begun")


@click.command()
@guide_argument
@by_option
@click.option(
    "--decision", required=True, type=click.Choice(["approve", "approve-with-changes", "reject"])
)
@click.option("--interests", required=True, help="Your declaration of interests; 'none' is one.")
@click.option("--note", default="", help="A word on the decision.")
@click.option("--lang", "languages", multiple=True, help="Only this language; several.")
@click.option("--view", "views", multiple=True, help="Only patient or clinical.")
@click.option("--block", "blocks", multiple=True, help="Only this block, by its id; several.")
@click.option(
    "--change", "changes", multiple=True, metavar="BLOCK=TEXT", help="What must change in a block."
)
@click.option("--next-review", default="", metavar="DAY", help="When to look again: 2028-11-21.")
@click.option("--seen", default="", metavar="HASH", help="The hash of what you read.")
@as_json_option
@click.pass_context
def sign(
    ctx: click.Context,
    guide: str,
    by: str,
    decision: str,
    interests: str,
    note: str,
    languages: tuple[str, ...],
    views: tuple[str, ...],
    blocks: tuple[str, ...],
    changes: tuple[str, ...],
    next_review: str,
    seen: str,
    as_json: bool,
) -> int:
    """Sign a decision on a guide that was put forward.

    Nobody signs their own work: who signs says that they wrote none of it. A signature covers the
    words and the evidence under them; when either changes, it lapses for what changed.
    """
    from piamater.guides.review import Scope

    with acting(ctx) as (reviews, key):
        entry = reviews.sign(
            key,
            guide,
            by,
            decision,
            interests=interests,
            note=note,
            scope=Scope(languages, views, blocks),
            changes=dict(_pairs(changes, "--change")),
            next_review=next_review,
            seen=seen,
        )
    until = entry.body.get("next_review", "")
    return tell(entry, as_json, f"{guide}: {decision}" + (f", until {until}" if until else ""))


@click.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="ENTRY...")
@by_option
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@as_json_option
@click.pass_context
def withdraw(
    ctx: click.Context, numbers: tuple[int, ...], by: str, reason: str, as_json: bool
) -> int:
    """Take back signatures, or what you put forward and nobody has begun to review.

    Your own, or as administrator another's.
    """
    with acting(ctx) as (reviews, key):
        entry = reviews.withdraw(key, numbers, by, reason)
    return tell(entry, as_json, f"withdrawn: {', '.join(map(str, numbers))}")


@click.command()
@guide_argument
@click.argument("text")
@by_option
@as_json_option
@click.pass_context
def note(ctx: click.Context, guide: str, text: str, by: str, as_json: bool) -> int:
    """Add an editors' note, which readers see on the guide's page."""
    with acting(ctx) as (reviews, key):
        entry = reviews.note(key, guide, by, text)
    return tell(entry, as_json, f"a note on {guide}")
