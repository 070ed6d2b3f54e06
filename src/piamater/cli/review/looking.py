"""Looking: what waits for people, and where a guide stands."""

from __future__ import annotations

from typing import Any

import click

from piamater.cli.main import as_json_option, print_json
from piamater.cli.review.common import guide_argument, reviews_of
from piamater.errors import InputError

WAITS = {
    "overdue": "overdue",
    "moved": "evidence moved",
    "lapsed": "lapsed",
    "review": "to review",
    "submit": "to put forward",
    "due-soon": "due soon",
}
"""What each kind of waiting is called."""


@click.command("queue")
@as_json_option
@click.pass_context
def show_queue(ctx: click.Context, as_json: bool = False) -> int:
    """List what waits for people, the most pressing first; exit 1 where something does."""
    from dataclasses import asdict

    from piamater.guides.review import damaged, queue

    reviews = reviews_of(ctx)
    found = queue(reviews)
    broken = damaged(reviews)
    for error in broken.values():
        click.echo(f"an edition cannot be read, and nobody sees it: {error}", err=True)
    if as_json:
        print_json([asdict(one) for one in found])
        return 1 if found or broken else 0
    for one in found:
        state = "" if one.why == "submit" else one.state
        click.echo(f"{WAITS[one.why]}\t{one.guide}\t{one.language}\t{state}\tdue {one.due}")
        for reason in one.reasons if one.why in ("moved", "lapsed", "overdue") else ():
            detail = " ".join(x for x in (reason.source, reason.detail, reason.on) if x)
            click.echo(f"    {reason.kind} {detail}: {'; '.join(reason.blocks)}")
        for sentence in one.sentences:
            click.echo(f"    stands on it: {sentence}")
    click.echo(f"{len(found)} wait" if found else "nothing waits")
    return 1 if found or broken else 0


@click.command()
@guide_argument
@click.option("--lang", "language", default="", help="en, es or bn; by default the original's.")
@click.option("--draft", is_flag=True, help="The folder's text, not the published edition.")
@as_json_option
@click.pass_context
def show(ctx: click.Context, guide: str, language: str, draft: bool, as_json: bool) -> int:
    """Show where a guide stands, and each statement over its quotes."""
    from piamater.guides import statements

    reviews = reviews_of(ctx)
    edition = reviews.draft(guide) if draft else reviews.editions.latest(guide)
    text = edition.versions.get(language or edition.original.language)
    if text is None:
        raise InputError(
            f"the guide has no {language} version",
            where=guide,
            todo=f"languages: {', '.join(edition.versions)}",
        )
    review = reviews.of(edition, text.language)
    form: dict[str, Any] = {
        "guide": guide,
        "language": text.language,
        "hash": edition.hash,
        "state": review.state,
        "by": review.by,
        "on": review.on,
        "next_due": review.next_due,
        "reasons": [
            {"kind": r.kind, "blocks": r.blocks, "source": r.source, "detail": r.detail, "on": r.on}
            for r in review.reasons
        ],
        "statements": [
            {
                "block": block.id,
                "view": str(part.audience),
                "text": one.text,
                "quotes": [
                    {"source": edition.evidence[x].source, "quote": edition.evidence[x].quote}
                    for x in one.labels
                    if x in edition.evidence
                ],
            }
            for block in text.blocks
            for part in block.parts
            for one in statements(part, text.language)
        ],
    }
    if as_json:
        print_json(form)
        return 0
    click.echo(f"{text.title} ({text.language})\n{form['hash']}\n{review.state}")
    for reason in form["reasons"]:
        detail = " ".join(x for x in (reason["source"], reason["detail"], reason["on"]) if x)
        click.echo(f"  {reason['kind']} {detail}: {'; '.join(reason['blocks'])}")
    for one in form["statements"]:
        click.echo(f"\n[{one['block']}, {one['view']}] {one['text']}")
        for quote in one["quotes"]:
            click.echo(f"    {quote['source']}: “{quote['quote']}”")
    return 0


@click.command()
@click.option("--guide", default="", help="Only entries about this guide.")
@click.option("--raw", is_flag=True, help="The ledger's own lines, as they are signed.")
@as_json_option
@click.pass_context
def ledger(ctx: click.Context, guide: str, raw: bool, as_json: bool) -> int:
    """Print the ledger: who did what, and when."""
    from piamater.guides.review import as_told

    reviews = reviews_of(ctx)
    entries = [one for one in reviews.ledger.entries() if not guide or one.guide == guide]
    if raw:
        for one in entries:
            click.echo(one.line.decode("utf-8"))
        return 0
    told = [as_told(one, reviews.book.people) for one in entries]
    if as_json:
        print_json(told)
        return 0
    for row in told:
        about = row.get("guide") or row.get("name") or row.get("library") or ""
        click.echo(f"{row['number']}\t{row['at']}\t{row['act']}\t{about}\t{row['by']}")
    if not told:
        click.echo("no entries")
    return 0
