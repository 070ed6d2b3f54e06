"""A guide's pages: reading, visit helper, hand-out, history, earlier editions, citing."""

from __future__ import annotations

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from piamater.errors import LibraryError
from piamater.guides import Edition, Guide, differences
from piamater.site.counts import Counts
from piamater.site.guide_page import VISIT, GuidePage
from piamater.site.preferences import origin
from piamater.site.respond import download, kept_page, make_body, page, prefs_of, send
from piamater.site.state import site
from piamater.site.views.review import record_of

COUNT_SHOWN_EVERY = 600
"""Seconds that a shown view count may lag behind."""

_BOTS = ("bot", "crawl", "spider", "monitor")


def find(id_: str, language: str, number: int = 0) -> tuple[Edition, Guide]:
    """An edition of a guide and its text in a language, its original's where it has none.

    Raises:
        Http404: there is no such guide or edition.
        LibraryError: its file is not what was published.
    """
    edition = site().shelf.by_id.get(id_)
    if id_ in site().shelf.damaged:
        raise LibraryError(
            "the newest edition is damaged", where=id_, todo="piamater doctor says what is wrong"
        )
    if edition is None:
        raise Http404(id_)
    if number and number != edition.number:
        edition = site().editions.edition(id_, number)
    return edition, edition.versions.get(language, edition.original)


def short_address(request: HttpRequest, id_: str) -> HttpResponse:
    """The guide's one address without a language: the reader's own language is chosen."""
    find(id_, prefs_of(request).language)
    return redirect(f"/{prefs_of(request).language}/guides/{id_}")


@require_safe
def guide(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """A guide to read, in the view that the reader chose."""
    edition, text = find(id_, lang)
    prefs = prefs_of(request)
    count(request, edition, lang, prefs.view)
    slot = int(time.time() / COUNT_SHOWN_EVERY)
    return kept_page(
        request, ("guide", id_, slot), "guide.html", lambda: _context(request, edition, text)
    )


def count(
    request: HttpRequest, edition: Edition, language: str, view: str, action: str = "view"
) -> None:
    """Count a view, unless a program or a prefetch asked for it."""
    agent = request.headers.get("User-Agent", "").lower()
    if any(one in agent for one in _BOTS) or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    counts().add(edition.guide, edition.number, language, view, action)


_COUNTS: dict[str, Counts] = {}


def counts() -> Counts:
    """The counts of the library being served."""
    return _COUNTS.setdefault(str(site().folder), Counts(site().folder))


def _context(request: HttpRequest, edition: Edition, text: Guide) -> dict[str, Any]:
    from piamater.exchange import structured_data
    from piamater.site.pathway import pathway, related
    from piamater.site.urgent import emergency_line

    prefs = prefs_of(request)
    shown = GuidePage(site(), edition, text, prefs)
    cards, body = shown.cards(), shown.body()
    other = _other_language(edition, text)
    return {
        "page": shown,
        "guide": text,
        "edition": edition,
        "cards": cards,
        "sections": body,
        "names": shown.names(),
        "references": shown.references.list,
        "words": list(shown.words.values()),
        "review": shown.review,
        "minutes": shown.minutes(),
        "emergency": emergency_line(prefs),
        "has_visit": any(text.block(one) for one in VISIT),
        "translations": sorted(edition.versions),
        "counts": counts().totals(edition.guide, edition.number),
        "pathway": pathway(site(), edition, prefs.language),
        "related": related(site(), edition, prefs.language),
        "structured": structured_data(edition, text, origin(request), shown.review),
        "untranslated": text.language != prefs.language,
        "journal": _journal(edition.original),
        "other_language": other,
        "other_abstract": shown.abstract_of(other) if other else "",
        "other_review": site().review(edition, other.language, prefs.view) if other else None,
    }


JOURNAL = (
    "affiliations", "categories", "received", "accepted", "published", "licence", "doi", "pmid"
)  # fmt: skip
"""What a case report carries beside its text, in the order in which a journal prints it."""


def _journal(original: Guide) -> list[tuple[str, str]]:
    """The fields of a case report's front matter that are filled in."""
    if original.type != "case-report":
        return []
    found = ((name, original.front.get(name)) for name in JOURNAL)
    return [
        (name, "; ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in found
        if value
    ]


def _other_language(edition: Edition, text: Guide) -> Guide | None:
    """The version whose title and abstract a bilingual case report shows beside its own."""
    if text.type != "case-report":
        return None
    return next((one for name, one in edition.versions.items() if name != text.language), None)


@require_safe
def visit(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """The doctor-visit helper, made of the guide's own blocks."""
    from piamater.site.urgent import emergency_line

    edition, text = find(id_, lang)
    prefs = prefs_of(request)

    def context() -> dict[str, Any]:
        shown = GuidePage(site(), edition, text, prefs)
        return {
            "page": shown,
            "guide": text,
            "edition": edition,
            "cards": shown.cards(),
            "sections": [
                one
                for kinds in (("visit-doctor",), ("visit-tell",), ("visit-questions",), ("tests",),
                              ("visit-mistakes",))
                for one in shown.sections(*kinds)
            ],
            "references": shown.references.list,
            "words": list(shown.words.values()),
            "review": shown.review,
            "emergency": emergency_line(prefs),
        }  # fmt: skip

    return kept_page(request, ("visit", id_), "visit.html", context)


@require_safe
def print_page(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """A clean hand-out with its address as a QR code and the day it expires."""
    from piamater.site.handout import qr_code
    from piamater.site.urgent import emergency_line

    edition, text = find(id_, lang)
    prefs = prefs_of(request)
    count(request, edition, lang, prefs.view, "download")

    def context() -> dict[str, Any]:
        shown = GuidePage(site(), edition, text, prefs, on_paper=True)
        address = f"{origin(request)}/guides/{id_}"
        return {
            "page": shown,
            "guide": text,
            "edition": edition,
            "cards": shown.cards(),
            "sections": [*shown.body(), *shown.sections(*VISIT)],
            "references": shown.references.list,
            "words": list(shown.words.values()),
            "review": shown.review,
            "emergency": emergency_line(prefs),
            "address": address,
            "qr": qr_code(address),
        }

    return kept_page(request, ("print", id_), "print.html", context)


@require_safe
def history(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """The editions of a guide and what changed from each to the next."""
    _, text = find(id_, lang)

    def context() -> dict[str, Any]:
        editions = site().editions.history(id_)
        rows = []
        for place, one in enumerate(editions):
            before = editions[place + 1] if place + 1 < len(editions) else None
            now = one.versions.get(lang, one.original)
            then = before.versions.get(lang, before.original) if before else None
            rows.append(
                {
                    "edition": one,
                    "review": site().review(one, now.language),
                    "changes": differences(then, now) if before else [],
                    "first": before is None,
                }
            )
        return {"guide": text, "rows": rows, "record": record_of(site().book, id_)}

    return kept_page(request, ("history", id_), "history.html", context)


@require_safe
def edition(request: HttpRequest, lang: str, id_: str, number: int) -> HttpResponse:
    """An earlier edition, as it was published; it says that it is not the newest."""
    newest, _ = find(id_, lang)
    if number == newest.number:
        return redirect(f"/{lang}/guides/{id_}")
    old, text = find(id_, lang, number)

    def context() -> dict[str, Any]:
        return {**_context(request, old, text), "newest": newest}

    return kept_page(request, ("edition", id_, number), "guide.html", context)


@require_safe
def cite(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """How to cite the guide, and the files for reference managers."""
    from piamater.exchange import citation_text

    found, text = find(id_, lang)
    address = f"{origin(request)}/guides/{id_}"
    words = citation_text(found, text, address, site().settings.name)
    return page(request, "cite.html", {"guide": text, "edition": found, "citation": words})


@require_safe
def cite_file(request: HttpRequest, lang: str, id_: str, suffix: str) -> HttpResponse:
    """The guide's citation as RIS, BibTeX or CSL-JSON."""
    from piamater.exchange import cite_formats

    found, text = find(id_, lang)
    known = cite_formats()
    if suffix not in known:
        raise Http404(suffix)
    count(request, found, lang, prefs_of(request).view, "download")
    form = known[suffix]
    data = form.write(found, text, f"{origin(request)}/guides/{id_}", site().settings.name)
    return download(request, data, form.content_type, f"{id_}.{suffix}")


@require_safe
def figure(request: HttpRequest, id_: str, number: int, name: str) -> HttpResponse:
    """A picture of an edition."""
    from pathlib import PurePosixPath

    from piamater.guides.figures import SUFFIXES

    data = site().editions.edition(id_, number).figure(name)
    response = send(request, make_body(data), SUFFIXES[PurePosixPath(name).suffix])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def without_slash(request: HttpRequest, **_: Any) -> HttpResponse:
    """Addresses end without a slash."""
    return HttpResponsePermanentRedirect("/" + request.path.strip("/\\"))
