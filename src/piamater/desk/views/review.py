"""Reviewing: each statement over its quotes, ticked one by one, then signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from piamater.desk.models import GuidePage, Invitation
from piamater.desk.people import PUBLISHING, STAFF, WRITING, acting, needs
from piamater.desk.shelf import key, library, reviews
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.guides import LANGUAGES, Audience, Edition, Guide, publish, statements
from piamater.guides.review import DECISIONS, Scope, cells
from piamater.guides.review.cells import FRONT
from piamater.guides.review.people import REVIEWING
from piamater.guides.statements import beside

INVITED_DAYS = 14
SALT = "piamater.desk.invitation"


@dataclass(frozen=True, slots=True)
class Line:
    """A statement to tick: its name in the form, and the quotes that it stands on.

    ``again``: it stands in the patient view too, where it is shown and ticked for both.
    """

    name: str
    text: str
    quotes: tuple[dict[str, str], ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A block in one view with its statements."""

    block: str
    view: str
    heading: str
    behind: bool
    lines: tuple[Line, ...]


def cells_to_read(edition: Edition, guide: Guide) -> list[Cell]:
    """What a reviewer reads, in the page's order: title and all blocks, in both views."""
    found = []
    first = Audience.PATIENT
    for view in (Audience.PATIENT, Audience.CLINICAL):
        title = guide.plain_title if view is Audience.PATIENT else guide.title
        front = (
            Line(f"{view}.{FRONT}.0", title, ()),
            Line(f"{view}.{FRONT}.1", guide.description, ()),
        )
        found.append(Cell(FRONT, str(view), "Title and description", False, front))
        for block in guide.blocks:
            lines = [
                (one, part.audience is Audience.BOTH)
                for part in block.parts_for(view)
                for one in statements(part, guide.language)
            ]
            if lines:
                theirs = edition.original.block(block.id)
                behind = guide.is_translation and (theirs is None or theirs.hash != block.of)
                told = tuple(
                    Line(
                        f"{'both' if both else view}.{block.id}.{one.line}.{n}",
                        one.text,
                        _quotes(edition, one.labels),
                        both and view is Audience.CLINICAL,
                    )
                    for n, (one, both) in enumerate(lines)
                )
                seen = [
                    text
                    for part in block.parts
                    if part.audience is view or (part.audience is Audience.BOTH and view is first)
                    for text in beside(part)
                ]
                told += tuple(
                    Line(f"{view}.{block.id}.beside.{n}", text, ()) for n, text in enumerate(seen)
                )
                found.append(Cell(block.id, str(view), block.heading, behind, told))
    return found


def _quotes(edition: Edition, labels: Iterable[str]) -> tuple[dict[str, str], ...]:
    """The quotes of a statement, each with the words around it and the source's standing."""
    found = []
    for label in labels:
        one = edition.evidence.get(label)
        if one is None:
            continue
        held = library().corpus.version(one.source, one.version)
        text = library().corpus.text(one.source, one.version)
        found.append(
            {
                "source": one.source,
                "title": held.record.title,
                "standing": library().judge(held).standing.value,
                "before": text[max(0, one.start - 160) : one.start],
                "quote": text[one.start : one.end],
                "after": text[one.end : one.end + 160],
            }
        )
    return tuple(found)


@needs(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, guide: str, language: str) -> HttpResponse:
    """A guide in a language, statement by statement; the signature comes back as a form."""
    person = acting(request)
    return _review(request, guide, language, person.id, f"/review/{guide}/")


def _review(
    request: HttpRequest,
    guide: str,
    language: str,
    by: str,
    back: str,
    link: str = "",
    via: str = "",
) -> HttpResponse:
    try:
        draft = reviews().draft(guide)
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except PiamaterError as error:
        return _not_in_order(request, guide, error)
    text = draft.versions.get(language)
    if text is None:
        raise Http404(language)
    to_read = cells_to_read(draft, text)
    problem, status = "", 200
    if request.method == "POST":
        problem = _sign(request, draft, text, by, to_read, via)
        if not problem:
            messages.success(request, "Your decision is signed and stands in the ledger.")
            return redirect(back)
        status = 409 if "changed" in problem else 400
    person = reviews().book.people[by]
    context = {
        "guide": text,
        "draft": draft,
        "cells": to_read,
        "state": reviews().of(draft, language),
        "person": person,
        "may_sign": bool(REVIEWING & set(person.roles)),
        "decisions": DECISIONS,
        "problem": problem,
        "ticked": set(request.POST.getlist("read")),
        "given": request.POST,
        "proposed": reviews().policy.proposed,
        "link": link,
        "languages": [one for one in LANGUAGES if one in draft.versions],
    }
    return render(request, "desk/review.html", context, status=status)


def _not_in_order(request: HttpRequest, guide: str, error: PiamaterError) -> HttpResponse:
    """A guide whose files cannot be read as one, or whose quotes do not stand."""
    pages = GuidePage.objects.filter(guide=guide)
    context = {"guide": guide, "problem": str(error), "pages": pages}
    return render(request, "desk/not_in_order.html", context, status=409)


def _sign(
    request: HttpRequest, draft: Edition, text: Guide, by: str, to_read: list[Cell], via: str
) -> str:
    """Sign what was ticked; gives what is wrong, empty where nothing is."""
    ticked = set(request.POST.getlist("read"))
    decision = request.POST.get("decision", "")
    changes = {
        cell.block: told.strip()
        for cell in to_read
        if (told := request.POST.get(f"change.{cell.view}.{cell.block}", "")).strip()
    }
    views = request.POST.getlist("view") or ["patient", "clinical"]
    chosen = [one for one in to_read if one.view in views]
    unread = [
        line.text for cell in chosen for line in cell.lines
        if line.name not in ticked and cell.block not in changes
    ]  # fmt: skip
    if decision != "reject" and unread:
        return (
            f"{len(unread)} statements are not ticked, such as “{unread[0][:90]}”. Tick each that "
            "you have read over its quotes, or write what must change in its block."
        )
    try:
        with library().writing():
            reviews().sign(
                key(),
                draft.guide,
                by,
                decision,
                interests=request.POST.get("interests", ""),
                note=request.POST.get("note", ""),
                scope=Scope((text.language,), tuple(views)),
                changes=changes,
                next_review=request.POST.get("next_review", ""),
                seen=request.POST.get("seen", "") or "nothing",
                via=via,
            )
    except PiamaterError as error:
        return str(error)
    return ""


@needs(STAFF)
@require_http_methods(["GET", "HEAD"])
def guide_desk(request: HttpRequest, guide: str) -> HttpResponse:
    """Where a guide stands in each language, what was signed, and what can be done."""
    from piamater.guides.review import as_told

    try:
        draft = reviews().draft(guide)
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except PiamaterError as error:
        return _not_in_order(request, guide, error)
    book = reviews().book
    person = acting(request)
    published = guide in reviews().editions.ids()
    latest = reviews().editions.latest(guide) if published else None
    context = {
        "guide": guide,
        "draft": draft,
        "latest": latest,
        "rows": [
            {
                "language": one,
                "draft": reviews().of(draft, one),
                "shown": reviews().of(latest, one) if latest and one in latest.versions else None,
                "page": GuidePage.objects.filter(guide=guide, language=one).first(),
            }
            for one in draft.versions
        ],
        "missing": [one for one in LANGUAGES if one not in draft.versions],
        "forward": draft.hash in {one.body["hash"] for one in book.guide(guide).submits},
        "changed": latest is None or latest.hash != draft.hash,
        "record": [
            as_told(one, book.people) for one in reversed(book.entries) if one.guide == guide
        ],
        "writers": [one for one in book.people.values() if not one.ended],
        "may_write": bool(WRITING & set(person.roles)),
        "may_review": bool(REVIEWING & set(person.roles)),
        "may_publish": bool(PUBLISHING & set(person.roles)),
        "may_invite": bool({"editor", "administrator"} & set(person.roles)),
        "invited": Invitation.objects.filter(guide=guide).order_by("-made")[:20],
    }
    return render(request, "desk/guide.html", context)


@needs(WRITING)
@require_POST
def submit(request: HttpRequest, guide: str) -> HttpResponse:
    """Put a guide forward: an error keeps it back, a warning wants a word."""
    from piamater.desk.findings import findings
    from piamater.desk.mirror import push

    person = acting(request)
    pages = [one.get_latest_revision_as_object() for one in GuidePage.objects.filter(guide=guide)]
    if not pages:
        raise Http404(guide)
    found = [(page, one) for page in pages for one in findings(page)]
    errors = [(page, one) for page, one in found if one.severity == "error"]
    warnings = [one for _, one in found if one.severity == "warning"]
    note = request.POST.get("note", "").strip()
    if errors:
        page, one = errors[0]
        messages.error(
            request,
            f"{len(errors)} errors keep it back, such as {one.rule} in {page.language}: "
            + one.message,
        )
    elif warnings and not note:
        messages.error(
            request,
            f"{len(warnings)} warnings want a word, such as {warnings[0].rule}: "
            f"{warnings[0].message} Say in the note why it may stay.",
        )
    else:
        try:
            for page in pages:
                push(page)
            with library().writing():
                reviews().submit(key(), guide, person.id, note, _writers(request, pages))
            messages.success(request, "The guide was put forward for review.")
        except PiamaterError as error:
            messages.error(request, str(error))
    return redirect(f"/review/{guide}/")


def _writers(request: HttpRequest, pages: list[Any]) -> dict[str, list[str]]:
    """Who wrote what: everyone who saved a revision of a page since it was last put forward."""
    known = reviews().book.people
    person = acting(request)
    found: dict[str, list[str]] = {}
    for page in pages:
        names = [
            one.user.get_username()
            for one in page.revisions.order_by("created_at").select_related("user")
            if one.user is not None
        ]
        some = [one for one in dict.fromkeys(names) if one in known and not known[one].ended]
        if person.id not in some:
            some.append(person.id)
        found[page.language] = list(dict.fromkeys([*found.get(page.language, []), *some]))
    return found


@needs(PUBLISHING)
@require_POST
def publish_guide(request: HttpRequest, guide: str) -> HttpResponse:
    """Freeze a guide as an edition that readers see."""
    person = acting(request)
    try:
        with library().writing():
            [done] = publish(
                library(),
                reviews().guides,
                [guide],
                request.POST.get("note", "").strip(),
                key(),
                person.id,
            )
        told = "is published" if done.new else "had not changed"
        messages.success(request, f"Edition {done.edition.number} {told}.")
    except PiamaterError as error:
        messages.error(request, str(error))
    return redirect(f"/review/{guide}/")


@needs(REVIEWING)
@require_POST
def withdraw(request: HttpRequest, guide: str) -> HttpResponse:
    """Take back a signature."""
    person = acting(request)
    try:
        number = int(request.POST.get("entry", "0") or 0)
        with library().writing():
            reviews().withdraw(key(), [number], person.id, request.POST.get("reason", ""))
        messages.success(request, f"Entry {number} is withdrawn.")
    except (PiamaterError, ValueError) as error:
        messages.error(request, str(error))
    return redirect(f"/review/{guide}/")


@needs(frozenset({"editor", "administrator"}))
@require_POST
def invite(request: HttpRequest, guide: str) -> HttpResponse:
    """Make a link by which a registered reviewer without an account reviews a guide, once."""
    try:
        draft = reviews().draft(guide)
        held = reviews().book.guide(guide)
        maker = request.user.get_username()
        if any(maker in held.writers(one) for one in cells(draft)):
            raise InputError("who wrote a guide, or put it forward, invites nobody to review it")
        person = reviews().person(request.POST.get("person", ""), *REVIEWING)
        language = request.POST.get("language", "")
        if language not in draft.versions:
            raise Http404(language)
    except PiamaterError as error:
        messages.error(request, str(error))
        return redirect(f"/review/{guide}/")
    made = Invitation.objects.create(
        guide=guide,
        hash=draft.hash,
        person=person.id,
        languages=[language],
        made_by=request.user,
        expires=timezone.now() + timedelta(days=INVITED_DAYS),
    )
    token = signing.dumps(str(made.token), salt=SALT)
    address = request.build_absolute_uri(f"/invited/{token}/")
    messages.success(
        request,
        f"For {person.name}, once, until {made.expires.date()}: {address}",
        extra_tags="link",
    )
    return redirect(f"/review/{guide}/")


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a reviewer who was invited by link; it opens until it is signed or too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=timedelta(days=INVITED_DAYS))
        found = Invitation.objects.get(token=number)
    except (signing.BadSignature, Invitation.DoesNotExist, ValueError) as error:
        raise Http404("this link is not one of ours, or too old") from error
    known = reviews().book.people.get(found.person)
    gone = found.used or found.expires < timezone.now() or known is None or known.ended
    if gone or not _current(found):
        return render(request, "desk/link_used.html", {"link": found}, status=410)
    if request.method == "POST":  # taken before it is used, so that it signs once
        taken = Invitation.objects.filter(pk=found.pk, used__isnull=True).update(
            used=timezone.now()
        )
        if not taken:
            return render(request, "desk/link_used.html", {"link": found}, status=410)
    via = f"a link made by {found.made_by.get_username()}"
    response = _review(
        request, found.guide, found.languages[0], found.person, "/invited/thanks/", token, via
    )
    if request.method == "POST" and response.status_code != 302:
        Invitation.objects.filter(pk=found.pk).update(used=None)
    return response


def _current(link: Invitation) -> bool:
    """Whether what a link was made for is still what there is to sign."""
    try:
        return bool(reviews().draft(link.guide).hash == link.hash)
    except PiamaterError:
        return False


@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    """What an invited reviewer sees after signing."""
    return render(request, "desk/thanks.html")
