"""The sources: their list, a source's record and text, and a passage highlighted in its place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from piamater.corpus import StoredVersion
from piamater.errors import UnknownNameError
from piamater.site.references import reference
from piamater.site.respond import kept_page, page
from piamater.site.state import site

AROUND = 1500
"""Characters of the source shown before and after a passage."""

PER_PAGE = 100
SHOWN = 200_000
"""Characters of a source's text shown on one page."""


@require_safe
def listing(request: HttpRequest, lang: str) -> HttpResponse:
    """All sources, a hundred a page."""
    number = request.GET.get("page", "1")
    pages = max(1, -(-site().library.corpus.source_count() // PER_PAGE))
    if not (number.isascii() and number.isdecimal() and 0 < int(number[:9]) <= pages):
        raise Http404(f"there are {pages} pages of sources")
    start = int(number[:9]) - 1

    def context() -> dict[str, Any]:
        library = site().library
        rows = [
            {"version": one, "judged": library.judge(one)}
            for one in library.corpus.sources(start * PER_PAGE, PER_PAGE + 1)
        ]
        return {
            "rows": rows[:PER_PAGE],
            "total": library.corpus.source_count(),
            "first": start * PER_PAGE + 1,
            "previous": start,
            "next": start + 2 if len(rows) > PER_PAGE else 0,
        }

    return kept_page(request, ("sources", start), "sources.html", context)


def find(source: str, version: str = "") -> StoredVersion:
    """A version of a source.

    Raises:
        Http404: the library does not hold it.
    """
    try:
        return site().library.corpus.version(source, version)
    except UnknownNameError as error:
        raise Http404(source) from error


@require_safe
def source(request: HttpRequest, lang: str, source: str, version: str = "") -> HttpResponse:
    """A source: what is known of it, its standing today, its text, what cites it."""
    stored = find(source, version)
    text = site().library.corpus.text(source, stored.version)
    return page(
        request,
        "source.html",
        {
            "reference": reference(site().library, 0, source, stored.version),
            "web": web_address(stored.record.url),
            "stored": stored,
            "text": text[:SHOWN],
            "cut": len(text) > SHOWN,
            "versions": site().library.corpus.versions(source),
            "guides": cited_by(source, lang),
        },
    )


def web_address(address: str) -> str:
    """The address where a source was published, if it is one that a page may link to."""
    return address if address.startswith(("https://", "http://")) else ""


def cited_by(source: str, language: str) -> list[Any]:
    """The guides that cite a source."""
    shelf = site().shelf
    return [
        shelf.guide(one.guide, language)
        for one in shelf.editions
        if any(each.source == source for each in one.evidence.values())
    ]


@require_safe
def passage(
    request: HttpRequest, lang: str, source: str, version: str, start: int, end: int
) -> HttpResponse:
    """A passage highlighted in its place in the source; ``?panel`` gives it without the page."""
    stored = find(source, version)
    text = site().library.corpus.text(source, stored.version)
    if not start < end <= len(text):
        raise Http404("no such passage")
    first = text.rfind("\n", 0, max(0, start - AROUND)) + 1 if start > AROUND else 0
    last = text.find("\n", min(len(text), end + AROUND))
    last = len(text) if last < 0 else last
    path = next(
        (
            one.path
            for one in reversed(site().library.corpus.sections(stored.number))
            if one.start <= start < one.end
        ),
        (),
    )
    context = {
        "reference": reference(site().library, 0, source, stored.version),
        "web": web_address(stored.record.url),
        "stored": stored,
        "path_here": request.path,
        "path": path,
        "before": text[first:start],
        "passage": text[start:end],
        "after": text[end:last],
        "start": start,
        "end": end,
        "more_before": first > 0,
        "more_after": last < len(text),
    }
    return page(
        request, "passage_panel.html" if "panel" in request.GET else "passage.html", context
    )
