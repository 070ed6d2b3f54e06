"""The working pages: queues, findings of a page, passages to cite."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from piamater.desk.findings import Found, findings
from piamater.desk.mirror import pull
from piamater.desk.models import GuidePage
from piamater.desk.people import STAFF, WRITING, may, needs, person_of
from piamater.desk.shelf import library, reviews, searching
from piamater.desk.views.questions import inbox

FOUND = 12
"""Passages that the citation picker offers."""


@needs(STAFF)
@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    """What waits for people: due, moved, to review, to put forward, questions."""
    from piamater.guides.review import queue

    pulled = pull()
    for name in pulled.both:
        messages.warning(request, f"{name} was changed here and in the folder: see its history.")
    for told in pulled.refused:
        messages.error(request, f"Not taken in: {told}")
    waiting = queue(reviews())
    kinds = {
        "Due": [one for one in waiting if one.why in ("overdue", "due-soon")],
        "Moved": [one for one in waiting if one.why == "moved"],
        "To review": [one for one in waiting if one.why in ("review", "lapsed")],
        "To put forward": [one for one in waiting if one.why == "submit"],
    }
    questions = [one for one in inbox().list() if one.state != "signed"]
    context = {
        "kinds": kinds,
        "questions": questions,
        "urgent": sum(one.urgent for one in questions),
        "broken": reviews().book.broken,
        "may_write": may(person_of(request), WRITING),
    }
    return render(request, "desk/queues.html", context)


@needs(WRITING)
@require_POST
def page_findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """The findings of a page, with the form's text as it is now, saved or not."""
    page = get_object_or_404(GuidePage, pk=page_id).get_latest_revision_as_object()
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=page, for_user=request.user)
    if "body-count" not in request.POST:  # the editor was not wholly drawn yet
        return HttpResponse(status=409)
    if form.is_valid():
        found = findings(form.save(commit=False))
    else:
        found = [
            Found("format", "error", f"{name}: {'; '.join(map(str, told))}")
            for name, told in form.errors.items()
        ]
    return render(request, "desk/findings.html", {"findings": found})


@needs(WRITING)
@require_safe
def passages(request: HttpRequest) -> HttpResponse:
    """Passages of the library for the citation picker: text, source, and the quote to insert."""
    words = request.GET.get("q", "")[:300].strip()
    return JsonResponse({"passages": _search(words) if words else []})


def _search(words: str) -> list[dict[str, Any]]:
    from piamater.search import Retriever, build_query
    from piamater.text.language import identify_question

    vocabulary, index = searching()
    language = identify_question(words)
    found = Retriever(library(), index, vocabulary).find(
        build_query(words, language, vocabulary, index), FOUND
    )
    return [
        {
            "source": one.version.source,
            "title": one.version.record.title,
            "kind": one.version.record.kind.value,
            "standing": one.judgement.standing.value,
            "section": " › ".join(one.passage.path),
            "text": one.passage.text,
        }
        for one in found
    ]


@require_safe
def no_icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for an icon; the desk has none."""
    return HttpResponse(status=204)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the desk runs."""
    return HttpResponse("ok", content_type="text/plain")
