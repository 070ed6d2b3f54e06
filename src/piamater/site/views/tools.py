"""The readers' tools: trials, support, urgent card, diary, settings, offline, glossary, about."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from piamater.guides import Guide
from piamater.guides.glossary import Glossary
from piamater.site.countries import Country, countries, organisations, registry_links
from piamater.site.messages import words
from piamater.site.preferences import CHOICES, YEAR, _allowed
from piamater.site.respond import kept_page, page, prefs_of
from piamater.site.state import site
from piamater.site.urgent import emergency_line
from piamater.site.views.guides import find

DIARY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'none'; connect-src 'none'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "worker-src 'self'"
)
"""The diary's Content Security Policy: it can reach nothing, not even this site."""

DIARY_KINDS = ("symptom", "medicine", "measurement", "appointment", "question", "note")
DIARY_FIELDS = ("conditions", "medicines", "allergies", "contacts", "other")
"""What can be written in the diary and in its health record; app.js knows the same."""


@require_safe
def home(request: HttpRequest, lang: str) -> HttpResponse:
    """The first page: ask, search, and what the shelf holds."""
    from piamater.site.views.asking import READERS, examples
    from piamater.site.views.finding import GROUPS, in_group

    def context() -> dict[str, Any]:
        guides = list(site().shelf.all(lang))
        groups = [
            (
                name,
                sorted((one for one in guides if in_group(one, name)), key=lambda one: one.title),
            )
            for name in GROUPS
            if name != "cancer"
        ]
        return {
            "groups": [row for row in groups if row[1]],
            "readers": READERS,
            "examples": examples(lang),
            "sources": site().library.corpus.source_count(),
            "emergency": emergency_line(prefs_of(request)),
        }

    return kept_page(request, "home", "home.html", context)


def _by_name(language: str) -> list[Country]:
    """Every country with a number, in the order of its name in a language."""
    from piamater.site.views.finding import sort_key

    return sorted(countries(), key=lambda one: sort_key(one.name.in_language(language)))


def first(request: HttpRequest) -> HttpResponse:
    """The site's first address leads to the reader's language."""
    return redirect(f"/{prefs_of(request).language}/")


def search_terms(guide_id: str, original: Guide) -> list[str]:
    """The condition's own terms in English, as registries understand them."""
    from piamater.site.views.finding import other_names

    concept = site().vocabulary.get(original.concepts[0]) if original.concepts else None
    names = (
        [term.text for term in concept.terms if term.language == "en" and not term.lay]
        if concept
        else []
    )
    return list(dict.fromkeys([*names, original.title, *other_names(original)]))[:4]


@require_safe
def trials(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """Ready-made searches in the public trial registries; nothing is sent until one is followed."""
    edition, text = find(id_, lang)
    terms = search_terms(id_, edition.original)
    prefs = prefs_of(request)
    return page(
        request,
        "trials.html",
        {"guide": text, "terms": terms, "links": registry_links(terms, prefs.country or None)},
    )


@require_safe
def support(request: HttpRequest, lang: str, id_: str = "") -> HttpResponse:
    """Organisations and helplines, the reader's country first."""
    guide: Guide | None = None
    groups = tuple({name for one in site().shelf.editions for name in one.original.groups})
    groups += tuple(site().shelf.by_id)
    if id_:
        edition, guide = find(id_, lang)
        groups = tuple(edition.original.groups)
    chosen = prefs_of(request).country
    codes = [chosen] if chosen else [one.code for one in countries()]
    context = {
        "guide": guide,
        "organisations": {
            one.id: one for code in codes for one in organisations(id_, groups, code)
        }.values(),
        "countries": _by_name(lang),
        "names": {one.code: one.name for one in countries()},
    }
    return page(request, "support.html", context)


@require_safe
def urgent(request: HttpRequest, lang: str) -> HttpResponse:
    """The urgent card alone, with the numbers of every country that is held."""
    from piamater.site.views.finding import sort_key

    guides = [one for one in site().shelf.all(lang) if one.block("danger-emergency")]
    context = {
        "emergency": emergency_line(prefs_of(request)),
        "countries": _by_name(lang),
        "guides": sorted(guides, key=lambda one: sort_key(one.plain_title)),
    }
    return page(request, "urgent.html", context)


@require_safe
def diary(request: HttpRequest, lang: str) -> HttpResponse:
    """The diary and health record, kept on the reader's device only."""
    said = {key: text for key, text in words(lang).items() if key.startswith("d_")}
    context = {
        "kinds": DIARY_KINDS,
        "fields": DIARY_FIELDS,
        "words": json.dumps(said, ensure_ascii=False).replace("<", "\\u003c"),
    }
    response = page(request, "diary.html", context)
    response["Content-Security-Policy"] = DIARY_POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, lang: str) -> HttpResponse:
    """What a reader may choose: view, country, theme, text size, language.

    A page with only the country's form names itself, to come back to.
    """
    if request.method != "POST":
        context = {"choices": CHOICES, "countries": _by_name(lang), "saved": "saved" in request.GET}
        return page(request, "settings.html", context)
    language = request.POST.get("lang", lang)
    back = request.POST.get("back", "")
    if not re.fullmatch(r"/[a-z]{2}(?:/[a-z0-9][a-z0-9-]*)*/?", back):
        back = f"/{language if language in CHOICES['lang'] else lang}/settings?saved"
    response = redirect(back)
    for key in (*CHOICES, "country"):
        value = request.POST.get(key, "")
        if value and _allowed(key, value):
            response.set_cookie(
                key, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
            )
        elif key == "country" and key in request.POST:
            response.delete_cookie(key)
    return response


@require_safe
def offline(request: HttpRequest, lang: str) -> HttpResponse:
    """Keeping pages for offline: what is kept, and the whole shelf as a pack."""
    return page(request, "offline.html", {"guides": list(site().shelf.all(lang))})


@require_safe
def glossary(request: HttpRequest, lang: str) -> HttpResponse:
    """All hard words of the page's language with their explanations."""
    from piamater.site.views.finding import sort_key

    found = sorted(Glossary.load(lang).words, key=lambda one: sort_key(one.label))
    return kept_page(request, "glossary", "glossary.html", lambda: {"words": found})


@require_safe
def about(request: HttpRequest, lang: str) -> HttpResponse:
    """What the library is, how it is made, what it is not, privacy and accessibility."""
    return page(request, "about.html", {"sources": site().library.corpus.source_count()})
