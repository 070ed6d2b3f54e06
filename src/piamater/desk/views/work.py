"""The working pages: queues, findings of a page, passages to cite."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from piamater.desk import waiting
from piamater.desk.findings import Found, findings, summary
from piamater.desk.models import GuidePage
from piamater.desk.people import STAFF, WRITING, acting, may, needs
from piamater.desk.picking import cited, offered
from piamater.desk.shelf import reviews
from piamater.desk.views.pulled import take_in
from piamater.desk.views.questions import WRITING_ANSWERS, inbox
from piamater.errors import PiamaterError
from piamater.guides.review import damaged


@needs(STAFF)
@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    """What waits for people: due, moved, to review, to put forward, questions."""
    take_in(request)
    for error in damaged(reviews()).values():
        messages.error(request, f"Readers do not see it, nor can it be reviewed: {error}")
    person = acting(request)
    found = waiting.rows(reviews(), person)
    mine = [one for one in found if one.steps]
    box = inbox()
    questions = [one for one in box.list() if one.state != "signed"]
    may_answer = may(person, WRITING_ANSWERS)
    context = {
        "sections": waiting.sections(found),
        "mine_rows": mine,
        "mine": len(mine) + (len(questions) if may_answer else 0),
        "questions": questions,
        "urgent": sum(one.urgent for one in questions),
        "late": sum(box.deadlines.late(one) for one in questions),
        "broken": reviews().book.broken,
        "may_write": may(person, WRITING),
        "may_answer": may_answer,
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
            Found("format", "error", f"{name}: {'; '.join(map(str, some))}")
            for name, some in form.errors.items()
        ]
    return render(request, "desk/findings.html", {"findings": found, "told": summary(found)})


@needs(WRITING)
@require_safe
def passages(request: HttpRequest) -> HttpResponse:
    """Passages of the library for the citation picker: text, source, and the quote to insert."""
    words = request.GET.get("q", "")[:300].strip()
    return JsonResponse({"passages": offered(words) if words else []})


@needs(WRITING)
@require_safe
def quote(request: HttpRequest) -> HttpResponse:
    """The words at a place of a source, as a citation holds them; or why they cannot be cited."""
    asked = request.GET
    try:
        start, end = int(asked.get("start", "")), int(asked.get("end", ""))
        return JsonResponse(cited(asked.get("source", ""), asked.get("version", ""), start, end))
    except ValueError:
        return JsonResponse({"refused": "Choose the words again."}, status=400)
    except PiamaterError as error:
        return JsonResponse({"refused": str(error)}, status=409)


@needs(STAFF)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the desk is what waits; Wagtail's own tells nothing of it."""
    return redirect("/queues/")


@require_safe
def no_icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for an icon; the desk has none."""
    return HttpResponse(status=204)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the desk runs."""
    return HttpResponse("ok", content_type="text/plain")
