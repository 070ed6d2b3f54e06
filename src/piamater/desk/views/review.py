"""Reviewing: each statement over its quotes, ticked one by one, then signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from piamater.desk import audit
from piamater.desk.invitations import wrote
from piamater.desk.people import STAFF, acting, may, needs
from piamater.desk.reading import Cell, Reading
from piamater.desk.shelf import key, library, reviews
from piamater.desk.views.guide import not_in_order
from piamater.desk.waiting import counts
from piamater.errors import PiamaterError, UnknownNameError
from piamater.guides import LANGUAGES, Edition, Guide
from piamater.guides.review import DECISIONS, Scope, as_told
from piamater.guides.review.people import REVIEWING

VIEWS = ("patient", "clinical")


@needs(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, guide: str, language: str) -> HttpResponse:
    """A guide in a language, statement by statement; the signature comes back as a form."""
    person = acting(request)
    return review_page(request, guide, language, person.id, f"/review/{guide}/")


def review_page(
    request: HttpRequest, guide: str, language: str, by: str, back: str, via: str = ""
) -> HttpResponse:
    """What ``by`` reads and signs; leads ``back`` after the signature.

    ``via`` is set for who came by link: how they were known. Whatever keeps a signature from
    being recorded, the form comes back with every tick and word that was in it.
    """
    person = reviews().book.people[by]
    if request.method == "POST" and not may(person, REVIEWING):
        return render(request, "desk/no_role.html", status=403)
    try:
        draft = reviews().draft(guide)
        text = draft.versions.get(language)
        if text is None:
            raise Http404(language)
        to_read = Reading(library(), draft, text, "" if via else "/review/").cells()
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except PiamaterError as error:
        return not_in_order(request, guide, error)
    problem, status = "", 200
    if request.method == "POST":
        problem = _sign(request, draft, text, by, to_read, via)
        if not problem:
            messages.success(request, "Your decision is signed and stands in the ledger.")
            return redirect(back)
        status = 409 if "changed" in problem else 400
    book = reviews().book
    put = [one for one in book.guide(guide).forward if one.body["hash"] == draft.hash]
    given = request.POST
    original = draft.original.language
    context = {
        "guide": text,
        "counts": counts(person, language, original),
        "forward": bool(put),
        "own": wrote(person, draft),
        "draft": draft,
        "cells": [(one, given.get(_change(one), "")) for one in to_read],
        "state": reviews().of(draft, language),
        "person": person,
        "put": as_told(put[-1], book.people) if put else None,
        "may_sign": may(person, REVIEWING),
        "decisions": DECISIONS,
        "problem": problem,
        "ticked": set(given.getlist("read")),
        "given": given,
        "views": [(one, not given or one in given.getlist("view")) for one in VIEWS],
        "proposed": reviews().policy.proposed,
        "link": via,
        "signed": sum(
            one.by == by and one.guide == guide and one.act in DECISIONS
            for one in reviews().book.entries
        ),
        "languages": [one for one in LANGUAGES if one in draft.versions],
    }
    return render(request, "desk/review.html", context, status=status)


def _change(cell: Cell) -> str:
    """The name of the field in which a change to a cell is asked for."""
    return f"change.{cell.view}.{cell.block}"


def _changes(request: HttpRequest, to_read: list[Cell]) -> dict[str, str]:
    """The changes that are asked for, by block; what is told of both views stands together."""
    told: dict[str, list[tuple[str, str]]] = {}
    for cell in to_read:
        if text := request.POST.get(_change(cell), "").strip():
            told.setdefault(cell.block, []).append((cell.view, text))
    return {
        block: some[0][1] if len(some) == 1 else "\n".join(f"{view}: {one}" for view, one in some)
        for block, some in told.items()
    }


def _sign(
    request: HttpRequest, draft: Edition, text: Guide, by: str, to_read: list[Cell], via: str
) -> str:
    """Sign what was ticked; gives what is wrong, empty where nothing is."""
    ticked = set(request.POST.getlist("read"))
    decision = request.POST.get("decision", "")
    changes = _changes(request, to_read)
    views = [one for one in VIEWS if one in request.POST.getlist("view")]
    if not views:
        return "Choose at least one view to sign."
    unread = [
        line.text for cell in to_read if cell.view in views for line in cell.lines
        if line.name not in ticked and cell.block not in changes
    ]  # fmt: skip
    if request.POST.get("seen", "") != draft.hash:
        return (
            "The guide or its evidence was changed since this page was opened. What stands here "
            "is what it says now; what is new is not ticked. Read it, then sign."
        )
    if decision != "reject" and unread:
        return (
            f"{len(unread)} statements are not ticked, such as “{unread[0][:90]}”. Tick each that "
            "you have read over its quotes, or write what must change in its block."
        )
    try:
        opened = key()
        with reviews().writing():
            entry = reviews().sign(
                opened,
                draft.guide,
                by,
                decision,
                interests=request.POST.get("interests", ""),
                note=request.POST.get("note", ""),
                scope=Scope((text.language,), tuple(views)),
                changes=changes,
                next_review=request.POST.get("next_review", ""),
                seen=draft.hash,
                via=via,
            )
    except PiamaterError as error:
        return str(error)
    except OSError as error:
        return f"It could not be written: {error.strerror}. Nothing was signed; try again."
    audit.note("signed", person=by, guide=draft.guide, language=text.language, entry=entry.number)
    return ""
