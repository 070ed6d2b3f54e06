"""Guard: the headers of every answer of the desk, and the second factor before anything else."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from piamater.desk.people import STAFF, WRITING, may, person_of

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex, nofollow",
}

_POLICY = (
    "default-src 'none'; script-src 'self'{inline}; style-src 'self'{inline}; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'; frame-src 'self'"
)
STRICT = _POLICY.format(inline="")
"""What the desk's own pages may load: files of the desk, no script or style within a page."""

LOOSE = _POLICY.format(inline=" 'unsafe-inline'")
"""Wagtail's own pages hold inline scripts and styles; nothing is fetched from another host."""

OPEN = ("/login/", "/logout/", "/static/", "/invited/", "/health", "/favicon.ico")
"""What may be asked for before the second factor."""

FACTOR = "/second-factor/"


class Guard:
    """Middleware: headers on every answer, and no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        policy = STRICT if request.path.startswith(OWN) else LOOSE
        response.headers.setdefault("Content-Security-Policy", policy)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


class SecondFactor:
    """Middleware: who is logged in shows a second factor before the desk opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the person to the second factor, or answer."""
        user = request.user
        if (
            user.is_authenticated
            and not user.is_verified()  # type: ignore[attr-defined]
            and not request.path.startswith((*OPEN, FACTOR))
        ):
            return redirect(FACTOR)
        return self.get_response(request)


OWN = (
    "/queues/", "/evidence/", "/questions/", "/passages/", "/findings/", "/review/", "/guides/",
    "/translations/", "/log/", *OPEN, FACTOR,
)  # fmt: skip
"""The desk's own addresses: each view asks for its roles itself."""

READING = re.compile(
    r"^/(?:$|account/|jsi18n/|sprite|pages/(?:\d+/)?$|pages/\d+/(?:results/|history/)"
    r"|pages/\d+/revisions/(?:compare/|\d+/view/)|editing-sessions/|dismissibles/)"
)
"""What of Wagtail's everybody with a role may use; the rest is for those who write."""


CLOSED = re.compile(
    r"^/(?:users|groups|bulk|collections|workflows|images|documents|pages/add)/"
    r"|^/pages/\d+/(?:delete|copy|move|unpublish|convert_alias|set_position|view_draft)/"
)
"""What nobody does here: accounts are made by the operator, with ``piamater desk account``, and a
guide's pages are not added, deleted, copied or moved apart from its files."""


class Roles:
    """Middleware: an account without a role of the ledger opens nothing; Wagtail is for writers.

    Roles are looked up every time, so that a person who has ended is out with the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or answer."""
        if not request.user.is_authenticated or request.path.startswith(("/static/", "/logout/")):
            return self.get_response(request)
        person = person_of(request)
        if not may(person, STAFF):
            logout(request)
            return render(request, "desk/no_role.html", status=403)
        if CLOSED.match(request.path):
            return render(request, "desk/no_role.html", status=403)
        allowed = may(person, WRITING) or READING.match(request.path)
        if not request.path.startswith(OWN) and not allowed:
            return render(request, "desk/no_role.html", status=403)
        return self.get_response(request)
