"""``piamater ask``: a question and its answer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_asker
from piamater.errors import QuestionError

if TYPE_CHECKING:
    from piamater.answers import Asker

EXAMPLES = """\b
Examples:
  piamater --library shelf ask "What causes leptomeningeal enhancement?"
  piamater --library shelf ask "¿Cómo se diagnostica la meningitis?" --json
  piamater --library shelf ask --batch questions.txt > answers.jsonl
"""


@click.command(epilog=EXAMPLES)
@click.argument("question", required=False)
@click.option(
    "--reader", type=click.Choice(["patient", "clinician"]), help="Whom the answer is for."
)
@click.option("--lang", type=click.Choice(["en", "bn", "es"]), help="The question's language.")
@click.option("--country", default="", metavar="CODE", help="The reader's country, such as BD.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8"),
    help="A file of questions, one a line (- for standard input); one JSON answer a line.",
)
@as_json_option
@click.pass_context
def command(
    ctx: click.Context,
    question: str | None,
    reader: str | None,
    lang: str | None,
    country: str,
    batch: TextIO | None,
    as_json: bool,
) -> int:
    """Answer QUESTION from the library, every sentence with its source.

    Exit code 1 means that nothing in the library answers it.
    """
    if (question is None) == (batch is None):
        raise click.UsageError("give one question, or --batch FILE")
    asker = open_asker(ctx)
    if batch is not None:
        return _batch(asker, batch, reader or "", lang or "", country)
    answer = asker.ask(question or "", reader or "", lang or "", country)
    if as_json:
        print_json(answer.to_json())
    else:
        from piamater.cli.render import render

        click.echo(render(answer, color=sys.stdout.isatty()))
    return 1 if answer.outcome == "not-in-library" else 0


def _batch(asker: Asker, lines: TextIO, reader: str, language: str, country: str) -> int:
    """One JSON answer a line; a question that cannot be taken gives a line with its error."""
    unanswered = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            answer = asker.ask(line, reader, language, country).to_json()
            unanswered += answer["outcome"] == "not-in-library"
        except QuestionError as error:
            answer = {"question": line.strip(), "error": str(error)}
            unanswered += 1
        click.echo(json.dumps(answer, ensure_ascii=False))
    return 1 if unanswered else 0
