"""``piamater questions``: what readers ask people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_asker, open_library
from piamater.errors import InputError

if TYPE_CHECKING:
    from piamater.answers.as_guide import GuideDraft
    from piamater.answers.inbox import Inbox
    from piamater.answers.inbox_record import ReaderQuestion
    from piamater.answers.signature import KeyGiver

EXAMPLES = """\b
Examples:
  piamater --library shelf questions list
  piamater --library shelf questions assign 3 ada
  piamater --library shelf questions draft 3
  piamater --library shelf questions answer 3 "Often, for some days [1]." --by ada
  piamater --library shelf questions sign 3 --by r-haque
  piamater --library shelf questions verify
  piamater --library shelf questions publish 3 headache-after-puncture \\
      --title "Is a headache normal after a lumbar puncture?"
  piamater --library shelf questions delete 3
"""
number = click.argument("id_", metavar="NUMBER", type=int)


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Readers' questions to people: assign, draft, answer, sign, verify, publish, delete."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


def _inbox(ctx: click.Context) -> Inbox:
    from piamater.answers.inbox import Inbox

    library = open_library(ctx)
    return Inbox(library.folder, library.today, library.settings)


def _key(ctx: click.Context) -> KeyGiver:
    """Opens the ledger's key where a signature needs it."""
    from piamater.cli.review import open_key

    return lambda: open_key(open_library(ctx).folder / "review")


def _tell(one: ReaderQuestion, as_json: bool, words: str) -> int:
    if as_json:
        print_json(one.to_json())
    else:
        click.echo(words)
    return 0


@command.command("list")
@click.option(
    "--state",
    type=click.Choice(["new", "assigned", "drafted", "answered", "signed"]),
    help="Only these.",
)
@as_json_option
@click.pass_context
def listing(ctx: click.Context, state: str | None = None, as_json: bool = False) -> int:
    """List the questions, those with danger signs first."""
    inbox = _inbox(ctx)
    rows, days = inbox.list(state or ""), inbox.deadlines
    if as_json:
        told = [
            {"due": days.due(one), "late": days.late(one), "ends": days.ends(one)} for one in rows
        ]
        print_json([{**one.to_json(), **each} for one, each in zip(rows, told, strict=True)])
        return 0
    for one in rows:
        mark = "URGENT " if one.urgent and one.state != "signed" else ""
        mark += f"LATE since {days.due(one)} " if days.late(one) else ""
        text = " ".join(one.text.split())
        who = f" ({one.assigned_to})" if one.state == "assigned" else ""
        click.echo(f"{one.id}\t{one.received}\t{one.language}\t{one.state}{who}\t{mark}{text[:90]}")
    if not rows:
        click.echo("no questions")
    return 0


@command.command()
@number
@as_json_option
@click.pass_context
def show(ctx: click.Context, id_: int, as_json: bool) -> int:
    """Show one question with its draft and answer, and the quotes behind the answer."""
    inbox = _inbox(ctx)
    one, days = inbox.get(id_), inbox.deadlines
    form = one.to_json() | {"due": days.due(one), "late": days.late(one), "ends": days.ends(one)}
    if one.state == "signed":
        form |= {"proof": str(inbox.proof(one)), "keep_until": days.keep_until(one)}
    if as_json:
        print_json(form)
        return 0
    for key, value in form.items():
        if value not in ("", False) and not key.endswith("citations"):
            click.echo(f"{key:<12} {value}")
    for each in one.citations:
        click.echo(f"[{each.number}] {each.source}: “{each.quote}”")
    for text in _bare(one):
        click.echo(f"no quote behind: {text}")
    return 0


def _bare(one: ReaderQuestion) -> list[str]:
    """The sentences of an answer that name no quote."""
    from piamater.answers.reply import sentences

    return [text for text, marks in sentences(one.answer, one.language) if not marks]


@command.command()
@number
@click.argument("to", metavar="PERSON")
@as_json_option
@click.pass_context
def assign(ctx: click.Context, id_: int, to: str, as_json: bool) -> int:
    """Give a question to a person, by id, or by name where nobody is registered."""
    inbox = _inbox(ctx)
    kept = inbox.assign(id_, to, inbox.today)
    return _tell(kept, as_json, f"question {id_} is given to {kept.assigned_to}")


@command.command()
@number
@as_json_option
@click.pass_context
def draft(ctx: click.Context, id_: int, as_json: bool) -> int:
    """Draft an answer from the library, with its quotes; readers do not see it."""
    from piamater.answers.drafting import draft_answer
    from piamater.answers.reply import draft_text, quotes_of

    inbox = _inbox(ctx)
    found = draft_answer(open_asker(ctx), inbox.get(id_))
    text = draft_text(found)
    return _tell(inbox.draft(id_, text, quotes_of(found)), as_json, text)


@command.command()
@number
@click.argument("text", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="The answer, in UTF-8.")
@click.option("--by", required=True, metavar="PERSON", help="Who answers; the reader sees it.")
@as_json_option
@click.pass_context
def answer(
    ctx: click.Context, id_: int, text: str | None, path: Path | None, by: str, as_json: bool
) -> int:
    """Answer a question; marks such as [1] name quotes of its draft.

    The reader sees it when another person has signed it.
    """
    if (text is None) == (path is None):
        raise click.UsageError("give the answer's text, or --file")
    if path is not None:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"the file cannot be read: {error}", where=str(path), todo="give a UTF-8 text file"
            ) from error
    inbox = _inbox(ctx)
    kept = inbox.answer(id_, text or "", by, inbox.today, _key(ctx))
    if bare := _bare(kept):
        click.echo(f"piamater: {len(bare)} sentences name no quote: {bare[0]}", err=True)
    waits = "; another person must sign it" if kept.state == "answered" else ""
    return _tell(kept, as_json, f"question {id_} is answered by {kept.answered_by}{waits}")


@command.command()
@number
@click.option("--by", required=True, metavar="PERSON", help="Who signs; the reader sees it.")
@click.option("--seen", default="", metavar="HASH", help="The hash of the answer you read.")
@as_json_option
@click.pass_context
def sign(ctx: click.Context, id_: int, by: str, seen: str, as_json: bool) -> int:
    """Sign another person's answer; from now on the reader sees it with the receipt code.

    Where people are registered, the signature is an entry of the review ledger. The entry holds a
    keyed digest, and none of the words.
    """
    inbox = _inbox(ctx)
    kept = inbox.sign(id_, by, inbox.today, seen, _key(ctx))
    where = f"; entry {kept.entry} of the ledger" if kept.entry else ""
    words = f"question {id_} is answered by {kept.answered_by}, signed by {kept.signed_by}{where}"
    return _tell(kept, as_json, words)


@command.command()
@as_json_option
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> int:
    """Prove every signed answer by the review ledger; exit 1 where one is not what was signed.

    With ``--json`` each comes with the salt and the words that its digest is over, so that anybody
    who is given them can reckon it anew and look it up in the published ledger.
    """
    from piamater.answers.signature import Proof, proof_form

    inbox = _inbox(ctx)
    found = [(one, inbox.proof(one)) for one in inbox.list("signed")]
    wrong = [one for one, proof in found if proof is Proof.UNPROVEN]
    if as_json:
        print_json(
            [
                {"question": one.id, "proof": str(proof)}
                | (proof_form(one) if proof is Proof.RECORDED else {})
                for one, proof in found
            ]
        )
        return 1 if wrong else 0
    for proof in Proof:
        count = sum(each is proof for _, each in found)
        if count:
            click.echo(f"{count} {proof}")
    for one in wrong:
        click.echo(f"question {one.id}: the ledger does not bear out its signature; not shown")
    if not found:
        click.echo("no signed answers")
    return 1 if wrong else 0


@command.command()
@number
@click.argument("guide", metavar="ID")
@click.option("--title", required=True, help="The question as anybody could ask it.")
@click.option("--description", default="", help="One plain sentence for lists; one is made.")
@as_json_option
@click.pass_context
def publish(
    ctx: click.Context, id_: int, guide: str, title: str, description: str, as_json: bool
) -> int:
    """Make the draft of a question guide from a signed answer; nothing of the question is in it.

    Sentences that name no quote, or tell who somebody is, are left out. Then it goes the way of
    every guide: lint, review, publish. Exit 1 where the linter finds something.
    """
    from piamater.answers.as_guide import make_guide, outline_of_question

    one = _inbox(ctx).get(id_)
    made = make_guide(open_library(ctx), guide, title, outline_of_question(one), description)
    return tell_draft(ctx, guide, made, as_json)


def tell_draft(ctx: click.Context, guide: str, made: GuideDraft, as_json: bool) -> int:
    """Tell of a guide's draft, with what the linter finds in it; exit code 1 where it does."""
    from dataclasses import asdict

    from piamater.guides import GuideFolder, library_texts

    library = open_library(ctx)
    found = GuideFolder(library.folder / "guides").lint(library_texts(library), [guide])
    if as_json:
        print_json(
            {
                "guide": guide,
                "file": made.path.relative_to(library.folder).as_posix(),
                "taken": made.taken,
                "left_out": made.left_out,
                "findings": [asdict(one) for one in found],
            }
        )
        return 1 if found else 0
    click.echo(f"{made.path}: sentences taken over: {made.taken}")
    for text in made.left_out:
        click.echo(f"left out: {text}")
    for each in found:
        click.echo(f"{each.name}:{each.line}: {each.severity} [{each.rule}] {each.message}")
    return 1 if found else 0


@command.command()
@number
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def delete(ctx: click.Context, id_: int, yes: bool) -> int:
    """Delete a question for good, with its draft and answer."""
    inbox = _inbox(ctx)
    inbox.get(id_)
    if not yes and not click.confirm(f"delete question {id_} for good?"):
        return 1
    inbox.delete(id_)
    click.echo(f"question {id_} is deleted")
    return 0
