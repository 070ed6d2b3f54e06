"""Ask a person: a question to the library's staff, masked and screened before it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from piamater.answers.inbox import LONGEST, Inbox, tidy
from piamater.answers.masking import mask
from piamater.answers.signature import Proof
from piamater.answers.urgent import urgent_card
from piamater.errors import InputError
from piamater.site.reader_answer import answer_html
from piamater.site.references import References
from piamater.site.respond import page, prefs_of
from piamater.site.state import site
from piamater.site.urgent import emergency_line
from piamater.site.views.asking import READERS


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, lang: str) -> HttpResponse:
    """The form; then what will be kept, with danger signs told first; then the receipt code.

    The reader can still change the text that will be kept; what has not been shown as it stands,
    or names a danger sign that has not been told of, is shown before it is kept.
    """
    if request.method != "POST":
        return page(request, "question_new.html", _form())
    text = tidy(request.POST.get("text", ""))
    reader = request.POST.get("reader", "")
    reader = reader if reader in READERS else ""
    context = {**_form(), "reader": reader, "text": text}
    masked = mask(text, lang)
    if not text or max(len(text), len(masked.text)) > LONGEST:
        problem = "q_empty" if not text else "q_too_long"
        return page(request, "question_new.html", {**context, "problem": problem}, status=400)
    if not request.POST.get("consent"):
        return page(
            request, "question_new.html", {**context, "problem": "q_no_consent"}, status=400
        )
    prefs = prefs_of(request)
    urgent = urgent_card(text, lang, prefs.country, site().vocabulary)  # before anything is masked
    told = bool(request.POST.get("told"))
    seen = bool(request.POST.get("seen"))
    if not seen or masked.text != text or (urgent and not told):
        context |= {
            "masked": masked.text,
            "found": len(masked.found),
            "again": seen,
            "urgent": urgent,
            "told": told or urgent is not None,
            "emergency": emergency_line(prefs),
        }
        return page(request, "question_check.html", context)
    code = _inbox().add(
        masked.text,
        lang,
        site().today,
        reader=reader,
        country=prefs.country,
        urgent=told or urgent is not None,
    )
    kept = _inbox().by_receipt(code)
    days = _inbox().deadlines
    until = {"due": days.due(kept), "ends": days.ends(kept)} if kept else {}
    return page(request, "question_sent.html", {"code": code, **until})


def _inbox() -> Inbox:
    return Inbox(site().folder, site().today)


def _form() -> dict[str, Any]:
    """What the form shows, whatever was sent."""
    settings = _inbox().settings
    return {
        "readers": READERS,
        "longest": LONGEST,
        "keep_days": settings.keep_days,
        "unanswered_days": settings.unanswered_days,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, lang: str) -> HttpResponse:
    """With the receipt code: the state of a question, its signed answer, and deleting it."""
    if request.method != "POST":
        return page(request, "question_receipt.html", {})
    code = request.POST.get("code", "")[:60]
    inbox = _inbox()
    found = inbox.by_receipt(code)
    if found is None:
        return page(request, "question_receipt.html", {"problem": "q_unknown"}, status=404)
    if request.POST.get("delete"):
        if request.POST["delete"] != "yes":
            raise InputError("the question was not deleted", todo="send the form of the page")
        inbox.delete(found.id)
        return page(request, "question_receipt.html", {"deleted": True})
    days = inbox.deadlines
    context: dict[str, Any] = {
        "question": found,
        "code": code,
        "due": days.due(found),
        "late": days.late(found),
        "ends": days.ends(found),
    }
    if found.state == "signed":
        proof = inbox.proof(found)
        context |= {"proof": str(proof), "shown": proof is not Proof.UNPROVEN}
    if context.get("shown"):
        references = References(site().library, lang)
        context["answer"] = answer_html(found, references)
        context |= {"references": references.list, "until": days.keep_until(found)}
        context["moved"] = not all(one.citable for one in references.list)
    return page(request, "question_receipt.html", context)
