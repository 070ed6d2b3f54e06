"""Answers at the desk: what the library answers, or a reader kept, becomes the draft of a guide.

The draft is a question guide like any other: it is edited, put forward, reviewed statement by
statement, signed and published as an edition. A reader's own words are not taken over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from piamater.answers import Asker
from piamater.answers.as_guide import GuideDraft, make_guide, outline_of_answer
from piamater.desk.models import GuidePage
from piamater.desk.people import WRITING, acting, needs
from piamater.desk.shelf import library, searching
from piamater.desk.views.pulled import take_in
from piamater.errors import InputError, PiamaterError
from piamater.guides import LANGUAGES

READERS = ("patient", "clinician")
_KEPT = re.compile(r"(?:^|/)([0-9a-f]{20})(?:[/?#].*)?$")


@needs(WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Ask the library, or give the address of a kept answer; then begin a guide from it."""
    context: dict[str, Any] = {
        "languages": LANGUAGES,
        "readers": READERS,
        "given": request.POST,
        "problem": "",
    }
    if request.method == "POST":
        try:
            form = _answer(request)
            if request.POST.get("begin"):
                return _begin(request, form)
            context["answer"] = form
        except PiamaterError as error:
            context["problem"] = str(error)
    return render(request, "desk/answers.html", context, status=400 if context["problem"] else 200)


def _answer(request: HttpRequest) -> dict[str, Any]:
    """The answer that the form speaks of, in its machine form.

    Raises:
        InputError: neither a question nor the address of a kept answer is given.
        PiamaterError: the question cannot be taken, or there is no such answer.
    """
    kept = request.POST.get("kept", "").strip()
    if kept:
        from piamater.site.saved import SavedAnswers

        found = _KEPT.search(kept)
        if found is None:
            raise InputError("this is no address of a kept answer", where="desk")
        form: dict[str, Any] = SavedAnswers(library().folder).read(found[1])["answer"]
        return form
    question = request.POST.get("q", "").strip()
    language, reader = request.POST.get("language", ""), request.POST.get("reader", "")
    if not question or language not in LANGUAGES or reader not in READERS:
        raise InputError("a question is needed, or the address of a kept answer", where="desk")
    vocabulary, index = searching()
    return Asker(library(), index, vocabulary).ask(question, reader, language).to_json()


def _begin(request: HttpRequest, form: dict[str, Any]) -> HttpResponse:
    person = acting(request)
    outline = outline_of_answer(form, [person.name])
    return begun(
        request,
        lambda id_, title: make_guide(library(), id_, title, outline),
        str(form["language"]),
    )


def begun(
    request: HttpRequest, make: Callable[[str, str], GuideDraft], language: str
) -> HttpResponse:
    """Make a guide's draft, tell what was left out, and open it in the editor.

    Raises:
        PiamaterError: the id or title is not fit, or nothing can be taken over.
    """
    id_, title = request.POST.get("id", "").strip(), request.POST.get("title", "").strip()
    with library().writing():
        made = make(id_, title)
    take_in(request)
    page = GuidePage.objects.get(guide=id_, language=language)
    messages.success(request, f"{id_} ({language}) is begun with {made.taken} sentences.")
    if made.left_out:  # how many, not which: a message lies in the session until it is shown
        messages.warning(
            request,
            f"Left out, for they name no quote or tell who somebody is: {len(made.left_out)}.",
        )
    return redirect(f"/pages/{page.pk}/edit/")
