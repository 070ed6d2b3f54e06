"""Responses: templates rendered once and kept, compressed, with entity tags."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from piamater.site.preferences import Preferences
from piamater.site.state import site

LEVEL = 6


@dataclass(frozen=True, slots=True)
class Body:
    """A page's bytes, the same compressed (RFC 1952), and its entity tag."""

    plain: bytes
    packed: bytes
    tag: str


def prefs_of(request: HttpRequest) -> Preferences:
    """The reader's choices for this request."""
    found: Preferences = request.preferences  # type: ignore[attr-defined]
    return found


def make_body(text: str | bytes) -> Body:
    """Compress a page and name it by its content."""
    plain = text.encode("utf-8", "replace") if isinstance(text, str) else text
    packed = gzip.compress(plain, LEVEL, mtime=0)
    return Body(plain, packed, f'W/"{blake2b(plain, digest_size=10).hexdigest()}"')


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A template as a response that no cache keeps."""
    body = make_body(render_to_string(f"piamater/{template}", context or {}, request))
    response = send(request, body, status=status)
    response["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response


def kept_page(
    request: HttpRequest, key: Hashable, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """A template as a response, rendered again only when the library or the day changes."""
    prefs = prefs_of(request)
    body: Body = site().cached(
        (key, prefs, request.get_host(), request.is_secure()),
        lambda: make_body(render_to_string(f"piamater/{template}", context(), request)),
    )
    response = send(request, body)
    response["Cache-Control"] = "no-cache"
    return response


def send(
    request: HttpRequest,
    body: Body,
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
) -> HttpResponse:
    """A body as a response: 304 where the reader has it, compressed where it is understood."""
    if status == 200 and request.headers.get("If-None-Match") == body.tag:
        response = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", "") and len(body.plain) > 500:
        response = HttpResponse(body.packed, content_type=content_type, status=status)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(body.plain, content_type=content_type, status=status)
    response["ETag"] = body.tag
    response["Vary"] = "Accept-Encoding, Cookie, Accept-Language"
    return response


def download(request: HttpRequest, data: str | bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep, under a name."""
    response = send(request, make_body(data), content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response
