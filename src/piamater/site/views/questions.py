"""Ask a person: a question to the library's staff, masked and screened before it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from piamater.answers.inbox import LONGEST, Inbox
from piamater.answers.masking import mask
from piamater.answers.urgent import urgent_card
from piamater.errors import InputError
from piamater.site.respond import page, prefs_of
from piamater.site.state import site
from piamater.site.urgent import emergency_line
from piamater.site.views.asking import READERS


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, lang: str) -> HttpResponse:
    """The form; then what will be kept, with danger signs told first; then the receipt code."""
    if request.method != "POST":
        return page(request, "question_new.html", {"readers": READERS, "longest": LONGEST})
    text = request.POST.get("text", "").strip()
    reader = request.POST.get("reader", "")
    reader = reader if reader in READERS else ""
    context = {"readers": READERS, "reader": reader, "text": text, "longest": LONGEST}
    if not text or len(text) > LONGEST:
        problem = "q_empty" if not text else "q_too_long"
        return page(request, "question_new.html", {**context, "problem": problem}, status=400)
    if not request.POST.get("consent"):
        return page(
            request, "question_new.html", {**context, "problem": "q_no_consent"}, status=400
        )
    prefs = prefs_of(request)
    masked = mask(text, lang)
    urgent = urgent_card(masked.text, lang, prefs.country, site().vocabulary)
    if not request.POST.get("seen"):
        context |= {
            "masked": masked.text,
            "found": len(masked.found),
            "urgent": urgent,
            "emergency": emergency_line(prefs),
        }
        return page(request, "question_check.html", context)
    code = Inbox(site().folder).add(
        masked.text,
        lang,
        site().today,
        reader=reader,
        country=prefs.country,
        urgent=urgent is not None,
    )
    return page(request, "question_sent.html", {"code": code})


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, lang: str) -> HttpResponse:
    """With the receipt code: the state of a question, its answer, and deleting it."""
    if request.method != "POST":
        return page(request, "question_receipt.html", {})
    code = request.POST.get("code", "")[:60]
    inbox = Inbox(site().folder)
    found = inbox.by_receipt(code)
    if found is None:
        return page(request, "question_receipt.html", {"problem": "q_unknown"}, status=404)
    if request.POST.get("delete"):
        if request.POST["delete"] != "yes":
            raise InputError("the question was not deleted", todo="send the form of the page")
        inbox.delete(found.id)
        return page(request, "question_receipt.html", {"deleted": True})
    return page(request, "question_receipt.html", {"question": found, "code": code})
