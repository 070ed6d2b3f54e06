"""``piamater watch``: what is new in the literature for each guide, and what people say of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.opened import open_library, open_vocabulary
from piamater.errors import InputError

if TYPE_CHECKING:
    from piamater.corpus import Library
    from piamater.watch import Candidate, Moved, Since

SHOWN = 10
"""Documents of a guide that are shown unless all are asked for."""
LONGEST = 300
"""Letters of a quote that are shown; --json has all of it."""

EXAMPLES = """\b
Examples:
  piamater --library shelf watch
  piamater --library shelf watch seizure --all
  piamater --library shelf watch --decide seizure --by r-haque --up-to 412 \\
      --verdict pmid:12345=supports --rest no-change --note "two case series"
"""


@click.command(epilog=EXAMPLES)
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option("--all", "everything", is_flag=True, help="Every document, and guides without any.")
@click.option(
    "--since", default="", metavar="WHEN", help="Look from this number or day (2026-11-21) on."
)
@click.option(
    "--up-to", type=int, default=None, metavar="NUMBER", help="Look no further than this number."
)
@click.option("--decide", "decided", default="", metavar="GUIDE", help="Record what you found.")
@click.option("--by", default="", metavar="PERSON", help="The registered person who decides.")
@click.option(
    "--verdict", "verdicts", multiple=True, metavar="SOURCE=VERDICT",
    help="no-change, supports, contradicts or new, of one document; several.",
)  # fmt: skip
@click.option("--rest", default="", metavar="VERDICT", help="The verdict of all other documents.")
@click.option("--note", default="", help="A word on the decision.")
@as_json_option
@click.pass_context
def command(
    ctx: click.Context,
    guides: tuple[str, ...],
    everything: bool,
    since: str,
    up_to: int | None,
    decided: str,
    by: str,
    verdicts: tuple[str, ...],
    rest: str,
    note: str,
    as_json: bool,
) -> int:
    """Show documents that came in or changed since somebody last looked, by guide.

    Exit 1 where there are some. With --decide a person records a verdict on each; readers are
    told of it, and only what comes in later is new then.
    """
    library = open_library(ctx)
    if decided:
        if guides or since or not by:
            raise InputError(
                "--decide goes with --by, and without other guides and --since",
                where="piamater watch",
                todo="piamater watch --decide GUIDE --by PERSON --rest no-change",
            )
        return _decide(library, decided, by, _verdicts(verdicts), rest, note, up_to, as_json)
    if by or verdicts or rest or note:
        raise InputError(
            "--by, --verdict, --rest and --note go with --decide", where="piamater watch"
        )
    found = _look(library, guides, _since(library, since), up_to)
    waiting = [one for one in found if one.candidates]
    if as_json:
        print_json([_form(one) for one in (found if everything else waiting)])
    else:
        _show(found if everything else waiting, everything)
        _sum_up(found, waiting)
    return 1 if waiting else 0


def _look(
    library: Library, guides: tuple[str, ...], since: Since | None, up_to: int | None
) -> list[Moved]:
    from piamater.cli.progress import Progress
    from piamater.watch import watch

    with Progress("looking", "documents") as progress:
        return watch(library, open_vocabulary(library), guides, since, up_to, progress.advance)


def _since(library: Library, text: str) -> Since | None:
    from piamater.watch import since_asked

    if not text:
        return None
    try:
        return since_asked(text, library.corpus)
    except ValueError as error:
        raise InputError(
            f"{text!r} is neither a number nor a day",
            where="--since",
            todo="write a number of the corpus, or a day as 2026-11-21",
        ) from error


def _verdicts(given: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        source, sign, verdict = one.rpartition("=")
        if not (source and sign and verdict):
            raise InputError("--verdict wants SOURCE=VERDICT", where=one)
        if source in found:
            raise InputError("two verdicts on one document", where=source)
        found[source] = verdict
    return found


def _decide(
    library: Library,
    guide: str,
    by: str,
    verdicts: dict[str, str],
    rest: str,
    note: str,
    up_to: int | None,
    as_json: bool,
) -> int:
    from piamater.cli.review import open_key
    from piamater.guides import Reviews
    from piamater.watch import decide

    reviews = Reviews(library)
    if not reviews.ledger.exists:
        raise InputError(
            "this library has no review ledger to record it in",
            where=str(reviews.ledger.path),
            todo="piamater review init begins one; piamater review person registers people",
        )
    [moved] = _look(library, (guide,), None, up_to)
    key = open_key(reviews.ledger.folder)
    with reviews.writing():
        entry = decide(reviews, key, moved, by, verdicts, rest, note)
    if as_json:
        print_json(
            {"entry": entry.number, "act": entry.act, "hash": entry.hash, "body": entry.body}
        )
    else:
        click.echo(
            f"entry {entry.number}: {guide} was checked up to number {moved.up_to},"
            f" {len(moved.candidates)} documents"
        )
    return 0


def _form(one: Moved) -> dict[str, Any]:
    return {
        "guide": one.guide,
        "title": one.title,
        "edition": one.edition,
        "since": {
            "number": one.since.number,
            "why": one.since.why,
            "on": one.since.on,
            "by": one.since.by,
        },
        "up_to": one.up_to,
        "looked_at": one.looked_at,
        "candidates": [each.to_json() for each in one.candidates],
    }


def _show(found: list[Moved], everything: bool) -> None:
    for one in found:
        since = " ".join(x for x in (one.since.why, one.since.on, one.since.by) if x)
        click.echo(
            f"{one.guide}\t{len(one.candidates)} to decide"
            f"\tsince {one.since.number} ({since})\t{one.looked_at} looked at"
        )
        shown = one.candidates if everything else one.candidates[:SHOWN]
        for each in shown:
            _show_one(each)
        if left := len(one.candidates) - len(shown):
            click.echo(f"  and {left} more: piamater watch {one.guide} --all")


def _show_one(one: Candidate) -> None:
    whys = "; ".join(" ".join(x for x in (why.kind, why.about, why.on) if x) for why in one.why)
    about = ", ".join(x for x in (one.kind, one.published, one.standing) if x)
    click.echo(f"  {one.source}\t{_short(one.title)} ({about})")
    click.echo(f"    why: {whys}, score {one.score:.2f}")
    if one.passage:
        place = f"{one.passage.version[:12]} {one.passage.start}-{one.passage.end}"
        click.echo(f"    says: “{_short(one.passage.quote)}” ({place})")
    for sentence in one.sentences[:1]:
        click.echo(f"    guide: {sentence.text} [{sentence.block}, {sentence.language}]")
    click.echo(f"    proposed: {one.verdict}: {one.reason}")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _sum_up(found: list[Moved], waiting: list[Moved]) -> None:
    if not waiting:
        click.echo("nothing is new" if found else "no guide is published")
        return
    count = sum(len(one.candidates) for one in waiting)
    click.echo(f"{count} documents wait for {len(waiting)} guides, up to number {found[0].up_to}")
    click.echo(
        "record what you found: piamater watch --decide GUIDE --by PERSON"
        f" --up-to {found[0].up_to} --rest no-change"
    )
