"""Guard: what every request to the desk goes through.

Headers on every answer; no body that is too large and no uploaded file; sessions that end; the
second factor before anything else; then the roles that an address needs (``allowed.py``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from piamater.desk.allowed import BEFORE_LOGIN, roles_for
from piamater.desk.configure import MAX_BODY, SESSION_HOURS
from piamater.desk.people import STAFF, may, person_of
from piamater.errors import PiamaterError

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

FACTOR = "/second-factor/"

IDLE_HOURS = 2
"""After so long without a request, a session has ended."""

UNASKED = "/editing-sessions/ping/"
"""What an open editor asks by itself, though nobody may sit before it."""


class Guard:
    """Middleware: headers on every answer, and no cache; a body beyond the limit is not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        if _length(request) > MAX_BODY:
            told = f"More than {MAX_BODY} bytes at once; the desk takes no files."
            response = HttpResponse(told, status=413, content_type="text/plain")
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        policy = STRICT if _is_own(request) else LOOSE
        response.headers.setdefault("Content-Security-Policy", policy)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def _is_own(request: HttpRequest) -> bool:
    """Whether an answer is the desk's own: not made by a view of Wagtail's."""
    match = request.resolver_match
    return match is None or str(match.func.__module__).startswith("piamater.desk.")


def _length(request: HttpRequest) -> int:
    """The length of the body as the request declares it; nothing beyond it is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class Hours:
    """Middleware: a session ends after two hours without a request, and after twelve anyhow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out who was away for too long, or answer."""
        if request.user.is_authenticated:
            session, now = request.session, int(time.time())
            begun = session.setdefault("begun", now)
            seen = session.setdefault("seen", now)
            if now - seen > IDLE_HOURS * 3600 or now - begun > SESSION_HOURS * 3600:
                logout(request)
            elif now - seen >= 60 and not request.path.startswith(UNASKED):
                session["seen"] = now
        return self.get_response(request)


class SecondFactor:
    """Middleware: who is logged in shows a second factor before the desk opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; ``process_view`` is asked before the address's own view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send the person to the second factor, or go on."""
        user = request.user
        match = request.resolver_match
        if (
            user.is_authenticated
            and not user.is_verified()  # type: ignore[attr-defined]
            and not (match and match.route in BEFORE_LOGIN)
        ):
            return redirect(FACTOR)
        return None


class Roles:
    """Middleware: an address opens for the roles that ``allowed`` names, and for nobody else.

    Roles are looked up every time, so that a person who has ended is out with the next request;
    an account without a role of the ledger opens nothing, a superuser's neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse who has no role, or answer."""
        user = request.user
        leaves = not user.is_authenticated or request.path == "/logout/"
        if not leaves and not may(person_of(request), STAFF):
            logout(request)
            return _refused(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse, or go on."""
        match = request.resolver_match
        roles = roles_for(match.route if match else "", request.method or "", view)
        if roles is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if roles is not None and not may(person_of(request), roles):
            return _refused(request)
        if request.FILES:
            told = "The desk takes no files."
            return HttpResponse(told, status=400, content_type="text/plain")
        return None


class Told:
    """Middleware: a failure that a view did not expect is told in words, with what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; ``process_exception`` is asked where a view failed."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The desk's page for a failure of the library, the disk or the desk's database."""
        if isinstance(error, PiamaterError):
            told, status = str(error), 409
        elif isinstance(error, OSError):
            told, status = f"The disk does not take it: {error.strerror}. Nothing was kept.", 503
        elif isinstance(error, OperationalError):
            told, status = f"The desk's database does not take it: {error}.", 503
        else:
            return None
        logging.getLogger("piamater.desk").error("%s: %s", request.path, error)
        return render(request, "desk/failed.html", {"problem": told}, status=status)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/no_role.html", status=403)
