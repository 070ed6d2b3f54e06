"""Guard: the limits, the security headers and the error pages of every response."""

from __future__ import annotations

import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from piamater.errors import InputError, PiamaterError, QuestionError, UnknownNameError
from piamater.site.configure import MAX_BODY
from piamater.site.state import site

log = logging.getLogger("piamater.site")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "worker-src 'self'"
)
"""Content Security Policy Level 3 of every page; the diary has a stricter one."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
MAX_PATH = 2048
BUSY_PATHS = ("/ask", "/search", "/suggest", "/questions", "/answers", "/api/")


class Guard:
    """Middleware: turns away what is too much or malformed, answers failures with a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.rates = Rates(site().settings.requests_per_minute)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the headers that every answer has."""
        response = self._refusal(request)
        if response is None:
            response = self.get_response(request)
            if response.status_code == 405 and not response.headers.get("Content-Length"):
                allowed = response.get("Allow", "")
                response = plain_error(request, 405, "error_method")
                response["Allow"] = allowed
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to a request that is turned away; none for one that may go on."""
        hosts = site().settings.hosts
        try:
            host = request.get_host().rsplit(":", 1)[0]
        except DisallowedHost:
            return plain_error(request, 400, "error_host")
        if hosts and host not in hosts:
            return plain_error(request, 400, "error_host")
        if len(request.path_info) > MAX_PATH or "\x00" in request.path_info:
            return plain_error(
                request, 414 if len(request.path_info) > MAX_PATH else 400, "error_address"
            )
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MAX_BODY:
            return plain_error(request, 413, "error_large")
        try:
            request.GET.keys()
        except SuspiciousOperation:
            return plain_error(request, 400, "error_address")
        if request.method == "POST" and not same_origin(request):
            return plain_error(request, 403, "error_origin")
        busy = request.method == "POST" or any(one in request.path_info for one in BUSY_PATHS)
        if busy and not self.rates.allow(request.META.get("REMOTE_ADDR", "")):
            response = plain_error(request, 429, "error_rate")
            response["Retry-After"] = "60"
            return response
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A failure as a page that says what happened; what readers wrote is not logged."""
        if isinstance(error, Http404 | UnknownNameError):
            return plain_error(request, 404, "error_missing")
        if isinstance(error, RequestDataTooBig):
            return plain_error(request, 413, "error_large")
        if isinstance(error, QuestionError | InputError):
            return plain_error(request, 400, "error_input", detail=error.what)
        if isinstance(error, SuspiciousOperation | UnicodeError):
            return plain_error(request, 400, "error_input")
        if isinstance(error, PiamaterError):
            log.error("%s: %s", request.path_info, error)
            return plain_error(request, 503, "error_library")
        log.error("%s: %s", request.path_info, type(error).__name__, exc_info=error)
        return plain_error(request, 500, "error_server")


def same_origin(request: HttpRequest) -> bool:
    """Whether a form was sent from this site (Fetch Metadata; Origin for older browsers).

    Programs that send neither header are let through: nothing here depends on a login.
    """
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched:
        return fetched in ("same-origin", "none")
    sent = request.headers.get("Origin", "")
    return not sent or sent == "null" or sent.split("://", 1)[-1] == request.get_host()


def plain_error(request: HttpRequest, status: int, key: str, detail: str = "") -> HttpResponse:
    """The page, or for the API the JSON, that tells a failure."""
    import json

    from django.template.loader import render_to_string

    from piamater.site.messages import words
    from piamater.site.preferences import read

    if not hasattr(request, "preferences"):
        request.preferences = read(request, {})  # type: ignore[attr-defined]
    text = words(request.preferences.language)[key]  # type: ignore[attr-defined]
    if request.path_info.startswith("/api/"):
        body = json.dumps(
            {"error": {"status": status, "message": detail or text}}, ensure_ascii=False
        )
        return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
    if status == 400 and key == "error_host":
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    html = render_to_string(
        "piamater/error.html", {"status": status, "text": text, "detail": detail}, request
    )
    return HttpResponse(html, status=status)


class Rates:
    """Token buckets per address; addresses are kept as keyed hashes, in memory, for minutes.

    ``per_minute`` requests are allowed on average, a third of them at once; 0 allows all.
    """

    def __init__(self, per_minute: int, kept: int = 10_000) -> None:
        self.per_minute = per_minute
        self.burst = max(1.0, per_minute / 3)
        self.kept = kept
        self._key = secrets.token_bytes(16)
        self._lock = Lock()
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def allow(self, address: str, now: float | None = None) -> bool:
        """Whether one more request from an address may pass; ``now`` in seconds."""
        if not self.per_minute:
            return True
        moment = time.monotonic() if now is None else now
        name = blake2b(address.encode(), key=self._key, digest_size=8).digest()
        with self._lock:
            left, last = self._buckets.pop(name, (self.burst, moment))
            left = min(self.burst, left + (moment - last) * self.per_minute / 60)
            self._buckets[name] = (left - 1 if left >= 1 else left, moment)
            while len(self._buckets) > self.kept:
                self._buckets.popitem(last=False)
        return left >= 1
