"""``piamater questions``: what readers ask people."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import print_json
from piamater.cli.opened import open_asker, open_library
from piamater.errors import InputError

EXAMPLES = """\b
Examples:
  piamater --library shelf questions list
  piamater --library shelf questions draft 3
  piamater --library shelf questions answer 3 --file answer.txt --by "Dr R. Haque"
  piamater --library shelf questions delete 3
"""
LEVELS = {
    "patient": "patient",
    "caregiver": "patient",
    "clinician": "clinician",
    "student": "clinician",
}
"""The reader level of an answer for what a reader says of themselves."""

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="The machine form on standard output."
)
number = click.argument("id_", metavar="NUMBER", type=int)


@click.group(invoke_without_command=True, epilog=EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, draft, answer and delete the questions that readers sent to people."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


@command.command("list")
@click.option("--state", type=click.Choice(["new", "drafted", "answered"]), help="Only these.")
@as_json_option
@click.pass_context
def listing(ctx: click.Context, state: str | None = None, as_json: bool = False) -> int:
    """List the questions, those with danger signs first."""
    from piamater.answers.inbox import Inbox

    rows = Inbox(open_library(ctx).folder).list(state or "")
    if as_json:
        print_json([one.to_json() for one in rows])
        return 0
    for one in rows:
        mark = "URGENT " if one.urgent else ""
        text = " ".join(one.text.split())
        click.echo(f"{one.id}\t{one.received}\t{one.language}\t{one.state}\t{mark}{text[:90]}")
    if not rows:
        click.echo("no questions")
    return 0


@command.command()
@number
@as_json_option
@click.pass_context
def show(ctx: click.Context, id_: int, as_json: bool) -> int:
    """Show one question with its draft and answer."""
    from piamater.answers.inbox import Inbox

    one = Inbox(open_library(ctx).folder).get(id_)
    if as_json:
        print_json(one.to_json())
        return 0
    for key, value in one.to_json().items():
        if value not in ("", False):
            click.echo(f"{key:<12} {value}")
    return 0


@command.command()
@number
@as_json_option
@click.pass_context
def draft(ctx: click.Context, id_: int, as_json: bool) -> int:
    """Draft an answer from the library, with its citations; readers do not see it."""
    from piamater.answers.inbox import Inbox
    from piamater.answers.question import LONGEST
    from piamater.cli.render import render

    inbox = Inbox(open_library(ctx).folder)
    one = inbox.get(id_)
    if len(one.text) > LONGEST:
        click.echo(
            f"piamater: the draft answers the first {LONGEST:,} characters of the question",
            err=True,
        )
    level = LEVELS.get(one.reader, "")
    found = open_asker(ctx).ask(one.text[:LONGEST], level, one.language, one.country)
    text = render(found, color=False)
    kept = inbox.draft(id_, text)
    if as_json:
        print_json(kept.to_json())
    else:
        click.echo(text)
    return 0


@command.command()
@number
@click.argument("text", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="The answer, in UTF-8.")
@click.option("--by", required=True, metavar="NAME", help="Who answers; the reader sees it.")
@as_json_option
@click.pass_context
def answer(
    ctx: click.Context, id_: int, text: str | None, path: Path | None, by: str, as_json: bool
) -> int:
    """Answer a question; the reader sees it with the receipt code."""
    from piamater.answers.inbox import Inbox

    if (text is None) == (path is None):
        raise click.UsageError("give the answer's text, or --file")
    if path is not None:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"the file cannot be read: {error}", where=str(path), todo="give a UTF-8 text file"
            ) from error
    library = open_library(ctx)
    kept = Inbox(library.folder).answer(id_, text or "", by, library.today)
    if as_json:
        print_json(kept.to_json())
    else:
        click.echo(f"question {id_} is answered by {by}")
    return 0


@command.command()
@number
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def delete(ctx: click.Context, id_: int, yes: bool) -> int:
    """Delete a question for good, with its draft and answer."""
    from piamater.answers.inbox import Inbox

    inbox = Inbox(open_library(ctx).folder)
    inbox.get(id_)
    if not yes and not click.confirm(f"delete question {id_} for good?"):
        return 1
    inbox.delete(id_)
    click.echo(f"question {id_} is deleted")
    return 0
