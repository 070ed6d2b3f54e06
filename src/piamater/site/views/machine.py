"""What programs read: static files, manifest, service worker, sitemap, feeds, robots, health."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from piamater.guides import LANGUAGES
from piamater.site.messages import words
from piamater.site.preferences import origin
from piamater.site.respond import make_body, send
from piamater.site.state import site
from piamater.site.static_files import TYPES, revision, static_files

PAGES = (
    "",
    "a-z",
    "ask",
    "search",
    "urgent",
    "diary",
    "support",
    "glossary",
    "settings",
    "offline",
    "about",
)
"""The pages beside guides that the sitemap lists and the pack holds."""


@require_safe
def static(request: HttpRequest, revision: str, name: str) -> HttpResponse:
    """A file of the site's own; its address changes when it does, so that it may be kept."""
    body = static_files().get(name)
    if body is None:
        raise Http404(name)
    response = send(request, body, TYPES[PurePosixPath(name).suffix])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which keeps pages for offline; one per revision of the site's files."""
    text = render_to_string(
        "piamater/sw.js",
        {
            "revision": revision(),
            "files": [f"/static/{revision()}/{name}" for name in static_files()],
            "languages": LANGUAGES,
        },
    )
    response = send(request, make_body(text), TYPES[".js"])
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def manifest(request: HttpRequest, lang: str) -> HttpResponse:
    """The web app manifest (W3C), which makes the site installable."""
    icons = f"/static/{revision()}/"
    data = {
        "name": site().settings.name,
        "short_name": "Piamater",
        "lang": lang,
        "start_url": f"/{lang}/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b4f6c",
        "icons": [
            {"src": f"{icons}icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{icons}icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": f"{icons}icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
        "shortcuts": [
            {"name": words(lang)["urgent_title"], "url": f"/{lang}/urgent"},
            {"name": words(lang)["ask"], "url": f"/{lang}/ask"},
        ],
    }
    body = make_body(json.dumps(data, ensure_ascii=False))
    return send(request, body, "application/manifest+json; charset=utf-8")


@require_safe
def pack(request: HttpRequest, lang: str) -> HttpResponse:
    """The addresses of the whole shelf in a language, which the offline page keeps."""
    pages = [f"/{lang}/{one}" for one in PAGES if one not in ("ask", "search")]
    for one in site().shelf.editions:
        base = f"/{lang}/guides/{one.guide}"
        pages += [f"{base}?view=patient", f"{base}?view=clinical", f"{base}/visit"]
        pages += [f"/figures/{one.guide}/{one.number}/{name}" for name in one.figures]
    return JsonResponse({"language": lang, "pages": pages, "made": site().today.isoformat()})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap (sitemaps.org 0.9) with the languages of each page as alternates."""
    base = origin(request)
    entries = [("", one) for one in PAGES]
    entries += [(edition.published, f"guides/{edition.guide}") for edition in site().shelf.editions]
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset '
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    ]
    for changed, path in entries:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{one}" href="{escape(base)}/{one}/{path}"/>'
            for one in LANGUAGES
        )
        last = f"<lastmod>{changed}</lastmod>" if changed else ""
        out += [
            f"<url><loc>{escape(base)}/{one}/{path}</loc>{last}{alternates}</url>"
            for one in LANGUAGES
        ]
    out.append("</urlset>")
    return send(request, make_body("\n".join(out)), "application/xml; charset=utf-8")


@require_safe
def feed(request: HttpRequest, lang: str) -> HttpResponse:
    """New editions as an Atom feed (RFC 4287)."""
    from django.utils.feedgenerator import Atom1Feed

    base = origin(request)
    out = Atom1Feed(
        title=site().settings.name,
        link=f"{base}/{lang}/",
        description=words(lang)["feed_description"],
        language=lang,
        feed_url=f"{base}/{lang}/feed.atom",
    )
    newest = sorted(site().shelf.editions, key=lambda one: (one.published, one.guide), reverse=True)
    for one in newest[:50]:
        guide = one.versions.get(lang, one.original)
        out.add_item(
            title=guide.title,
            link=f"{base}/{lang}/guides/{one.guide}",
            description=guide.description,
            unique_id=f"{base}/guides/{one.guide}#{one.hash[:12]}",
            updateddate=_moment(one.published),
        )
    return send(request, make_body(out.writeString("utf-8")), "application/atom+xml; charset=utf-8")


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything but what readers asked or wrote."""
    lines = ["User-agent: *", *(f"Disallow: /{one}/{path}" for one in LANGUAGES
             for path in ("ask", "search", "answers/", "questions/", "settings")),
             f"Sitemap: {origin(request)}/sitemap.xml", ""]  # fmt: skip
    return send(request, make_body("\n".join(lines)), "text/plain; charset=utf-8")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site can read its library, for whoever watches over it."""
    held = site().library.corpus.source_count()
    return JsonResponse({"status": "ok", "guides": len(site().shelf.editions), "sources": held})


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The HTTP API's operations, from its own description."""
    from piamater.site.api import api
    from piamater.site.respond import page

    schema = api.get_openapi_schema()
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, "api.html", {"about": schema["info"], "operations": operations})
