"""Comments on a page: reviewers read and write them without the editor."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from piamater.desk import comments
from piamater.desk.models import GuidePage
from piamater.desk.people import STAFF, WRITING, acting, may, needs
from piamater.errors import InputError


@needs(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def on_page(request: HttpRequest, guide: str, language: str) -> HttpResponse:
    """The open comments of a page, block by block, with forms to say, answer and settle."""
    page = GuidePage.objects.filter(guide=guide, language=language).first()
    if page is None:
        raise Http404(f"{guide} {language}")
    person = acting(request)
    newest = page.get_latest_revision_as_object()
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, newest))
            return redirect(f"/comments/{guide}/{language}/")
        except InputError as error:
            problem = str(error)
    context = {
        "page": newest,
        "places": comments.places(newest),
        "problem": problem,
        "given": request.POST,
        "may_write": may(person, WRITING),
        "longest": comments.LONGEST,
    }
    return render(request, "desk/comments.html", context, status=400 if problem else 200)


def _act(request: HttpRequest, page: GuidePage) -> str:
    """Say, answer or settle; gives what was done, in words."""
    given = request.POST
    if "settle" in given or "answer" in given:
        told = given.get("settle", "") or given.get("answer", "")
        number = int(told) if told.isascii() and told.isdigit() and len(told) < 12 else 0
        if "settle" in given:
            comments.resolve(page, request.user, number)
            return "The comment is settled."
        comments.reply(page, request.user, number, given.get("text", ""))
    else:
        block, _, about = given.get("place", "").partition(".")
        comments.comment(page, request.user, block, about, given.get("text", ""))
    return "It is said, and stands in the editor too."
