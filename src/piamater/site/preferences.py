"""What a reader chose: view, country, theme, text size; kept in cookies only when they choose.

A country in an address counts for that page alone, and is kept only from the settings form: a
link that somebody sends must not change the number that a reader is told to call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from piamater.guides import LANGUAGES, Audience
from piamater.site.messages import negotiate, words
from piamater.site.state import site

CHOICES = {
    "lang": LANGUAGES,
    "view": ("patient", "clinical"),
    "theme": ("auto", "light", "dark", "contrast"),
    "size": ("m", "l", "xl"),
}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """A reader's choices; ``language`` is the page's.

    ``country`` is the reader's, or the one that the library is for; ``guessed`` only what the
    browser's languages suggest, which is often wrong. Both are ISO 3166-1 codes or empty.
    """

    language: str
    view: str = "patient"
    country: str = ""
    guessed: str = ""
    theme: str = "auto"
    size: str = "m"

    @property
    def audience(self) -> Audience:
        """The part of blocks that the view shows."""
        return Audience(self.view)


class ReadPreferences:
    """Middleware: sets ``request.preferences``, and cookies for what the address chooses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the choices, answer, and remember what was chosen just now."""
        chosen = {
            key: value
            for key in (*CHOICES, "country")
            if (value := request.GET.get(key, "")) and _allowed(key, value)
        }
        request.preferences = read(request, chosen)  # type: ignore[attr-defined]
        response = self.get_response(request)
        for key, value in chosen.items():
            if key == "country":
                continue
            response.set_cookie(
                key, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
            )
        return response


def _allowed(key: str, value: str) -> bool:
    if key == "country":
        return len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()
    return value in CHOICES[key]


def read(request: HttpRequest, chosen: dict[str, str]) -> Preferences:
    """The choices of a request: its address first, then cookies, then what the browser says."""
    first = request.path_info.split("/")[1] if request.path_info.count("/") else ""
    language, country = negotiate(request.headers.get("Accept-Language", ""))

    def get(key: str, otherwise: str) -> str:
        value = chosen.get(key) or request.COOKIES.get(key, "")
        return value if value and _allowed(key, value) else otherwise

    return Preferences(
        language=first if first in LANGUAGES else get("lang", language),
        view=get("view", "patient"),
        country=get("country", site().settings.country),
        guessed=country,
        theme=get("theme", "auto"),
        size=get("size", "m"),
    )


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    prefs: Preferences = request.preferences  # type: ignore[attr-defined]
    rest = request.path_info.split("/", 2)
    localised = len(rest) > 1 and rest[1] in LANGUAGES
    tail = rest[2] if localised and len(rest) > 2 else ""
    return {
        "t": words(prefs.language),
        "lang": prefs.language,
        "prefs": prefs,
        "home": f"/{prefs.language}/",
        "site_name": site().settings.name,
        "languages": [
            (code, words(code)["language_name"], f"/{code}/{tail}") for code in LANGUAGES
        ],
        "path": request.path_info,
        "origin": origin(request),
    }


def origin(request: HttpRequest) -> str:
    """The site's address, without a slash at the end: the settings' one, else the request's."""
    return site().settings.base_url.rstrip("/") or f"{request.scheme}://{request.get_host()}"
