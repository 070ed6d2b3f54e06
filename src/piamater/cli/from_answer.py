"""``piamater guides from-answer``: a kept answer as the draft of a question guide."""

from __future__ import annotations

import click

from piamater.cli.main import as_json_option
from piamater.cli.opened import open_library
from piamater.cli.questions import tell_draft


@click.command("from-answer")
@click.argument("kept", metavar="KEPT")
@click.argument("id_", metavar="ID")
@click.option("--title", required=True, help="The question as anybody could ask it.")
@click.option("--description", default="", help="One plain sentence for lists; one is made.")
@click.option("--by", default="", metavar="NAME", help="The guide's author; else the library.")
@as_json_option
@click.pass_context
def command(
    ctx: click.Context, kept: str, id_: str, title: str, description: str, by: str, as_json: bool
) -> int:
    """Make the draft of a question guide from an answer that a reader kept.

    KEPT is the end of the kept answer's address. The reader's own words are not taken over. Exit
    1 where the linter finds something.
    """
    from piamater.answers.as_guide import make_guide, outline_of_answer
    from piamater.site.saved import SavedAnswers

    library = open_library(ctx)
    form = SavedAnswers(library.folder).read(kept)["answer"]
    made = make_guide(library, id_, title, outline_of_answer(form, [by] if by else []), description)
    return tell_draft(ctx, id_, made, as_json)
