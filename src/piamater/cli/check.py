"""piamater check: what is wrong with a page as information about health."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.errors import InputError, PiamaterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piamater.checks import Checked, CheckSettings, Page
    from piamater.checks.bibliography import Lookup
    from piamater.corpus import Library
    from piamater.sources import Original

FORMATS = ("text", "json", "sarif", "html", "junit", "github")
EXAMPLES = """\b
Examples:
  piamater check page.html
  piamater check --select SF,EV --country GB leaflets/
  piamater check --format html --output report.html https://example.org/page
  piamater check --versions leaflet.en.html leaflet.es.html
  piamater check --explain EV001
  piamater --library shelf check guide:lumbar-puncture
"""


@click.command(epilog=EXAMPLES)
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False), help="Write the report to a file.")
@click.option("--select", default="", metavar="RULES", help="Only these: EV,PL001 or ALL.")
@click.option("--extend-select", default="", metavar="RULES", help="These too.")
@click.option("--ignore", default="", metavar="RULES", help="Not these.")
@click.option("--audience", type=click.Choice(["patient", "clinician"]), help="Who reads it.")
@click.option("--country", default="", metavar="XX", help="The readers' country (ISO 3166-1).")
@click.option("--on", metavar="DAY", help="The day of the check, such as 2026-11-21; today.")
@click.option(
    "--versions", is_flag=True, help="All that is given is one work in several languages."
)
@click.option(
    "--bibliography",
    type=click.Path(exists=True, dir_okay=False),
    help="What references are checked against: CSL-JSON, RIS or BibTeX.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Look references up at PubMed and Crossref, and ask whether links are dead.",
)
@click.option("--baseline", type=click.Path(dir_okay=False), help="Leave known findings out.")
@click.option("--write-baseline", is_flag=True, help="Write today's findings to --baseline.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what is said.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever is found.")
@click.option("--jobs", default=0, metavar="N", help="Processes; as many as there are processors.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("--list-rules", is_flag=True, help="The rules, one a line.")
@click.option("--explain", metavar="RULE", help="One rule: what, why, a bad and a good example.")
@click.option("--lsp", is_flag=True, help="Serve an editor (Language Server Protocol) on stdio.")
@click.pass_context
def command(ctx: click.Context, /, what: tuple[str, ...], form: str, **options: object) -> int:
    """Check pages about health: files, folders, addresses, guide:ID, answer:ID; - reads stdin.

    Ends with 1 when there are findings of severity error or warning.
    """
    if options["list_rules"] or options["explain"]:
        return _rules(str(options["explain"] or ""), form)
    if options["lsp"]:
        from piamater.checks.server import serve

        return serve()
    if not what:
        raise click.UsageError("name what to check: a file, a folder, an address, guide:ID", ctx)
    settings = _settings(what, options)
    library = _library(ctx)
    if options["watch"]:
        from piamater.checks.watch import watch

        paths = [Path(one) for one in what]
        watch(paths, lambda: _once(what, form, settings, library, options))
        return 0
    return _once(what, form, settings, library, options)


def _once(
    what: Sequence[str],
    form: str,
    settings: CheckSettings,
    library: Library | None,
    options: dict[str, object],
) -> int:
    failures: list[PiamaterError] = []
    results = _check(what, settings, library, options, failures)
    if options["fix"]:
        results = _fixed(what, results, settings, library, options, failures)
    known = 0
    if options["baseline"]:
        results, known = _baselined(Path(str(options["baseline"])), results, options)
    if results or not failures:
        _report(results, form, str(options["output"] or ""))
    if known:
        click.echo(f"{known} known findings are left out ({options['baseline']})", err=True)
    for one in failures:
        click.echo(f"piamater: {one}", err=True)
    if failures:
        return 2
    found = any(each.severity != "info" for one in results for each in one.findings)
    return int(found and not options["exit_zero"])


def _check(
    what: Sequence[str],
    settings: CheckSettings,
    library: Library | None,
    options: dict[str, object],
    failures: list[PiamaterError],
) -> list[Checked]:
    from piamater.checks import page_from_text
    from piamater.checks.bibliography import looking_up
    from piamater.checks.reach import reaching
    from piamater.checks.run import gather, run
    from piamater.cli.progress import Progress

    things: list[Page | Path] = []
    for one in what:
        try:
            if one == "-":
                text = sys.stdin.read()
                name = "stdin.html" if text.lstrip()[:1] == "<" else "stdin.md"
                things.append(page_from_text(text, name, settings))
            else:
                things += gather([one], settings, library, _fetch)
        except PiamaterError as error:
            failures.append(error)
    lookups = list(_lookups(options))
    jobs = 1 if lookups else int(str(options["jobs"])) or os.cpu_count() or 1
    with (
        looking_up(*lookups),
        reaching(asks=bool(options["online"])),
        Progress("checking", "pages", len(things)) as progress,
    ):
        return run(
            things,
            settings,
            library,
            as_versions=bool(options["versions"]),
            jobs=jobs,
            progress=lambda _done, _all: progress.advance(1),
            failed=failures.append,
        )


def _settings(what: Sequence[str], options: dict[str, object]) -> CheckSettings:
    """The settings of the nearest file, with what the command line says over them."""
    from piamater.checks import CheckSettings
    from piamater.checks.registry import rules
    from piamater.checks.settings import find_settings

    first = Path(what[0])
    near = first.resolve() if first.exists() else Path.cwd()
    settings = CheckSettings() if options["isolated"] else find_settings(near)
    codes = {key: _codes(str(options[key])) for key in ("select", "extend_select", "ignore")}
    for one in (each for some in codes.values() for each in some):
        if one != "ALL" and not any(id_.startswith(one) for id_ in rules()):
            raise InputError(
                f"there is no rule {one}", todo="piamater check --list-rules lists them"
            )
    settings = replace(
        settings,
        select=codes["select"] or settings.select,
        extend_select=(*settings.extend_select, *codes["extend_select"]),
        ignore=(*settings.ignore, *codes["ignore"]),
        audience=str(options["audience"] or settings.audience),
        country=str(options["country"] or settings.country).upper(),
    )
    if options["on"]:
        try:
            settings = replace(settings, today=date.fromisoformat(str(options["on"])))
        except ValueError as error:
            raise InputError(f"{options['on']} is no day", todo="such as 2026-11-21") from error
    return settings


def _codes(written: str) -> tuple[str, ...]:
    return tuple(one.strip().upper() for one in written.split(",") if one.strip())


def _library(ctx: click.Context) -> Library | None:
    from piamater.cli.opened import open_library

    return open_library(ctx) if ctx.obj else None


def _rules(name: str, form: str) -> int:
    from piamater.checks import rule_named, rules

    if not name:
        for one in rules().values():
            off = "" if one.default else " (off by default)"
            click.echo(f"{one.id}\t{one.severity}\t{one.name}\t{one.summary}{off}")
        return 0
    from piamater.checks.documentation import rule_page

    click.echo(rule_page(rule_named(name)))
    return 0


def _report(results: list[Checked], form: str, output: str) -> None:
    from piamater.checks.report import FORMATS

    if form == "text" and not output:
        from piamater.checks.report import text_report

        click.echo(text_report(results, colour=sys.stdout.isatty()).rstrip("\n"))
        return
    text = FORMATS[form](results)
    if output:
        from piamater.corpus.library import write_whole

        write_whole(Path(output), text.encode("utf-8", "replace"), mode=0o644)
        click.echo(f"written: {output}", err=True)
    else:
        click.echo(text.rstrip("\n"))


def _fetch(address: str) -> Original:
    from piamater.checks.fetch import fetch

    return fetch(address)


def _lookups(options: dict[str, object]) -> Iterator[Lookup]:
    """What references are held against: a supplied bibliography, then the services."""
    if options["bibliography"]:
        from piamater.checks.bibliography import read_bibliography

        yield read_bibliography(Path(str(options["bibliography"])))
    if options["online"]:
        from piamater.checks.lookup import online

        yield online()


def _fixed(
    what: Sequence[str],
    results: list[Checked],
    settings: CheckSettings,
    library: Library | None,
    options: dict[str, object],
    failures: list[PiamaterError],
) -> list[Checked]:
    """The results after mending what can be mended in the files."""
    from piamater.checks.fixing import fix_file

    done = 0
    for one in results:
        path = Path(one.page.path)
        if one.page.path and path.is_file():
            done += fix_file(path, one)
    click.echo(f"{done} mended", err=True)
    if not done:
        return results
    failures.clear()
    return _check(what, settings, library, options, failures)


def _baselined(
    path: Path, results: list[Checked], options: dict[str, object]
) -> tuple[list[Checked], int]:
    """The results without what is known, after writing it down where that is asked for."""
    from piamater.checks.baseline import read_baseline, without_known, write_baseline

    if options["write_baseline"]:
        click.echo(f"{write_baseline(path, results)} findings written: {path}", err=True)
    return without_known(results, read_baseline(path))
