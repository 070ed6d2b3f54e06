"""New evidence: the documents that came in under a guide, and what a person decides on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from piamater.desk.people import STAFF, acting, needs
from piamater.desk.shelf import key, library, reviews
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.guides.review import damaged
from piamater.guides.review.people import REVIEWING
from piamater.vocabulary import Vocabulary
from piamater.watch import VERDICTS, Moved, watch
from piamater.watch import decide as record

DECIDING = REVIEWING | {"editor"}


@needs(STAFF)
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """All guides under which something came in, with the documents to look at."""
    person = acting(request)
    moved: list[Moved] = []
    broken = damaged(reviews())
    problem = " ".join(map(str, broken.values()))
    try:
        sound = [one for one in reviews().editions.ids() if one not in broken]
        moved = [one for one in _watch(sound) if one.candidates] if sound else []
    except PiamaterError as error:
        problem = str(error)
    context = {
        "moved": moved,
        "problem": problem,
        "verdicts": VERDICTS,
        "may_decide": bool(DECIDING & set(person.roles)),
    }
    return render(request, "desk/evidence.html", context, status=409 if problem else 200)


@needs(DECIDING)
@require_POST
def decide(request: HttpRequest, guide: str) -> HttpResponse:
    """Record the verdicts on what moved under a guide; readers are told of the day."""
    person = acting(request)
    verdicts = {
        name.removeprefix("verdict."): str(value)
        for name, value in request.POST.items()
        if name.startswith("verdict.") and value
    }
    try:
        [moved] = _watch([guide], int(request.POST.get("up_to", "0") or 0))
        if not moved.candidates:
            raise InputError("nothing new waits under this guide", where=guide)
        opened = key()
        with reviews().writing():
            record(reviews(), opened, moved, person.id, verdicts, note=request.POST.get("note", ""))
        messages.success(request, f"Your decision on {guide} stands in the ledger.")
    except UnknownNameError as error:
        if guide not in reviews().editions.ids():
            raise Http404(guide) from error
        messages.error(request, str(error))
    except (PiamaterError, ValueError) as error:
        messages.error(request, str(error))
    return redirect("/evidence/")


def _watch(guides: list[str], up_to: int | None = None) -> list[Moved]:
    vocabulary = Vocabulary.load(library().vocabulary_folder)
    return watch(library(), vocabulary, guides, up_to=up_to or None)
