"""The command ``piamater``: its options, its subcommands by name, its exit codes.

0 done, 1 done with findings or no answer, 2 wrong use or failure with the reason on standard
error. Subcommands are imported when they are called, so that ``--help`` stays fast.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

import click

from piamater import __version__
from piamater.errors import PiamaterError

COMMANDS = {
    "demo": ("demo", "Make the starter library and ask it a question."),
    "init": ("library", "Make a library."),
    "add": ("add", "Take in files, folders or archives."),
    "sources": ("sources", "List sources; show, print or withdraw one."),
    "ask": ("ask", "Ask the library a question."),
    "guides": ("guides", "List, check, translate and publish guides."),
    "review": ("review", "Sign guides, show what waits, prove the ledger of reviews."),
    "watch": ("watch", "Show what is new in the literature for each guide; decide on it."),
    "check": ("check", "Check pages about health: evidence, safety, language, numbers."),
    "serve": ("serve", "Open the library as a web site for readers."),
    "desk": ("desk", "Open the desk where editors write and reviewers sign."),
    "questions": ("questions", "Readers' questions to people: answer, sign, publish, delete."),
    "digest": ("digest", "Tell what waits for the staff: on the screen, by mail, as a feed."),
    "export": ("export", "Give the library out: quality evidence for assessors."),
    "vocabulary": ("vocabulary", "Show or import vocabularies."),
    "backup": ("backup", "Copy the library into one file, while it runs."),
    "restore": ("restore", "Get a library back from its copy."),
    "doctor": ("doctor", "Check that the library is whole; mend what can be rebuilt."),
    "eval": ("evaluate", "Measure the ranking on a test collection."),
}
"""Subcommands by name: the module of this room they are in, and their one-line help."""

LATER = {
    "differential": "findings to their possible causes",
}
"""Commands of the contract that this release does not have, and what they belong to."""


class Commands(click.Group):
    """The subcommands, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A subcommand by name; one that comes later says so."""
        if name in LATER:
            raise PiamaterError(
                f"not in this release ({LATER[name]})",
                where=name,
                todo="it comes with a later one; piamater --help lists what works now",
            )
        if name not in COMMANDS:
            return None
        module = import_module(f"piamater.cli.{COMMANDS[name][0]}")
        command: click.Command = module.command if name != "init" else module.init
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in ``--help``, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the known names where one is unknown."""
        if args and args[0] not in COMMANDS and args[0] not in LATER and args[0][:1] != "-":
            raise click.UsageError(
                f"no such command: {args[0]} (known: {', '.join(COMMANDS)})", ctx
            )
        return super().resolve_command(ctx, args)


EXAMPLES = """\b
Examples:
  piamater demo
  piamater init my-library
  piamater --library my-library add guidelines/ papers.tar.gz
  piamater --library my-library ask "How is neurosarcoidosis treated?"
"""


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--library",
    "-l",
    metavar="DIR",
    envvar="PIAMATER_LIBRARY",
    help="The library to work on; PIAMATER_LIBRARY names one too.",
)
@click.version_option(__version__, message="piamater %(version)s")
@click.pass_context
def cli(ctx: click.Context, library: str | None) -> None:
    """A self-hosted medical library that can show its evidence."""
    ctx.obj = library


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit code, with any failure told on standard error."""
    try:
        outcome = cli.main(arguments, prog_name="piamater", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _tell("interrupted; what was done so far is kept")
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except PiamaterError as error:
        _tell(str(error))
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _tell("interrupted; what was done so far is kept")
        return 130
    except (OSError, MemoryError) as error:
        _tell(f"{type(error).__name__}: {error}")
        return 2
    return outcome if isinstance(outcome, int) else 0


def _tell(reason: str) -> None:
    click.echo(f"piamater: {reason}", err=True)


as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="The machine form on standard output."
)
"""The option of every command that has a machine form."""


def print_json(value: object) -> None:
    """The machine form, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
