"""The addresses of the site; docs/reference/site.md lists them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path, register_converter

from piamater.guides import LANGUAGES
from piamater.site.api import api
from piamater.site.guard import plain_error
from piamater.site.views import asking, finding, guides, machine, questions, review, sources, tools


class Language:
    """A language that the site speaks."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    def to_url(self, value: str) -> str:
        """The code itself."""
        return value


class GuideId(Language):
    """The id of a guide."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class Version(Language):
    """A version's SHA-256, or at least its first eight digits."""

    regex = "[0-9a-f]{8,64}"


register_converter(Language, "language")
register_converter(GuideId, "guide")
register_converter(Version, "version")

L, G = "<language:lang>/", "<language:lang>/guides/<guide:id_>"


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return plain_error(request, 404, "error_missing")


def nowhere(request: HttpRequest, **_: str) -> HttpResponse:
    """An address that nothing answers to."""
    raise Http404


handler404 = missing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", tools.first),
    path("guides/<guide:id_>", guides.short_address),
    path("figures/<guide:id_>/<int:number>/<str:name>", guides.figure),
    path("static/<str:revision>/<path:name>", machine.static),
    path("sw.js", machine.service_worker),
    path("sitemap.xml", machine.sitemap),
    path("robots.txt", machine.robots),
    path("health", machine.health),
    path("review/<str:name>", review.record_file),
    path("api/v1/docs", machine.api_docs),
    path("api/v1/", api.urls),
    path(L, tools.home),
    path(L + "manifest.webmanifest", machine.manifest),
    path(L + "pack.json", machine.pack),
    path(L + "feed.atom", machine.feed),
    path(L + "a-z", finding.a_to_z),
    path(L + "search", finding.search),
    path(L + "suggest", finding.suggest),
    path(L + "ask", asking.ask),
    path(L + "answers", asking.keep),
    path(L + "answers/<str:id_>", asking.kept),
    path(L + "answers/<str:id_>/delete", asking.delete),
    path(L + "questions/new", questions.new),
    path(L + "questions/receipt", questions.receipt),
    path(L + "sources", sources.listing),
    path(L + "sources/<path:source>/<version:version>/<int:start>-<int:end>", sources.passage),
    path(L + "sources/<path:source>/<version:version>", sources.source),
    path(L + "sources/<path:source>", sources.source),
    path(L + "urgent", tools.urgent),
    path(L + "diary", tools.diary),
    path(L + "support", tools.support),
    path(L + "settings", tools.settings),
    path(L + "offline", tools.offline),
    path(L + "glossary", tools.glossary),
    path(L + "about", tools.about),
    path(G, guides.guide),
    path(G + "/visit", guides.visit),
    path(G + "/print", guides.print_page),
    path(G + "/history", guides.history),
    path(G + "/editions/<int:number>", guides.edition),
    path(G + "/cite", guides.cite),
    path(G + "/cite.<str:suffix>", guides.cite_file),
    path(G + "/trials", tools.trials),
    path(G + "/support", tools.support),
    re_path(r"^.*/$", guides.without_slash),
]
