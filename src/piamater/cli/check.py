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
    from piamater.checks.run import File
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
@click.option(
    "--output", type=click.Path(dir_okay=False), help="Write the report to a file; - is stdout."
)
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
    if options["write_baseline"] and not options["baseline"]:
        raise click.UsageError("--write-baseline needs --baseline FILE, the file to write", ctx)
    said = _said(options)
    library = _library(ctx)
    if options["watch"]:
        from piamater.checks.watch import watch

        watch(_watched(what, ctx), lambda: _once(what, form, said, library, options))
        return 0
    return _once(what, form, said, library, options)


def _watched(what: Sequence[str], ctx: click.Context) -> list[Path]:
    """The files and folders to look at again and again, and the settings files above them."""
    from piamater.checks.settings import settings_file

    paths = [Path(one) for one in what]
    for one, path in zip(what, paths, strict=True):
        if not path.exists():
            raise click.UsageError(f"{one} is no file or folder, and cannot be watched", ctx)
    found = (settings_file(path.resolve()) for path in paths)
    return [*paths, *(one for one in found if one is not None)]


def _once(
    what: Sequence[str],
    form: str,
    said: CheckSettings,
    library: Library | None,
    options: dict[str, object],
) -> int:
    failures: list[PiamaterError] = []
    results = _check(what, said, library, options, failures)
    if options["fix"]:
        results = _fixed(what, results, said, library, options, failures)
    known = 0
    if options["baseline"]:
        results, known = _baselined(Path(str(options["baseline"])), results, options)
    if results or not failures:
        _report(results, form, str(options["output"] or ""))
    if known:
        click.echo(f"{known} known findings are left out ({options['baseline']})", err=True)
    for each in results:
        for warning in each.page.warnings:
            click.echo(f"piamater: {each.page.place}: {warning}", err=True)
    for one in failures:
        click.echo(f"piamater: {one}", err=True)
    if failures:
        return 2
    found = any(each.severity != "info" for one in results for each in one.findings)
    return int(found and not options["exit_zero"])


def _check(
    what: Sequence[str],
    said: CheckSettings,
    library: Library | None,
    options: dict[str, object],
    failures: list[PiamaterError],
) -> list[Checked]:
    from piamater.checks import page_from_text
    from piamater.checks.bibliography import looking_up
    from piamater.checks.reach import reaching
    from piamater.checks.run import gather, run, seldom_collect
    from piamater.cli.progress import Progress

    seldom_collect()
    things: list[Page | File] = []
    for one in what:
        try:
            settings = _settings(one, said, isolated=bool(options["isolated"]))
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
            said,
            library,
            as_versions=bool(options["versions"]),
            jobs=jobs,
            progress=lambda _done, _all: progress.advance(1),
            failed=failures.append,
        )


def _said(options: dict[str, object]) -> CheckSettings:
    """What the command line itself says.

    Raises:
        InputError: there is no such rule, country or day.
    """
    from piamater.checks import CheckSettings
    from piamater.checks.settings import country, rule_codes

    said = CheckSettings(
        select=rule_codes(_codes(options["select"])),
        extend_select=rule_codes(_codes(options["extend_select"])),
        ignore=rule_codes(_codes(options["ignore"])),
        audience=str(options["audience"] or ""),
        country=country(options["country"]),
    )
    if options["on"]:
        try:
            said = replace(said, today=date.fromisoformat(str(options["on"])))
        except ValueError as error:
            raise InputError(f"{options['on']} is no day", todo="such as 2026-11-21") from error
    return said


def _settings(what: str, said: CheckSettings, *, isolated: bool) -> CheckSettings:
    """The settings of the nearest file above a thing, with what the command line says over them."""
    from piamater.checks.settings import find_settings

    if isolated:
        return said
    path = Path(what)
    found = find_settings(path.resolve() if path.exists() else Path.cwd())
    return replace(
        found,
        select=said.select or found.select,
        extend_select=(*found.extend_select, *said.extend_select),
        ignore=(*found.ignore, *said.ignore),
        audience=said.audience or found.audience,
        country=said.country or found.country,
        today=said.today,
    )


def _codes(written: object) -> list[str]:
    return [one for one in str(written).split(",") if one.strip()]


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

    output = "" if output == "-" else output
    if form == "text" and not output:
        from piamater.checks.report import text_report

        click.echo(text_report(results, colour=sys.stdout.isatty()).rstrip("\n"))
        return
    text = FORMATS[form](results)
    if output:
        from piamater.corpus.library import write_whole

        try:
            write_whole(Path(output), text.encode("utf-8", "replace"), mode=0o644)
        except OSError as error:
            raise InputError(
                f"the report cannot be written: {error.strerror}",
                where=output,
                todo="name a file in a folder that is there",
            ) from error
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
    said: CheckSettings,
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
    return _check(what, said, library, options, failures)


def _baselined(
    path: Path, results: list[Checked], options: dict[str, object]
) -> tuple[list[Checked], int]:
    """The results without what is known, after writing it down where that is asked for."""
    from piamater.checks.baseline import read_baseline, without_known, write_baseline

    if options["write_baseline"]:
        click.echo(f"{write_baseline(path, results)} findings written: {path}", err=True)
    return without_known(results, read_baseline(path))
