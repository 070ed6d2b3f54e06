"""``piamater eval``: measure the product on test collections."""

from __future__ import annotations

from pathlib import Path

import click

from piamater.cli.main import as_json_option, print_json
from piamater.errors import UnknownNameError

SUITES = ("retrieval",)

EXAMPLES = """\b
Example:
  piamater eval retrieval scifact/        (corpus.jsonl, queries.jsonl, qrels/*.tsv)
"""


@click.command(epilog=EXAMPLES)
@click.argument("suite")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--split", default="", help="One file of qrels/ by name; all of them by default.")
@as_json_option
@click.pass_context
def command(ctx: click.Context, suite: str, folder: Path, split: str, as_json: bool) -> int:
    """Run SUITE (retrieval) over the collection in DIR, beside plain BM25.

    Ranks with the shipped vocabulary, and with the imported ones of --library where one is named.
    """
    from piamater.corpus import Library
    from piamater.search.evaluate import load_beir, measure, runs
    from piamater.vocabulary import Vocabulary

    if suite not in SUITES:
        raise UnknownNameError(f"no suite is called {suite!r}", todo=f"known: {', '.join(SUITES)}")
    collection = load_beir(folder, split)
    extra = Library(Path(ctx.obj)).vocabulary_folder if ctx.obj else None
    found = runs(collection, Vocabulary.load(extra))
    figures = {name: measure(collection, run) for name, run in found.items()}
    if as_json:
        print_json({"queries": len(collection.queries), "documents": len(collection.documents),
                    "figures": figures})  # fmt: skip
        return 0
    click.echo(f"{len(collection.queries):,} queries, {len(collection.documents):,} documents")
    names = list(next(iter(figures.values())))
    click.echo(f"{'':<12}" + "".join(f"{name:>10}" for name in names))
    for system, values in figures.items():
        click.echo(f"{system:<12}" + "".join(f"{values[name]:>10.4f}" for name in names))
    return 0
