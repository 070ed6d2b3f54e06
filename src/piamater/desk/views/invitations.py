"""Invitations: make a link, hand over its code, and the page of who comes by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from piamater.desk import audit, invitations
from piamater.desk.models import Invitation
from piamater.desk.people import acting, needs
from piamater.desk.shelf import reviews
from piamater.desk.views.review import review_page
from piamater.errors import PiamaterError

OPENED = "invitation"
"""What the session holds of who has shown the code of a link: the link's own number."""


@needs(invitations.INVITING)
@require_POST
def invite(request: HttpRequest, guide: str) -> HttpResponse:
    """Make a link for a registered reviewer; its maker never sees the code that it asks for."""
    try:
        person, language = request.POST.get("person", ""), request.POST.get("language", "")
        made = invitations.make(guide, person, language, acting(request), request.user)
    except PiamaterError as error:
        messages.error(request, str(error))
        return redirect(f"/review/{guide}/")
    audit.note("invited", guide=guide, person=made.person)
    name = reviews().person(made.person).name
    try:
        mailed = invitations.mail_code(made, reviews().draft(guide).versions[language].title)
    except PiamaterError as error:
        messages.error(request, f"The code could not be mailed: {error}")
        mailed = False
    messages.success(
        request,
        f"For {name}, once, until {made.expires.date()}: {invitations.address_of(made, request)}",
        extra_tags="link",
    )
    if mailed:
        audit.note("code-mailed", guide=guide, person=made.person)
        messages.info(request, f"The code that it asks for was mailed to {name}.")
    else:
        messages.warning(
            request,
            f"It asks for a code, which was not mailed. An administrator who did not write the "
            f"guide sees it here once, and tells it to {name}, by telephone or in person.",
        )
    return redirect(f"/review/{guide}/")


@needs(frozenset({"administrator"}))
@require_POST
def hand_over(request: HttpRequest, guide: str) -> HttpResponse:
    """Show the code of a link, once, to an administrator who neither made it nor wrote."""
    number = request.POST.get("invitation", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404(guide)
    link = get_object_or_404(Invitation, pk=int(number), guide=guide)
    person = acting(request)
    try:
        if why := invitations.refusal(link, person):
            raise PiamaterError(why)
        code = invitations.mint(link, person.id)
    except PiamaterError as error:
        messages.error(request, str(error))
        return redirect(f"/review/{guide}/")
    audit.note("code-shown", guide=guide, person=link.person)
    context = {"code": code, "link": link, "reviewer": reviews().person(link.person)}
    return render(request, "desk/code.html", context)


@sensitive_post_parameters("code")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invited reviewer: asks for the code, then opens until it is signed."""
    link = invitations.find(token)
    if link is None:
        raise Http404("this link is not one of ours, or too old")
    opened = request.session.get(OPENED) == link.pk
    if not invitations.is_open(link) or (invitations.is_closed(link) and not opened):
        return render(request, "desk/link_used.html", {"link": link}, status=410)
    return _review(request, link) if opened else _ask(request, link)


def _ask(request: HttpRequest, link: Invitation) -> HttpResponse:
    """Ask for the code, or take it."""
    if request.method == "POST" and "code" in request.POST:
        if invitations.opens(link, request.POST["code"]):
            request.session.cycle_key()
            request.session[OPENED] = link.pk
            audit.note("invitation-opened", person=link.person, guide=link.guide)
            return redirect(request.path)
        audit.note("wrong-code", person=link.person, guide=link.guide)
        if invitations.is_closed(link):
            return render(request, "desk/link_used.html", {"link": link}, status=410)
    wrong = request.method == "POST"
    context = {
        "wrong": wrong,
        "made": bool(link.code),
        "left": invitations.TRIES - link.tries,
        "reviewer": reviews().book.people[link.person],
    }
    return render(request, "desk/invited.html", context, status=403 if wrong else 200)


def _review(request: HttpRequest, link: Invitation) -> HttpResponse:
    """The review; a link is taken before it signs, so that it signs once, and given back."""
    signing = request.method == "POST"
    if signing:
        free = Invitation.objects.filter(pk=link.pk, used__isnull=True)
        if not free.update(used=timezone.now()):
            return render(request, "desk/link_used.html", {"link": link}, status=410)
    signed = False
    try:
        response = review_page(
            request, link.guide, link.languages[0], link.person, "/invited/thanks/",
            invitations.via(link),
        )  # fmt: skip
        signed = signing and response.status_code == 302
    finally:
        if signing and not signed:
            Invitation.objects.filter(pk=link.pk).update(used=None)
    if signed:
        request.session.pop(OPENED, None)
    return response


@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    """What an invited reviewer sees after signing."""
    return render(request, "desk/thanks.html")
