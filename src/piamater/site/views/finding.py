"""Search with suggestions, the A to Z, and the lists of guides."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from piamater.answers.urgent import urgent_card
from piamater.guides import Guide, GuideType
from piamater.site.find import Finder
from piamater.site.references import passage_address
from piamater.site.respond import kept_page, page, prefs_of
from piamater.site.state import site
from piamater.site.urgent import emergency_line

MAX_QUERY = 300
"""Characters of a search that are looked at."""

PASSAGES = 40
GROUPS = ("condition", "test", "medicine", "cancer", "symptom", "question", "case-report")
"""The lists of the A to Z; ``cancer`` holds the guides of that group."""


def finder() -> Finder:
    """The finder over the guides as they are now."""
    found: Finder = site().cached("finder", lambda: Finder(site().shelf, site().vocabulary))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, lang: str) -> HttpResponse:
    """What guides and sources hold on a query; a form sends it where no log sees it.

    A danger sign gets the urgent card before anything else, here too.
    """
    typed = (request.POST.get("q") or request.GET.get("q") or "")[:MAX_QUERY].strip()
    if not typed:
        return page(request, "search.html", {"query": ""})
    guides = finder().search(typed, lang)
    sources = found_sources(typed, lang)
    meant = finder().did_you_mean(typed, lang)
    instead = []
    if not guides and not sources and meant:
        guides, sources, instead = finder().search(meant, lang), found_sources(meant, lang), [meant]
    return page(
        request,
        "search.html",
        {
            "query": typed,
            "urgent": urgent_card(typed, lang, prefs_of(request).country, site().vocabulary),
            "emergency": emergency_line(prefs_of(request)),
            "guides": guides,
            "sources": sources,
            "meant": "" if instead else meant,
            "instead": instead,
        },
    )


def found_sources(query: str, language: str, limit: int = 12) -> list[dict[str, Any]]:
    """The sources whose passages fit a query best, each with its best passages."""
    asker = site().asker
    grouped: OrderedDict[str, dict[str, Any]] = OrderedDict()
    for one in asker.retriever.find(asker.retriever.query(query, language), PASSAGES):
        entry = grouped.setdefault(
            one.version.source,
            {"record": one.version.record, "source": one.version.source, "passages": []},
        )
        if len(entry["passages"]) < 2:
            where = one.passage.start, one.passage.end
            entry["passages"].append(
                {
                    "text": one.passage.text,
                    "language": one.passage.language,
                    "address": passage_address(
                        language, one.version.source, one.version.version, *where
                    ),
                }
            )
        if len(grouped) > limit:
            break
    return list(grouped.values())[:limit]


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, lang: str) -> HttpResponse:
    """Names that what was typed may become, for the search box."""
    typed = (request.POST.get("q") or request.GET.get("q") or "")[:80]
    names = finder().suggest(typed, lang)
    rows = [
        {"text": one.text, "language": one.language, "url": f"/{lang}/guides/{one.guide}"}
        for one in names
    ]
    response = JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def a_to_z(request: HttpRequest, lang: str) -> HttpResponse:
    """All guides by their first letter, and by their other names, in the page's language."""
    group = request.GET.get("group", "")
    group = group if group in GROUPS else ""

    def context() -> dict[str, Any]:
        rows: list[dict[str, Any]] = [
            {"name": name, "guide": guide, "other": name != guide.title}
            for guide in site().shelf.all(lang)
            if not group or in_group(guide, group)
            for name in dict.fromkeys([guide.title, *other_names(guide)])
        ]
        rows.sort(key=lambda row: sort_key(row["name"]))
        letters: OrderedDict[str, list[dict[str, Any]]] = OrderedDict()
        for row in rows:
            letters.setdefault(first_letter(row["name"]), []).append(row)
        return {"letters": letters, "group": group, "groups": GROUPS}

    return kept_page(request, ("a-z", group), "a-z.html", context)


def in_group(guide: Guide, group: str) -> bool:
    """Whether a guide belongs to a list of the A to Z."""
    if group == "cancer":
        return "cancer" in guide.groups and guide.type is GuideType.CONDITION
    return str(guide.type) == group


def other_names(guide: Guide) -> list[str]:
    """The other names that a guide gives."""
    from piamater.guides import statements

    block = guide.block("also-called")
    return [
        one.text.rstrip(".") for p in (block.parts if block else ()) for one in statements(p, "en")
    ]


def sort_key(text: str) -> str:
    """A text as it is sorted: accents and case do not count; Bangla by its code points' order."""
    import unicodedata

    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in plain if not "\u0300" <= one <= "\u036f")


def first_letter(text: str) -> str:
    """The letter a name stands under: its first one, in upper case, without accent."""
    return next((one.upper() for one in sort_key(text) if one.isalpha()), "#")
