"""``piamater add``: take in files, folders and archives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library, open_vocabulary, update_index
from piamater.cli.progress import Progress

if TYPE_CHECKING:
    from piamater.corpus import AddReport

SHOWN = 20
"""How many refusals and warnings are shown; ``--json`` gives all."""

KINDS = (
    "guideline",
    "systematic-review",
    "trial",
    "cohort",
    "case-report",
    "narrative-review",
    "patient-information",
    "drug-label",
    "reference",
    "answer-page",
)

EXAMPLES = """\b
Examples:
  piamater --library shelf add leaflet.html guideline.pdf
  piamater --library shelf add articles/ pubmed.tar.gz
  piamater --library shelf add protocol.docx --kind guideline
"""


@click.command(epilog=EXAMPLES)
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@click.option("--kind", type=click.Choice(KINDS), help="The kind of all these sources.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Reader processes; one a core by default.")
@as_json_option
@click.pass_context
def command(
    ctx: click.Context, what: tuple[str, ...], kind: str | None, jobs: int | None, as_json: bool
) -> int:
    """Take in WHAT: files, folders, or .zip and .tar archives of them.

    What the library has already is skipped, so an add that was interrupted is simply run again.
    A file that cannot be read is refused with the reason; the rest goes on.
    """
    from piamater.corpus import add
    from piamater.search import TantivyIndex
    from piamater.sources import Kind

    library = open_library(ctx)
    with library.writing():
        with Progress("reading", "files", _count(what)) as progress:
            report = add(
                library,
                what,
                Kind(kind) if kind else None,
                progress.advance,
                jobs or os.cpu_count() or 1,
            )
        vocabulary = open_vocabulary(library)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        update_index(library, index, vocabulary)
        index.close()
    if as_json:
        print_json(_machine(report))
    else:
        _tell(report)
    return 1 if report.refused else 0


def _count(what: tuple[str, ...]) -> int:
    """How many files there are, where no archive hides the number; else 0."""
    total = 0
    for one in map(Path, what):
        if one.is_dir():
            total += sum(len(files) for _, _, files in os.walk(one))
        elif one.suffix.lower() in (".zip", ".gz", ".xz", ".bz2", ".tar", ".tgz"):
            return 0
        else:
            total += 1
    return total


def _machine(report: AddReport) -> dict[str, object]:
    return {
        "added": report.added,
        "new_version": report.new_version,
        "record_updated": report.record_updated,
        "unchanged": report.unchanged,
        "passages": report.passages,
        "refused": [{"name": one.name, "reason": one.reason} for one in report.refused],
        "warnings": report.warnings,
    }


def _tell(report: AddReport) -> None:
    counted = [
        (report.added, "added"),
        (report.new_version, "new version"),
        (report.record_updated, "record updated"),
        (report.unchanged, "unchanged"),
        (len(report.refused), "refused"),
    ]
    click.echo(", ".join(f"{number:,} {what}" for number, what in counted if number) or "nothing")
    for warning in report.warnings[:SHOWN]:
        click.echo(f"  note: {warning}")
    for one in report.refused[:SHOWN]:
        click.echo(f"  refused {one.name}: {one.reason}")
    hidden = max(len(report.refused) - SHOWN, 0) + max(len(report.warnings) - SHOWN, 0)
    if hidden:
        click.echo(f"  … and {hidden:,} more; --json lists them all")
