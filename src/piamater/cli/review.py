"""``piamater review``: who signs what, and the ledger that proves it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from piamater.cli.main import print_json
from piamater.cli.opened import open_library
from piamater.errors import InputError

if TYPE_CHECKING:
    from piamater.guides.review import Entry, Key, Reviews

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

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="The machine form on standard output."
)
by_option = click.option(
    "--by", required=True, metavar="PERSON", help="The registered person who acts."
)
guide_argument = click.argument("guide", metavar="GUIDE")


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Put guides forward, sign and withdraw; show the queue; prove the ledger."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show_queue)


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


def tell(entry: Entry, as_json: bool, words: str) -> int:
    """Say that an entry was made."""
    if as_json:
        print_json({"entry": entry.number, "act": entry.act, "hash": entry.hash})
    else:
        click.echo(f"entry {entry.number}: {words}")
    return 0


@command.command()
@click.option("--keyring", is_flag=True, help="Keep the passphrase in your keyring.")
@click.pass_context
def init(ctx: click.Context, keyring: bool) -> int:
    """Make the library's signing key and begin its ledger.

    The key is kept in review/key.pem under a passphrase; keep a copy of both apart from the
    library: without them nothing can be signed any more. PIAMATER_PASSPHRASE gives it where
    nobody can be asked.
    """
    from piamater.guides.review import Key, keep_in_keyring, load_key

    reviews = reviews_of(ctx)
    folder = reviews.ledger.folder
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
    click.echo(f"public key {key.public}")
    click.echo("keep that key and a copy of key.pem apart from the library")
    return 0


def _new_passphrase() -> str:
    import os

    from piamater.guides.review.keys import VARIABLE

    return os.environ.get(VARIABLE) or str(
        click.prompt(
            "A passphrase for the signing key", hide_input=True, confirmation_prompt=True, err=True
        )
    )


@command.command("person")
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

    reviews = reviews_of(ctx)
    one = person(id_, name, roles, credential, checked)
    with reviews.library.writing():
        entry = reviews.register(open_key(reviews.ledger.folder), one)
    return tell(entry, as_json, f"{one.shown}: {', '.join(one.roles)}")


@command.command()
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


@command.command("end")
@click.argument("id_", metavar="ID")
@as_json_option
@click.pass_context
def end_person(ctx: click.Context, id_: str, as_json: bool) -> int:
    """Say that a person takes part no more; what they signed stands."""
    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.end(open_key(reviews.ledger.folder), id_)
    return tell(entry, as_json, f"{id_} takes part no more")


@command.command()
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
    reviews = reviews_of(ctx)
    told: dict[str, list[str]] = {}
    for language, person in _pairs(writers, "--writer"):
        told.setdefault(language, []).append(person)
    with reviews.library.writing():
        entry = reviews.submit(open_key(reviews.ledger.folder), guide, by, note, told)
    return tell(entry, as_json, f"{guide} was put forward, {entry.body['hash'][:12]}")


def _pairs(given: Iterable[str], option: str) -> list[tuple[str, str]]:
    found = [one.partition("=") for one in given]
    for name, sign, text in found:
        if not (name and sign and text):
            raise InputError(f"{option} wants NAME=VALUE", where=f"{name}{sign}{text}")
    return [(name, text) for name, _, text in found]


@command.command()
@guide_argument
@by_option
@as_json_option
@click.pass_context
def start(ctx: click.Context, guide: str, by: str, as_json: bool) -> int:
    """Say that you have begun to review a guide."""
    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.start(open_key(reviews.ledger.folder), guide, by)
    return tell(entry, as_json, f"the review of {guide} has begun")


@command.command()
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

    Nobody signs their own work. A signature covers the words and the evidence under them; when
    either changes, it lapses for what changed.
    """
    from piamater.guides.review import Scope

    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.sign(
            open_key(reviews.ledger.folder),
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


@command.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="ENTRY...")
@by_option
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@as_json_option
@click.pass_context
def withdraw(
    ctx: click.Context, numbers: tuple[int, ...], by: str, reason: str, as_json: bool
) -> int:
    """Take back signatures: your own, or as administrator another's."""
    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.withdraw(open_key(reviews.ledger.folder), numbers, by, reason)
    return tell(entry, as_json, f"withdrawn: {', '.join(map(str, numbers))}")


@command.command()
@guide_argument
@click.argument("text")
@by_option
@as_json_option
@click.pass_context
def note(ctx: click.Context, guide: str, text: str, by: str, as_json: bool) -> int:
    """Add an editors' note, which readers see on the guide's page."""
    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.note(open_key(reviews.ledger.folder), guide, by, text)
    return tell(entry, as_json, f"a note on {guide}")


@command.command("queue")
@as_json_option
@click.pass_context
def show_queue(ctx: click.Context, as_json: bool = False) -> int:
    """List what waits for people, the most pressing first; exit 1 where something does."""
    from dataclasses import asdict

    from piamater.guides.review import queue

    found = queue(reviews_of(ctx))
    if as_json:
        print_json([asdict(one) for one in found])
        return 1 if found else 0
    for one in found:
        click.echo(f"{one.why}\t{one.guide}\t{one.language}\t{one.state}\tdue {one.due}")
        for reason in one.reasons if one.why in ("moved", "lapsed", "overdue") else ():
            detail = " ".join(x for x in (reason.source, reason.detail, reason.on) if x)
            click.echo(f"    {reason.kind} {detail}: {'; '.join(reason.blocks)}")
        for sentence in one.sentences:
            click.echo(f"    stands on it: {sentence}")
    click.echo(f"{len(found)} wait" if found else "nothing waits")
    return 1 if found else 0


@command.command()
@guide_argument
@click.option("--lang", "language", default="", help="en, es or bn; by default the original's.")
@click.option("--draft", is_flag=True, help="The folder's text, not the published edition.")
@as_json_option
@click.pass_context
def show(ctx: click.Context, guide: str, language: str, draft: bool, as_json: bool) -> int:
    """Show where a guide stands, and each statement over its quotes."""
    from piamater.guides import statements

    reviews = reviews_of(ctx)
    edition = reviews.draft(guide) if draft else reviews.editions.latest(guide)
    text = edition.versions.get(language or edition.original.language)
    if text is None:
        raise InputError(
            f"the guide has no {language} version",
            where=guide,
            todo=f"languages: {', '.join(edition.versions)}",
        )
    review = reviews.of(edition, text.language)
    form: dict[str, Any] = {
        "guide": guide,
        "language": text.language,
        "hash": edition.hash,
        "state": review.state,
        "by": review.by,
        "on": review.on,
        "next_due": review.next_due,
        "reasons": [
            {"kind": r.kind, "blocks": r.blocks, "source": r.source, "detail": r.detail, "on": r.on}
            for r in review.reasons
        ],
        "statements": [
            {
                "block": block.id,
                "view": str(part.audience),
                "text": one.text,
                "quotes": [
                    {"source": edition.evidence[x].source, "quote": edition.evidence[x].quote}
                    for x in one.labels
                    if x in edition.evidence
                ],
            }
            for block in text.blocks
            for part in block.parts
            for one in statements(part, text.language)
        ],
    }
    if as_json:
        print_json(form)
        return 0
    click.echo(f"{text.title} ({text.language})\n{form['hash']}\n{review.state}")
    for reason in form["reasons"]:
        detail = " ".join(x for x in (reason["source"], reason["detail"], reason["on"]) if x)
        click.echo(f"  {reason['kind']} {detail}: {'; '.join(reason['blocks'])}")
    for one in form["statements"]:
        click.echo(f"\n[{one['block']}, {one['view']}] {one['text']}")
        for quote in one["quotes"]:
            click.echo(f"    {quote['source']}: “{quote['quote']}”")
    return 0


@command.command()
@click.option("--guide", default="", help="Only entries about this guide.")
@click.option("--raw", is_flag=True, help="The ledger's own lines, as they are signed.")
@as_json_option
@click.pass_context
def ledger(ctx: click.Context, guide: str, raw: bool, as_json: bool) -> int:
    """Print the ledger: who did what, and when."""
    from piamater.guides.review import as_told

    reviews = reviews_of(ctx)
    entries = [one for one in reviews.ledger.entries() if not guide or one.guide == guide]
    if raw:
        for one in entries:
            click.echo(one.line.decode("utf-8"))
        return 0
    told = [as_told(one, reviews.book.people) for one in entries]
    if as_json:
        print_json(told)
        return 0
    for row in told:
        about = row.get("guide") or row.get("name") or row.get("library") or ""
        click.echo(f"{row['number']}\t{row['at']}\t{row['act']}\t{about}\t{row['by']}")
    if not told:
        click.echo("no entries")
    return 0


@command.command()
@click.option(
    "--key", "key_file", default=None, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The public key that you kept: the ledger must have been begun with it.",
)  # fmt: skip
@as_json_option
@click.pass_context
def verify(ctx: click.Context, key_file: Path | None, as_json: bool) -> int:
    """Prove the ledger, the editions and the evidence under them; exit 1 with a fault.

    Nothing is asked of the network. The first broken link is named.
    """
    from dataclasses import asdict

    from piamater.guides.review import public_from_pem
    from piamater.guides.review import verify as prove

    library = open_library(ctx)
    public = public_from_pem(key_file.read_bytes()) if key_file else ""
    found = prove(library, public)
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
    click.echo(f"head {found.head}")
    return 1 if found.faults else 0


@command.command()
@by_option
@as_json_option
@click.pass_context
def policy(ctx: click.Context, by: str, as_json: bool) -> int:
    """Record review/policy.toml as it is now; until then no approval is shown.

    It takes an administrator: whoever can change the file cannot change what binds.
    """
    reviews = reviews_of(ctx)
    with reviews.library.writing():
        entry = reviews.adopt_policy(open_key(reviews.ledger.folder), by)
    return tell(entry, as_json, f"the policy is recorded, {entry.body['policy'][:12]}")


@command.command("key")
@click.pass_context
def show_key(ctx: click.Context) -> int:
    """Print the public key, as a file that readers can verify with."""
    from piamater.guides.review.keys import PUBLIC_FILE

    path = reviews_of(ctx).ledger.folder / PUBLIC_FILE
    if not path.is_file():
        raise InputError(
            "this library has no key", where=str(path), todo="piamater review init makes one"
        )
    click.echo(path.read_text("ascii"), nl=False)
    return 0
