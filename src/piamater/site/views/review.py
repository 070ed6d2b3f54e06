"""The record of reviews: what readers see of it, and the files that prove it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from piamater.guides.review import Book, Entry
from piamater.site.respond import make_body, send
from piamater.site.state import site

FILES = {
    "ledger.jsonl": "application/x-ndjson",
    "head.json": "application/json",
    "key.pub": "application/x-pem-file",
}
"""What anyone may download to verify the ledger, with its content type."""

TOLD = ("submit", "start", "approve", "approve-with-changes", "reject", "withdraw", "checked")
"""The acts that a guide's history shows; publications and notes have their own places."""


@require_safe
def record_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the ledger, as it is."""
    path = site().folder / "review" / name
    if name not in FILES or not path.is_file():
        raise Http404(name)
    response = send(request, make_body(path.read_bytes()), FILES[name])
    response["Cache-Control"] = "no-cache"
    return response


def record_of(book: Book, guide: str) -> list[dict[str, Any]]:
    """The entries about a guide that readers are told, newest first."""
    return [
        _row(book, one) for one in reversed(book.entries) if one.guide == guide and one.act in TOLD
    ]


def _row(book: Book, entry: Entry) -> dict[str, Any]:
    person = book.people.get(entry.by)
    body = entry.body
    put = {one.number for one in book.guide(entry.guide).submits}
    recalled = entry.act == "withdraw" and put.issuperset(body.get("entries", ()))
    return {
        "number": entry.number,
        "act": "withdraw-submit" if recalled else entry.act,
        "day": entry.day,
        "by": person.shown if person else entry.by,
        "checked": body.get("checked", ""),
        "interests": body.get("interests", ""),
        "note": body.get("note", "") or body.get("reason", ""),
        "languages": sorted(body.get("cells", {})),
        "next_review": body.get("next_review", ""),
        "hash": body.get("hash", ""),
        "entries": body.get("entries", []),
    }
